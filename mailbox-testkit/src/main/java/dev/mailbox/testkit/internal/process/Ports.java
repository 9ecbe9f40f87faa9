// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.process;

import dev.mailbox.testkit.internal.net.Loopback;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.Stream;

/** Four ports of 127.0.0.1 that were free a moment ago. */
public record Ports(int imap, int imaps, int pop3, int pop3s) {

  Stream<Integer> all() {
    return Stream.of(imap, imaps, pop3, pop3s);
  }

  /** Four free ones. */
  public static Ports free() throws IOException {
    var loopback = Loopback.ADDRESS;
    try (var a = new ServerSocket(0, 1, loopback);
        var b = new ServerSocket(0, 1, loopback);
        var c = new ServerSocket(0, 1, loopback);
        var d = new ServerSocket(0, 1, loopback)) {
      return new Ports(a.getLocalPort(), b.getLocalPort(), c.getLocalPort(), d.getLocalPort());
    }
  }
}
