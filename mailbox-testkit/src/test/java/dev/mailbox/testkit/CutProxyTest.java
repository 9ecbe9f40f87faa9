// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.CutProxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.CutProxy.Direction.TO_SERVER;
import static dev.mailbox.testkit.CutProxy.Ending.FIN;
import static dev.mailbox.testkit.CutProxy.Ending.RESET;
import static dev.mailbox.testkit.script.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.script.ScriptedConnection;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class CutProxyTest {
  @AutoClose private final ScriptedServer server = ScriptedServer.start();
  @AutoClose private final CutProxy proxy = CutProxy.to(server.port());

  CutProxyTest() {
    server.everyConnection(CutProxyTest::echo);
  }

  @Test
  void passesBytesBothWaysAndCountsThem() throws IOException {
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      assertThat(client.ask("one")).isEqualTo("one");
      assertThat(client.ask("three")).isEqualTo("three");
    }
    assertThat(proxy.connections()).isEqualTo(1);
    assertThat(proxy.bytes(TO_SERVER)).isEqualTo(12);
    assertThat(proxy.bytes(1, TO_CLIENT)).isEqualTo(19);
    assertThat(proxy.turns()).isEqualTo(2);
    assertThat(proxy.cuts()).isZero();
  }

  @Test
  void cutsAfterExactlySoManyBytesToTheClient() throws IOException {
    for (int bytes : new int[] {0, 1, 6, 7, 10}) {
      proxy.cutNext(TO_CLIENT, bytes, FIN);
      try (var client = Talk.to(proxy.port())) {
        client.sayRaw("abcdefgh\r\n");
        assertThat(client.rest()).hasSize(bytes);
      }
    }
    assertThat(proxy.cuts()).isEqualTo(5);
  }

  @Test
  void cutsAfterExactlySoManyBytesToTheServer() throws IOException {
    proxy.cutEvery(TO_SERVER, 3, FIN);
    server.next(script().expect("abc").expectEnd());
    try (var client = Talk.to(proxy.port())) {
      client.sayRaw("abcdefgh\r\n");
      assertThat(client.rest()).isEmpty();
    }
    server.verify();
    assertThat(proxy.bytes(TO_SERVER)).isEqualTo(3);
  }

  @Test
  void resetsBothSides() throws IOException {
    proxy.cutEvery(TO_SERVER, 3, RESET);
    try (var client = Talk.to(proxy.port())) {
      client.sayRaw("abcdefgh\r\n");
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
    assertThat(proxy.cuts()).isEqualTo(1);
  }

  @Test
  void healedProxyPassesAgain() throws IOException {
    proxy.cutEvery(TO_CLIENT, 0, FIN).cutNext(TO_CLIENT, 1, FIN).heal();
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
    }
  }

  @Test
  void serverThatClosesIsSeenThroughTheProxy() throws IOException {
    server.next(script().sendLine("-ERR busy"));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.rest()).hasSize(11);
    }
  }

  @Test
  void latencyDelaysEachTurn() throws IOException {
    proxy.roundTrip(Duration.ofMillis(40));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      long start = System.nanoTime();
      assertThat(client.ask("a")).isEqualTo("a");
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(40).toNanos());
    }
  }

  @Test
  void latencyLeavesThroughputAlone() throws IOException {
    proxy.latency(TO_CLIENT, Duration.ofMillis(100));
    var block = new byte[1 << 20];
    server.next(
        c -> {
          for (int i = 0; i < 32; i++) {
            c.send(block);
          }
        });
    try (var client = Talk.to(proxy.port())) {
      long start = System.nanoTime();
      assertThat(client.rest()).hasSize(32 << 20);
      // One delay for each of the 512 blocks of 64 KiB would be 51 seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void closeEndsConnections() throws IOException {
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      proxy.close();
      assertThat(client.readLine()).isNull();
    }
  }

  private static void echo(ScriptedConnection connection) throws IOException {
    connection.sendLine("hello");
    for (String line = connection.readLine(); line != null; line = connection.readLine()) {
      connection.sendLine(line);
    }
  }
}
