// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static dev.mailbox.testkit.proxy.Closing.FIN;
import static dev.mailbox.testkit.proxy.Closing.RESET;
import static dev.mailbox.testkit.proxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.proxy.Direction.TO_SERVER;
import static dev.mailbox.testkit.proxy.ProxyFault.bandwidth;
import static dev.mailbox.testkit.proxy.ProxyFault.cut;
import static dev.mailbox.testkit.proxy.ProxyFault.halfClose;
import static dev.mailbox.testkit.proxy.ProxyFault.latency;
import static dev.mailbox.testkit.proxy.ProxyFault.refuse;
import static dev.mailbox.testkit.proxy.ProxyFault.slice;
import static dev.mailbox.testkit.proxy.ProxyFault.stall;
import static dev.mailbox.testkit.script.Script.script;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @AutoClose private final ScriptedServer server = Echo.start();
  @AutoClose private final FaultProxy proxy = FaultProxy.to(server.port());

  @Test
  void passesBytesBothWaysAndCountsThem() throws IOException {
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      assertThat(client.ask("one")).isEqualTo("one");
      assertThat(client.ask("three")).isEqualTo("three");
    }
    try (var client = Talk.to(proxy.url("echo"))) {
      assertThat(client.readLine()).isEqualTo("hello");
      assertThat(client.ask("2")).isEqualTo("2");
    }
    assertThat(proxy.connections()).isEqualTo(2);
    assertThat(proxy.bytes(TO_SERVER)).isEqualTo(15);
    assertThat(proxy.bytes(1, TO_CLIENT)).isEqualTo(19);
    assertThat(proxy.bytes(2, TO_SERVER)).isEqualTo(3);
    assertThat(proxy.turns()).isEqualTo(3);
    assertThat(proxy.turns(1)).isEqualTo(2);
    assertThat(proxy.cuts()).isZero();
  }

  @Test
  void cutsAfterExactlySoManyBytesToTheClient() throws IOException {
    for (int bytes : new int[] {0, 1, 6, 7, 10}) {
      proxy.next(cut(TO_CLIENT, bytes, FIN));
      try (var client = Talk.to(proxy.port())) {
        client.sayRaw("abcdefgh\r\n");
        assertThat(client.rest()).hasSize(bytes);
      }
    }
    assertThat(proxy.cuts()).isEqualTo(5);
  }

  @Test
  void cutsAfterExactlySoManyBytesToTheServer() throws IOException {
    proxy.every(cut(TO_SERVER, 3, FIN));
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
    proxy.every(cut(TO_SERVER, 3, RESET));
    try (var client = Talk.to(proxy.port())) {
      client.sayRaw("abcdefgh\r\n");
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
    assertThat(proxy.cuts()).isEqualTo(1);
  }

  @Test
  void faultsOfTheNextConnectionsGoInOrderOfArrival() throws IOException {
    for (int i = 0; i < 20; i++) {
      proxy.next(cut(TO_CLIENT, i % 7, FIN));
    }
    var clients = new Talk[20];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = Talk.to(proxy.port());
    }
    for (int i = 0; i < clients.length; i++) {
      assertThat(clients[i].rest()).hasSize(i % 7);
      clients[i].close();
    }
  }

  @Test
  void aFaultOfTheNextConnectionTakesThePlaceOfEveryOnes() throws IOException {
    proxy.every(cut(TO_CLIENT, 1, FIN)).next(cut(TO_CLIENT, 3, FIN));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.rest()).hasSize(3);
    }
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.rest()).hasSize(1);
    }
  }

  @Test
  void healedProxyPassesAgain() throws IOException {
    proxy.every(cut(TO_CLIENT, 0, FIN), refuse(FIN)).next(cut(TO_CLIENT, 1, FIN)).heal();
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
    }
  }

  @Test
  void openConnectionsAreCutAtOnceOrSoManyBytesFromNow() throws IOException {
    try (var client = Talk.to(proxy.port());
        var other = Talk.to(proxy.port())) {
      assertThat(client.ask("one")).isEqualTo("hello");
      assertThat(client.readLine()).isEqualTo("one");
      assertThat(other.readLine()).isEqualTo("hello");
      proxy.now(cut(TO_CLIENT, 4, FIN));
      client.say("abcdef");
      assertThat(client.rest()).asString().isEqualTo("abcd");
      proxy.now(cut(TO_SERVER, 0, RESET));
      assertThatThrownBy(other::rest).isInstanceOf(SocketException.class);
    }
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.ask("one")).isEqualTo("hello");
    }
    assertThat(proxy.cuts()).isEqualTo(2);
  }

  @Test
  void halfCloseToTheServerLeavesTheRepliesAlone() throws IOException {
    var ended = new CountDownLatch(1);
    server.next(script().expect("abc").expectEnd().run(ended::countDown).sendLine("and yet"));
    proxy.next(halfClose(TO_SERVER, 5));
    try (var client = Talk.to(proxy.port())) {
      client.sayRaw("abc\r\ndef\r\n");
      assertThat(client.readLine()).isEqualTo("and yet");
    }
    server.verify();
    assertThat(ended.getCount()).isZero();
    assertThat(proxy.cuts()).isZero();
  }

  @Test
  void halfCloseToTheClientLeavesTheCommandsAlone() throws IOException {
    server.next(script().sendLine("hello").expect("abc").sendLine("gone").expectEnd());
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      proxy.now(halfClose(TO_CLIENT, 0));
      assertThat(client.readLine()).isNull();
      client.say("abc");
    }
    server.verify();
    assertThat(proxy.bytes(TO_SERVER)).isEqualTo(5);
    assertThat(proxy.bytes(TO_CLIENT)).isEqualTo(7);
  }

  @Test
  void stalledBytesAreKeptUntilItResumes() throws IOException {
    proxy.every(stall(TO_CLIENT, 3));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readRaw(3)).isEqualTo("hel");
      client.say("abc");
      server.awaitReceived("abc", PATIENCE);
      assertThat(Await.until(() -> proxy.inFlight(TO_CLIENT) == 12, PATIENCE)).isTrue();
      assertThat(proxy.bytes(TO_CLIENT)).isEqualTo(3);
      proxy.resume();
      assertThat(client.readLine()).isEqualTo("lo");
      assertThat(client.readLine()).isEqualTo("abc");
    }
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
    }
  }

  @Test
  void stallHoldsTheEndToo() throws IOException {
    server.next(script().sendLine("bye"));
    proxy.next(stall(TO_CLIENT, 5));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("bye");
      server.verify();
      client.timeout(50);
      assertThatThrownBy(client::readLine).hasMessageContaining("timed out");
      proxy.heal();
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void blackoutHoldsOldAndNewConnectionsUntilItHeals() throws IOException {
    try (var old = Talk.to(proxy.port())) {
      assertThat(old.readLine()).isEqualTo("hello");
      proxy.blackout();
      old.say("abc");
      try (var late = Talk.to(proxy.port())) {
        late.say("def");
        assertThat(Await.until(() -> proxy.inFlight(TO_SERVER) == 10, PATIENCE)).isTrue();
        assertThat(Await.until(() -> proxy.inFlight(TO_CLIENT) == 7, PATIENCE)).isTrue();
        assertThat(server.received()).isEmpty();
        proxy.heal();
        assertThat(old.readLine()).isEqualTo("abc");
        assertThat(late.readLine()).isEqualTo("hello");
        assertThat(late.readLine()).isEqualTo("def");
      }
    }
  }

  @Test
  void aStalledConnectionCanBeCut() throws IOException {
    proxy.every(stall(TO_SERVER, 0), latency(TO_CLIENT, Duration.ofHours(1)));
    try (var client = Talk.to(proxy.port())) {
      client.say("abc");
      assertThat(Await.until(() -> proxy.inFlight(TO_SERVER) == 5, PATIENCE)).isTrue();
      proxy.now(cut(TO_CLIENT, 0, FIN));
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void refusedConnectionsDoNotReachTheServer() throws IOException {
    proxy.next(refuse(FIN)).next(refuse(RESET));
    try (var client = Talk.to(proxy.port())) {
      client.sayRaw("abc\r\n");
      assertThat(client.rest()).isEmpty();
    }
    try (var client = Talk.to(proxy.port())) {
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
    assertThat(server.connections()).isZero();
    assertThat(proxy.connections()).isEqualTo(2);
    assertThat(proxy.cuts()).isEqualTo(2);
  }

  @Test
  void openConnectionsAreRefusedAtOnce() throws IOException {
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      proxy.now(refuse(RESET));
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
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
  void serverThatResetsIsSeenThroughTheProxy() throws IOException {
    server.next(script().expect("abc").reset());
    try (var client = Talk.to(proxy.port())) {
      client.say("abc");
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
    assertThat(proxy.cuts()).isZero();
  }

  @Test
  void aDeadServerEndsTheClient() throws IOException {
    server.close();
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isNull();
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

  @Test
  void faultsAreValues() {
    assertThat(cut(TO_CLIENT, 3, FIN)).isEqualTo(cut(TO_CLIENT, 3, FIN));
    assertThat(stall(TO_CLIENT, 3)).hasToString("Stall[direction=TO_CLIENT, bytes=3]");
    assertThatIllegalArgumentException().isThrownBy(() -> cut(TO_CLIENT, -1, FIN));
    assertThatIllegalArgumentException().isThrownBy(() -> halfClose(TO_CLIENT, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> stall(TO_CLIENT, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> slice(TO_CLIENT, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> bandwidth(TO_CLIENT, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> latency(TO_CLIENT, Duration.ofMillis(-1)));
  }
}
