// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.mail.Fixture;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DovecotServerTest {
  private DovecotServer server;

  @BeforeAll
  void start() {
    server = DovecotServer.startOrSkip();
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
  void sendsCanonicalMailsByteForByte() throws IOException {
    ServerFolder inbox = server.user("carol", "secret").inbox();
    List<Fixture> fixtures = Fixture.canonical();
    fixtures.forEach(fixture -> inbox.deliver(fixture.raw()));
    try (var client = Talk.to(server.pop3Url()).login("carol", "secret")) {
      for (int i = 0; i < fixtures.size(); i++) {
        assertThat(new String(client.retrieve(i + 1), ISO_8859_1))
            .as(fixtures.get(i).name())
            .isEqualTo(new String(fixtures.get(i).raw(), ISO_8859_1));
      }
    }
    assertThat(inbox.messages()).hasSize(fixtures.size());
    assertThat(inbox.messages().get(0).raw()).isEqualTo(fixtures.get(0).raw());
  }

  @Test
  void keepsTheOrderOfDelivery() throws IOException {
    ServerFolder inbox = server.user("dave", "secret").inbox();
    for (int i = 0; i < 200; i++) {
      inbox.deliver(("Subject: " + i + "\r\n\r\n").getBytes(ISO_8859_1));
    }
    try (var client = Talk.to(server.pop3Url()).login("dave", "secret")) {
      for (int i = 0; i < 200; i++) {
        assertThat(client.retrieve(i + 1)).asString().startsWith("Subject: " + i + "\r\n");
      }
    }
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
    inbox.remove(kept);
    assertThat(inbox.count()).isZero();
  }

  @Test
  void newPasswordReplacesTheOld() throws IOException {
    server.user("frank", "old");
    server.user("frank", "new");
    try (var client = Talk.to(server.pop3Url()).login("frank", "new")) {
      assertThat(client.ask("STAT")).isEqualTo("+OK 0 0");
    }
    assertThatThrownBy(() -> Talk.to(server.pop3Url()).login("frank", "old").close())
        .hasMessageContaining("-ERR [AUTH]");
    assertThat(server.log()).contains("frank");
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
  void offersStls() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("STLS")).startsWith("+OK");
      client.startTls(server.certificates().clientContext(), "localhost");
      assertThat(client.ask("CAPA")).startsWith("+OK");
    }
  }

  @Test
  void missingProgramSkipsOrFails() {
    String missing = "/usr/sbin/dovecot is not installed";
    assertThatThrownBy(() -> RealServer.check(missing, false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessage(missing);
    assertThatThrownBy(() -> RealServer.check(missing, true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(missing);
  }

  @Test
  void closedServerIsGone() throws IOException {
    DovecotServer other = DovecotServer.startOrSkip();
    try (var client = Talk.to(other.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
    }
    other.close();
    other.close();
    assertThatThrownBy(() -> Talk.to(other.pop3Url()).close()).isInstanceOf(ConnectException.class);
  }
}
