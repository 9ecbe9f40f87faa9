// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/** A loopback port that refuses connections, and that nobody else can take meanwhile. */
final class DeadPort implements AutoCloseable {
  // Bound but never listening: the port is ours, and the system answers with a reset.
  private final Socket socket = new Socket();

  DeadPort() {
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int number() {
    return socket.getLocalPort();
  }

  Proxy asProxy() {
    return new Proxy(
        Proxy.Type.SOCKS, new InetSocketAddress(InetAddress.getLoopbackAddress(), number()));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
