// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CyrusServerTest {
  private CyrusServer server;

  @BeforeAll
  void start() {
    server = CyrusServer.startOrSkip();
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void isReadByAnIndependentClientOverAllProtocols() throws Exception {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    inbox.deliver(mail("Grüße aus Köln"));
    inbox.deliver(mail("second"));
    AngusTour.readAndDelete(server, "Grüße aus Köln");
    AngusTour.markSeen(server);
    assertThat(inbox.messages())
        .singleElement()
        .satisfies(m -> assertThat(m.flags()).containsExactly("\\Seen"));
  }

  @Test
  void holdsWhatWasDelivered() {
    ServerFolder inbox = server.user("bob", "secret").inbox();
    byte[] raw = "Subject: \u00e4\r\n\r\n\u00e4 {3}\r\n".getBytes(ISO_8859_1);
    Instant arrivedAt = Instant.parse("2026-01-02T03:04:05Z");

    String id = inbox.deliver(raw, arrivedAt, "\\Flagged", "later");

    assertThat(inbox.messages())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.id()).isEqualTo(id);
              assertThat(message.raw()).isEqualTo(raw);
              assertThat(message.arrivedAt()).isEqualTo(arrivedAt);
              assertThat(message.flags()).containsExactlyInAnyOrder("\\Flagged", "later");
            });
  }

  @Test
  void flagsAreSetAndClearedAndMessagesRemoved() {
    ServerFolder inbox = server.user("carol", "secret").inbox();
    String first = inbox.deliver(mail("first"));
    String second = inbox.deliver(mail("second"));

    inbox.flag(first, "\\Seen", "later");
    inbox.unflag(first, "\\Seen");
    inbox.remove(second);
    inbox.remove(second);

    assertThat(inbox.count()).isEqualTo(1);
    assertThat(inbox.messages().get(0).flags()).containsExactly("later");
  }

  @Test
  void dropKeepsWhatWasDeletedAndQuitRemovesIt() throws IOException {
    ServerFolder inbox = server.user("erin", "secret").inbox();
    inbox.deliver(mail("one"));
    String kept = inbox.deliver(mail("two"));
    for (String last : List.of("NOOP", "QUIT")) {
      try (var client = Talk.to(server.pop3Url()).login("erin", "secret")) {
        assertThat(client.ask("DELE 1")).startsWith("+OK");
        assertThat(client.ask(last)).startsWith("+OK");
      }
      assertThat(inbox.count()).isEqualTo(last.equals("NOOP") ? 2 : 1);
    }
    assertThat(inbox.messages()).extracting(HeldMessage::id).containsExactly(kept);
  }

  @Test
  void newPasswordReplacesTheOld() throws IOException {
    server.user("frank", "old").inbox();
    server.user("frank", "new");
    try (var client = Talk.to(server.pop3Url()).login("frank", "new")) {
      assertThat(client.ask("STAT")).isEqualTo("+OK 0 0");
    }
    assertThatThrownBy(() -> Talk.to(server.pop3Url()).login("frank", "old").close())
        .hasMessageContaining("-ERR [AUTH]");
  }

  @Test
  void foldersAreSeenByImap() throws IOException {
    ServerFolder archive = server.user("grace", "secret").folder("Archive");
    archive.deliver(mail("old"));
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      assertThat(client.ask("a LOGIN grace secret")).contains("a OK");
      assertThat(client.ask("b STATUS Archive (MESSAGES)"))
          .isEqualTo("* STATUS Archive (MESSAGES 1)");
    }
  }

  @Test
  void mailThatItDoesNotTakeIsTold() {
    ServerFolder inbox = server.user("heidi", "secret").inbox();

    assertThatThrownBy(() -> inbox.deliver("Subject: x\r\n\r\n\0\r\n".getBytes(ISO_8859_1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NUL");
    assertThat(inbox.count()).isZero();
  }

  @Test
  void offersStls() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("STLS")).startsWith("+OK");
      client.startTls(server.certificates().clientContext(), "localhost");
      assertThat(client.ask("CAPA")).startsWith("+OK");
    }
  }

  @Test
  void closedServerIsGone() throws IOException {
    CyrusServer other = CyrusServer.startOrSkip();
    try (var client = Talk.to(other.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
    }
    other.close();
    other.close();
    assertThatThrownBy(() -> Talk.to(other.pop3Url()).close()).isInstanceOf(ConnectException.class);
  }
}
