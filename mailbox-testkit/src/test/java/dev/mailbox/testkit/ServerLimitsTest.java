// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long a server bears a client, how many and how often, and what it says of messages. */
@Timeout(30)
class ServerLimitsTest {
  @AutoClose private final FakeMailServer server = FakeMailServer.start();
  private final FakeAccount alice = server.user("alice", "secret");

  @Test
  void imapSessionThatIsSilentIsEnded() throws IOException {
    try (var idle = Talk.imap(server.imapUrl());
        var other = Talk.imap(server.imapUrl())) {
      List<String> unused = idle.run("a", "SELECT INBOX");
      assertThat(idle.ask("b IDLE")).startsWith("+");
      server.clock().advance(Duration.ofMinutes(29));
      assertThat(other.run("a", "NOOP")).last().asString().startsWith("a OK");
      server.clock().advance(Duration.ofMinutes(1));

      assertThat(idle.readLine()).isEqualTo("* BYE idle for too long");
      assertThat(idle.readLine()).isNull();
      assertThat(other.run("b", "NOOP")).last().asString().startsWith("b OK");
    }
  }

  @Test
  void autologoutIsWhatATestSays() throws IOException {
    FakeImap unused = server.imap().autologout(Duration.ofHours(24));
    try (var client = Talk.imap(server.imapUrl())) {
      server.clock().advance(Duration.ofHours(23));
      assertThat(client.run("a", "NOOP")).last().asString().startsWith("a OK");
      server.clock().advance(Duration.ofHours(24));
      assertThat(client.readLine()).startsWith("* BYE");
    }
  }

  @Test
  void pop3SessionThatIsSilentIsClosedAndDeletesNothing() throws IOException {
    String unused = alice.inbox().deliver(mail("one"));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      server.clock().advance(Duration.ofMinutes(10));
      assertThat(client.readLine()).isNull();
    }
    assertThat(alice.inbox().count()).isEqualTo(1);
    try (var next = Talk.pop3(server.pop3Url())) {
      assertThat(next.ask("STAT")).startsWith("+OK 1 ");
    }
  }

  @Test
  void onlySoManyConnectionsAreServed() throws IOException {
    FakeImap unusedImap = server.imap().mostConnections(1);
    FakePop3 unusedPop3 = server.pop3().mostConnections(1);
    try (var first = Talk.imap(server.imapUrl());
        var second = Talk.to(server.imapUrl());
        var third = Talk.to(server.pop3Url())) {
      assertThat(second.readLine()).isEqualTo("* BYE [UNAVAILABLE] too many connections");
      assertThat(second.readLine()).isNull();
      assertThat(third.readLine()).startsWith("+OK");
      try (var fourth = Talk.to(server.pop3Url())) {
        assertThat(fourth.readLine()).isEqualTo("-ERR [SYS/TEMP] too many connections");
        assertThat(fourth.readLine()).isNull();
      }
      assertThat(first.run("a", "NOOP")).last().asString().startsWith("a OK");
    }
  }

  @Test
  void onlySoManyLoginsAreServedInATime() throws IOException {
    FakeImap unusedImap = server.imap().mostLogins(2, Duration.ofMinutes(1));
    FakePop3 unusedPop3 = server.pop3().mostLogins(1, Duration.ofMinutes(1));
    String unusedPassword = server.user("bob", "b").password();
    assertThat(imapLogin("alice secret")).startsWith("a OK");
    assertThat(imapLogin("alice secret")).startsWith("a OK");
    assertThat(imapLogin("alice secret")).isEqualTo("a NO [LIMIT] too many logins");
    assertThat(imapLogin("bob b")).startsWith("a OK");
    assertThat(pop3Login()).startsWith("+OK");
    assertThat(pop3Login()).isEqualTo("-ERR [SYS/TEMP] too many logins");

    server.clock().advance(Duration.ofMinutes(1));

    assertThat(imapLogin("alice secret")).startsWith("a OK");
    assertThat(pop3Login()).startsWith("+OK");
  }

  private @Nullable String imapLogin(String words) throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      return client.ask("a LOGIN " + words);
    }
  }

  private @Nullable String pop3Login() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("USER alice")).startsWith("+OK");
      assertThat(client.ask("USER alice")).startsWith("+OK");
      String reply = client.ask("PASS secret");
      assertThat(client.ask("QUIT")).startsWith("+OK");
      return reply;
    }
  }

  @Test
  void tokenIsGoodForItsLifetime() throws IOException {
    FakeAccount unused = alice.token("t1", Duration.ofHours(1));
    assertThat(bearer("t1")).startsWith("a OK");
    server.clock().advance(Duration.ofHours(1));
    assertThat(bearer("t1")).startsWith("+ ");
    assertThat(bearer("t2")).startsWith("+ ");
  }

  private @Nullable String bearer(String token) throws IOException {
    String response = "user=alice\1auth=Bearer " + token + "\1\1";
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      return client.ask(
          "a AUTHENTICATE XOAUTH2 " + Base64.getEncoder().encodeToString(response.getBytes(UTF_8)));
    }
  }

  @Test
  void sessionsOfAUserCanBeEnded() throws IOException {
    String unusedId = alice.inbox().deliver(mail("one"));
    FakeAccount bob = server.user("bob", "b");
    try (var imap = Talk.imap(server.imapUrl());
        var pop3 = Talk.pop3(server.pop3Url())) {
      FakeAccount unusedBob = bob.endSessions();
      assertThat(imap.run("a", "NOOP")).last().asString().startsWith("a OK");

      FakeAccount unused = alice.endSessions();

      assertThat(imap.readLine()).isEqualTo("* BYE session expired, log in again");
      assertThat(imap.readLine()).isNull();
      assertThat(pop3.readLine()).isNull();
    }
    assertThat(imapLogin("alice secret")).startsWith("a OK");
  }

  @Test
  void maildropTellsWhatATestSays() throws IOException {
    FakeMaildrop maildrop = alice.maildrop();
    String first = maildrop.deliver(mail("one")).uidl();
    Pop3Message second = maildrop.deliver(Pop3Message.of(mail("two").build()).uidl("same"));
    maildrop.rename(first, second.uidl());
    maildrop.listedSize("same", 7);
    assertThat(maildrop.uidls()).containsExactly("same", "same");

    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("UIDL 1")).isEqualTo("+OK 1 same");
      assertThat(client.ask("STAT")).isEqualTo("+OK 2 14");
      assertThat(client.ask("LIST 2")).isEqualTo("+OK 2 7");
    }
    maildrop.remove("same");
    assertThat(alice.inbox().count()).isZero();
    assertThatThrownBy(() -> maildrop.rename("same", "x"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void folderTellsSizesThatATestSays() throws IOException {
    String id = alice.inbox().deliver(mail("one"));
    alice.inbox().imap().listedSize(Long.parseLong(id), 12);
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unused = client.run("a", "SELECT INBOX");
      assertThat(client.run("b", "FETCH 1 RFC822.SIZE")).contains("* 1 FETCH (RFC822.SIZE 12)");
    }
  }
}
