// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static dev.mailbox.testkit.proxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.proxy.Direction.TO_SERVER;
import static dev.mailbox.testkit.proxy.ProxyFault.bandwidth;
import static dev.mailbox.testkit.proxy.ProxyFault.latency;
import static dev.mailbox.testkit.proxy.ProxyFault.slice;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.script.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FaultProxyLinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);

  @AutoClose private final ScriptedServer server = Echo.start();
  @AutoClose private final FaultProxy proxy = FaultProxy.to(server.port());

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
    proxy.every(latency(TO_CLIENT, Duration.ofMillis(100)));
    server.next(c -> send(c.output()::write, 32));
    try (var client = Talk.to(proxy.port())) {
      long start = System.nanoTime();
      assertThat(client.rest()).hasSize(32 << 20);
      // One delay for each of the 512 blocks of 64 KiB would be 51 seconds.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void latencyHoldsSixtyFourMebibytesBeforeTheFirstByteArrives() throws IOException {
    proxy.every(latency(TO_CLIENT, HOUR));
    server.next(c -> send(c.output()::write, 80));
    try (var client = Talk.to(proxy.port())) {
      long most = 64L << 20;
      assertThat(Await.until(() -> proxy.inFlight(TO_CLIENT) > most - (1 << 16), PATIENCE))
          .isTrue();
      assertThat(proxy.inFlight(TO_CLIENT)).isLessThanOrEqualTo(most);
      assertThat(proxy.bytes(TO_CLIENT)).isZero();
      assertThat(client).isNotNull();
    }
  }

  @Test
  void pipelinedCommandsAreOnTheirWayTogether() throws IOException {
    proxy.every(latency(TO_SERVER, HOUR));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      for (int i = 0; i < 1000; i++) {
        client.say("NOOP " + (1000 + i));
      }
      assertThat(Await.until(() -> proxy.inFlight(TO_SERVER) == 11_000, PATIENCE)).isTrue();
      assertThat(server.received()).isEmpty();
      assertThat(proxy.turns()).isEqualTo(1);
    }
  }

  @Test
  void latencyOfOpenConnectionsCountsForWhatComes() throws IOException {
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.ask("one")).isEqualTo("hello");
      assertThat(client.readLine()).isEqualTo("one");
      proxy.now(latency(TO_SERVER, HOUR));
      client.say("two");
      assertThat(Await.until(() -> proxy.inFlight(TO_SERVER) == 5, PATIENCE)).isTrue();
      assertThat(server.received()).containsExactly("one");
    }
  }

  @Test
  void jitterIsTheSameForTheSameSeed() {
    assertThat(jitters(7)).isEqualTo(jitters(7)).isNotEqualTo(jitters(8));
    assertThat(jitters(7)).allMatch(due -> due >= 2_000_000 && due < 5_000_000);
    assertThat(jitters(7)).doesNotHaveDuplicates();
  }

  @Test
  void jitterKeepsTheOrder() throws IOException {
    proxy.seed(3).every(latency(TO_SERVER, Duration.ZERO, Duration.ofMillis(3)));
    List<String> lines = LongStream.range(0, 50).mapToObj(Long::toString).toList();
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readLine()).isEqualTo("hello");
      for (String line : lines) {
        client.say(line);
      }
      server.awaitReceived("49", PATIENCE);
    }
    assertThat(server.received()).isEqualTo(lines);
  }

  @Test
  void bandwidthTakesAtLeastItsTime() throws IOException {
    proxy.every(bandwidth(TO_CLIENT, 10_000));
    server.next(c -> c.send(new byte[3000]));
    try (var client = Talk.to(proxy.port())) {
      long start = System.nanoTime();
      assertThat(client.rest()).hasSize(3000);
      assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(250).toNanos());
    }
  }

  @Test
  void bandwidthIsLiftedByHealing() throws IOException {
    proxy.every(bandwidth(TO_CLIENT, 1));
    server.next(c -> c.send(new byte[1 << 20]));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.readRaw(1)).hasSize(1);
      proxy.heal();
      assertThat(client.rest()).hasSize((1 << 20) - 1);
    }
  }

  @Test
  void piecesAreAsLongAsTheSliceAndReachNoFurtherThanAFault() throws InterruptedException {
    var valve = new Valve();
    valve.limitPieces(3);
    valve.cutAfter(8, Closing.FIN);
    assertThat(valve.admit(10, System.nanoTime())).isEqualTo(3);
    assertThat(valve.admit(2, System.nanoTime())).isEqualTo(2);
    assertThat(valve.admit(5, System.nanoTime())).isEqualTo(3);
    assertThat(valve.cutReached()).isEmpty();
    valve.written();
    assertThat(valve.cutReached()).contains(Closing.FIN);
    valve.shut();
    assertThat(valve.admit(5, System.nanoTime())).isEqualTo(Valve.SHUT);
  }

  @Test
  void slicedBytesArriveWhole() throws IOException {
    proxy.every(slice(TO_CLIENT, 3), slice(TO_SERVER, 1));
    try (var client = Talk.to(proxy.port())) {
      assertThat(client.ask("abcdefgh")).isEqualTo("hello");
      assertThat(client.readLine()).isEqualTo("abcdefgh");
    }
  }

  private static List<Long> jitters(long seed) {
    var delay = new Delay(seed);
    delay.set(Duration.ofMillis(2), Duration.ofMillis(3));
    return LongStream.range(0, 20).map(i -> delay.due(0)).boxed().toList();
  }

  private interface Out {
    void write(byte[] bytes) throws IOException;
  }

  private static void send(Out out, int mebibytes) throws IOException {
    var block = new byte[1 << 20];
    for (int i = 0; i < mebibytes; i++) {
      out.write(block);
    }
  }
}
