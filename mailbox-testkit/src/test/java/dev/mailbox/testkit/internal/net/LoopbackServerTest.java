// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoopbackServerTest {
  @Test
  void goesOnServingWhenOneConnectionCannotBeAdmitted() throws IOException {
    try (var server = LoopbackServer.startAdmitting("odd", LoopbackServerTest::admit);
        var first = new Socket(Loopback.ADDRESS, server.port());
        var second = new Socket(Loopback.ADDRESS, server.port())) {
      assertThat(first.getInputStream().read()).isEqualTo(-1);
      assertThat(second.getInputStream().read()).isEqualTo('2');
      assertThat(server.failures()).singleElement().isInstanceOf(NoClassDefFoundError.class);
    }
  }

  private static LoopbackServer.Handler admit(Socket socket, int connection) {
    if (connection == 1) {
      throw new NoClassDefFoundError("as when a class is gone");
    }
    return (client, number) -> client.getOutputStream().write('0' + number);
  }
}
