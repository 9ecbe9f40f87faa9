// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Talk;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A new server with two messages and one fault, and what clients of bare lines hear of it. */
final class Trial implements AutoCloseable {
  static final String ONE = "A: 1\r\n\r\n.one\r\n";
  static final String TWO = "A: 2\r\n\r\n.two\r\n";

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final int MOMENT_MILLIS = 50;

  private final FakeMailServer server = FakeMailServer.start().seed(7);
  private final List<Talk> clients = new ArrayList<>();

  /** What is to be seen of one fault. */
  @FunctionalInterface
  interface Check {
    void see(Trial trial) throws IOException;
  }

  /** What is said to see whether the server goes on, and what it then says. */
  record Sign(String noop, String alive) {}

  /** How the connection goes on behind a reply. */
  enum Then {
    GOES_ON,
    ENDS,
    RESETS,
    STALLS
  }

  Trial() {
    server.clock().stop(NOON);
    String unused = inbox().deliver(ONE.getBytes(ISO_8859_1));
    unused = inbox().deliver(TWO.getBytes(ISO_8859_1));
  }

  FakeMailServer server() {
    return server;
  }

  FakeFolder inbox() {
    return server.user("alice", "secret").inbox();
  }

  Talk client(String url) throws IOException {
    Talk client = Talk.to(url);
    clients.add(client);
    return client;
  }

  /** All that the server said, without what a reset may have overtaken. */
  String heard() {
    var all = new StringBuilder();
    clients.forEach(client -> all.append(client.heard()).append("--\n"));
    return all.toString();
  }

  /** Hears exactly this, and then what follows from how the connection goes on. */
  void hear(Talk client, String expected, Then then, Sign sign) throws IOException {
    if (then == Then.RESETS) {
      int before = client.heard().length();
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
      assertThat(expected).startsWith(client.heard().substring(before));
      clients.remove(client);
      client.close();
      return;
    }
    assertThat(client.readRaw(expected.length())).isEqualTo(expected);
    switch (then) {
      case GOES_ON -> assertThat(client.ask(sign.noop)).matches(sign.alive);
      case ENDS -> {
        // Whoever only closed its own side takes what still comes.
        client.say(sign.noop);
        assertThat(client.rest()).isEmpty();
        client.say(sign.noop);
      }
      case STALLS -> {
        client.timeout(MOMENT_MILLIS);
        client.say(sign.noop);
        assertThatThrownBy(client::readLine).isInstanceOf(SocketTimeoutException.class);
      }
      case RESETS -> throw new AssertionError("seen above");
    }
  }

  /** That the fault has happened; what the client did wrong is its purpose. */
  static void assertUsed(Runnable verify) {
    Throwable failure = catchThrowable(verify::run);
    if (failure != null) {
      assertThat(failure).hasMessageNotContaining("never used");
    }
  }

  @Override
  public void close() throws IOException {
    for (Talk client : clients) {
      client.close();
    }
    server.close();
  }
}
