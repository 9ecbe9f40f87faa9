// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a client's mistakes fails verification. */
class ImapViolationTest {
  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  @BeforeEach
  void addUser() {
    FakeAccount unused = server.user("alice", "secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FOO",
        "LOGIN alice secret",
        "FETCH 1 FLAGS",
        "STARTTLS x",
        "NOOP x",
        "MOVE 1 INBOX",
        "UNSELECT",
        "LIST (MAGIC) \"\" *"
      })
  void whateverGetsBadFailsVerification(String command) throws IOException {
    FakeImap unused = server.imap().without("MOVE");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", command)).last().asString().startsWith("a BAD");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("clients broke the protocol");
  }

  @Test
  void badOfARuleAndACancelledLoginAreNoMistakes() throws IOException {
    FakeImap unused = server.imap().on("NOOP").bad("today");
    try (var client = Talk.to(server.imapUrl())) {
      String unusedLine = client.readLine();
      assertThat(client.run("a", "NOOP")).containsExactly("a BAD today");
      unusedLine = client.ask("b AUTHENTICATE LOGIN");
      assertThat(client.ask("*")).isEqualTo("b BAD cancelled");
      assertThat(client.run("c", "LOGIN alice wrong")).last().asString().startsWith("c NO");
    }
    server.verify();
  }

  @Test
  void deletedFolderWithOthersBelowHasNoUseAnyMore() throws IOException {
    FakeFolder unused = server.user("alice", "secret").folder("Archive/Sub");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "DELETE Archive")).last().asString().startsWith("a OK");
      assertThat(client.run("b", "LIST \"\" Archive").get(0))
          .contains("\\Noselect")
          .doesNotContain("\\Archive");
    }
  }

  @Test
  void whatIsDeliveredByNumbersArrivesByTheClockOfTheServer() {
    server.clock().stop(Instant.parse("2030-01-01T00:00:00.5Z"));
    FakeFolder inbox = server.user("alice", "secret").inbox();
    long unused = inbox.imap().deliver(new byte[] {'\r', '\n'});
    assertThat(inbox.messages())
        .extracting(HeldMessage::arrivedAt)
        .containsExactly(Instant.parse("2030-01-01T00:00:00Z"));
  }
}
