// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Ways in: LOGIN, AUTHENTICATE, STARTTLS, and who is kept out. */
class ImapLoginTest {
  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void loginTellsCapabilities() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).contains("AUTH=PLAIN");
      assertThat(client.ask("a LOGIN alice wrong")).startsWith("a NO [AUTHENTICATIONFAILED]");
      assertThat(client.ask("b LOGIN \"alice\" \"secret\"")).startsWith("b OK [CAPABILITY IMAP4");
    }
  }

  @Test
  void saslWithAndWithoutAnInitialResponse() throws IOException {
    String plain = base64("\0alice\0secret");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).contains("SASL-IR");
      assertThat(client.ask("a AUTHENTICATE PLAIN " + plain)).startsWith("a OK");
    }
    imap.without("SASL-IR");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).doesNotContain("SASL-IR");
      assertThat(client.ask("a AUTHENTICATE LOGIN")).isEqualTo("+ " + base64("Username:"));
      assertThat(client.ask(base64("alice"))).isEqualTo("+ " + base64("Password:"));
      assertThat(client.ask(base64("wrong"))).startsWith("a NO");
      assertThat(client.ask("b AUTHENTICATE PLAIN")).isEqualTo("+ ");
      assertThat(client.ask("*")).startsWith("b BAD");
      assertThat(client.ask("c AUTHENTICATE XOAUTH2")).startsWith("c NO [CANNOT]");
      assertThat(client.ask("d AUTHENTICATE PLAIN")).isEqualTo("+ ");
      assertThat(client.ask(plain)).startsWith("d OK");
      server.verify();
    }
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      assertThat(client.ask("a AUTHENTICATE PLAIN " + plain)).startsWith("a BAD");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("without SASL-IR");
  }

  @Test
  void tokensAreChallengedBeforeTheyAreRefused() throws IOException {
    imap.mechanisms("XOAUTH2", "OAUTHBEARER");
    FakeAccount unused = CommonServer.alice(server).token("t0k");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).contains("AUTH=XOAUTH2 AUTH=OAUTHBEARER");
      String stale = base64("user=alice\1auth=Bearer old\1\1");
      assertThat(client.ask("a AUTHENTICATE XOAUTH2 " + stale))
          .isEqualTo(
              "+ "
                  + base64(
                      "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail/\"}"));
      assertThat(client.ask("")).startsWith("a NO [AUTHENTICATIONFAILED]");
      assertThat(client.ask("b AUTHENTICATE OAUTHBEARER")).isEqualTo("+ ");
      assertThat(client.ask(base64("n,a=alice,\1auth=Bearer t0k\1\1"))).startsWith("b OK");
    }
    server.verify();
  }

  @Test
  void startTlsChangesTheConnection() throws IOException {
    TestCertificates certificates = TestCertificates.shared();
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).contains("STARTTLS");
      assertThat(client.ask("a STARTTLS")).startsWith("a OK");
      client.startTls(certificates.clientContext(), "localhost");
      assertThat(client.run("b", "CAPABILITY")).first().asString().doesNotContain("STARTTLS");
      assertThat(client.ask("c STARTTLS")).startsWith("c BAD");
      assertThat(client.ask("d LOGIN alice secret")).startsWith("d OK");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("STARTTLS is not possible");
  }

  @Test
  void commandsPipelinedBehindStartTlsAreHeldAgainstTheClient() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      client.sayRaw("a STARTTLS\r\nb NOOP\r\n");
      assertThat(client.readLine()).startsWith("* OK");
      assertThat(client.readLine()).startsWith("a OK");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("clear text");
  }

  @Test
  void implicitTls() throws IOException {
    FakeAccount unused = server.user("bob", "x y");
    try (var client = Talk.tls(server.imapsUrl(), server.certificates().clientContext())) {
      assertThat(client.readLine()).startsWith("* OK");
      assertThat(client.ask("a LOGIN bob \"x y\"")).startsWith("a OK");
    }
  }

  @Test
  void preauthNeedsNoLogin() throws IOException {
    imap.preauth(CommonServer.alice(server));
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* PREAUTH [CAPABILITY");
      assertThat(client.run("a", "SELECT INBOX")).last().asString().startsWith("a OK");
    }
  }

  @Test
  void loginMayBeForbidden() throws IOException {
    imap.capabilities("IMAP4rev1", "LOGINDISABLED");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).contains("LOGINDISABLED");
      assertThat(client.ask("a LOGIN alice secret")).startsWith("a NO [PRIVACYREQUIRED]");
    }
  }

  @Test
  void sessionsAreLimited() throws IOException {
    imap.mostSessions(1);
    try (var first = Talk.imap(server.imapUrl());
        var second = Talk.to(server.imapUrl())) {
      assertThat(second.readLine()).startsWith("* OK");
      assertThat(second.ask("a LOGIN alice secret")).startsWith("a NO [LIMIT]");
      first.run("b", "LOGOUT");
      assertThat(first.readLine()).isNull();
      assertThat(second.ask("c LOGIN alice secret")).startsWith("c OK");
    }
  }
}
