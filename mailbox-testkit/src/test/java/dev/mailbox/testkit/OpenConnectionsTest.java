// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.net.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that have left are not counted, whatever the server is doing. */
class OpenConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Fault SLOW = new Fault.Delayed(Duration.ofMillis(50));

  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  @BeforeEach
  void addUser() {
    FakeAccount unused = server.user("alice", "secret");
  }

  static Stream<Fault> faults() {
    return Stream.of(
        new Fault.Delayed(Duration.ofHours(1)),
        new Fault.Dripped(Duration.ofMinutes(1)),
        new Fault.Unanswered(Ending.STALL),
        new Fault.Unanswered(Ending.DEAF));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void clientThatLeavesAReplyIsNotCounted(Fault fault) throws IOException {
    FakeImap unused = server.imap().on("NOOP").meet(fault);
    FakePop3 unusedPop3 = server.pop3().on("NOOP").meet(fault);
    try (var imap = Talk.imap(server.imapUrl());
        var tls = Talk.tls(server.imapsUrl(), server.certificates().clientContext());
        var pop3 = Talk.pop3(server.pop3Url())) {
      String unusedLine = tls.readLine();
      assertThat(server.openConnections()).isEqualTo(3);
      imap.say("a NOOP");
      tls.say("a NOOP");
      pop3.say("NOOP");
      assertThat(Await.until(() -> server.imap().count("NOOP") == 2, PATIENCE)).isTrue();
      assertThat(Await.until(() -> server.pop3().count("NOOP") == 1, PATIENCE)).isTrue();
    }
    assertThat(Await.until(() -> server.openConnections() == 0, PATIENCE)).isTrue();
  }

  @Test
  void whatIsSaidDuringADelayIsHeardAfterIt() throws IOException {
    FakeImap unused = server.imap().on("NOOP").meet(SLOW);
    unused = server.imap().on("TLS").meet(SLOW);
    try (var client = Talk.to(server.imapUrl())) {
      String unusedGreeting = client.readLine();
      client.sayRaw("a NOOP\r\nb CAPABILITY\r\nc NOOP\r\n");
      assertThat(client.reply("c")).extracting(line -> line.substring(0, 1)).contains("a", "b");
      assertThat(client.run("d", "STARTTLS")).last().asString().startsWith("d OK");
      Talk tls = client.startTls(server.certificates().clientContext(), "localhost");
      tls.sayRaw("e NOOP\r\nf LOGIN alice secret\r\n");
      assertThat(tls.reply("f")).last().asString().startsWith("f OK");
      assertThat(tls.run("g", "COMPRESS DEFLATE")).last().asString().startsWith("g OK");
    }
    server.verify();
  }
}
