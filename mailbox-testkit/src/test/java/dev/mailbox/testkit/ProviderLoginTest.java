// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How the profiles let clients in, what they list before and after, and with which folders. */
class ProviderLoginTest {
  private static final Set<Profile> BEHIND_TLS =
      Set.of(Profile.GMAIL, Profile.OUTLOOK, Profile.YAHOO, Profile.ICLOUD);

  private static String bearer(String token) {
    String response = "user=alice\1auth=Bearer " + token + "\1\1";
    return Base64.getEncoder().encodeToString(response.getBytes(UTF_8));
  }

  private static Talk imaps(FakeMailServer server) throws IOException {
    Talk client = Talk.tls(server.imapsUrl(), server.certificates().clientContext());
    assertThat(client.readLine()).startsWith("* OK");
    return client;
  }

  private static Talk pop3s(FakeMailServer server) throws IOException {
    Talk client = Talk.tls(server.pop3sUrl(), server.certificates().clientContext());
    assertThat(client.readLine()).startsWith("+OK");
    return client;
  }

  private static String last(Talk client, String command) throws IOException {
    List<String> told = client.run("a", command);
    return told.get(told.size() - 1);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void providersLetNobodyInBeforeTls(Profile profile) throws IOException {
    boolean open = !BEHIND_TLS.contains(profile);
    try (var server = FakeMailServer.start(profile);
        var imap = Talk.to(server.imapUrl());
        var pop3 = Talk.to(server.pop3Url())) {
      FakeAccount unused = server.user("alice", "secret").token("a.token");
      assertThat(imap.readLine()).startsWith("* OK");
      assertThat(imap.run("c", "CAPABILITY").get(0).contains(" LOGINDISABLED")).isEqualTo(!open);
      assertThat(last(imap, "LOGIN alice secret"))
          .startsWith(open ? "a OK " : "a NO [PRIVACYREQUIRED] ");
      assertThat(pop3.readLine()).startsWith("+OK");
      assertThat(pop3.ask("USER alice")).startsWith(open ? "+OK" : "-ERR");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GMAIL", "OUTLOOK", "YAHOO", "ICLOUD"})
  void startTlsOpensTheDoor(Profile profile) throws IOException {
    try (var server = FakeMailServer.start(profile);
        var imap = Talk.to(server.imapUrl());
        var pop3 = Talk.to(server.pop3Url())) {
      FakeAccount unused = server.user("alice", "secret").token("a.token");
      assertThat(imap.readLine()).startsWith("* OK");
      assertThat(last(imap, "STARTTLS")).startsWith("a OK");
      Talk tls = imap.startTls(server.certificates().clientContext(), "localhost");
      assertThat(last(tls, "AUTHENTICATE XOAUTH2 " + bearer("a.token"))).startsWith("a OK");
      assertThat(pop3.readLine()).startsWith("+OK");
      assertThat(pop3.ask("STLS")).startsWith("+OK");
      Talk secured = pop3.startTls(server.certificates().clientContext(), "localhost");
      assertThat(secured.ask("AUTH XOAUTH2").strip()).isEqualTo("+");
      assertThat(secured.ask(bearer("a.token"))).startsWith("+OK");
    }
  }

  @Test
  void outlookTakesOnlyTokens() throws IOException {
    try (var server = FakeMailServer.start(Profile.OUTLOOK);
        var imap = imaps(server);
        var pop3 = pop3s(server)) {
      FakeAccount unused = server.user("alice", "secret").token("a.token");
      String plain = Base64.getEncoder().encodeToString("\0alice\0secret".getBytes(UTF_8));
      assertThat(imap.run("c", "CAPABILITY").get(0)).contains(" AUTH=PLAIN AUTH=XOAUTH2");
      assertThat(last(imap, "LOGIN alice secret")).isEqualTo("a NO LOGIN failed.");
      assertThat(last(imap, "AUTHENTICATE PLAIN " + plain)).isEqualTo("a NO AUTHENTICATE failed.");
      assertThat(last(imap, "AUTHENTICATE XOAUTH2 " + bearer("other")))
          .isEqualTo("a NO AUTHENTICATE failed.");
      assertThat(last(imap, "AUTHENTICATE XOAUTH2 " + bearer("a.token")))
          .isEqualTo("a OK AUTHENTICATE completed.");
      assertThat(pop3.ask("USER alice")).isEqualTo("+OK");
      assertThat(pop3.ask("PASS secret"))
          .isEqualTo("-ERR Logon failure: unknown user name or bad password.");
      assertThat(pop3.ask("AUTH PLAIN").strip()).isEqualTo("+");
      assertThat(pop3.ask(plain))
          .isEqualTo("-ERR Authentication failure: unknown user name or bad password.");
      assertThat(pop3.ask("AUTH XOAUTH2").strip()).isEqualTo("+");
      assertThat(pop3.ask(bearer("a.token"))).isEqualTo("+OK User successfully logged on.");
    }
  }

  @Test
  void outlookTakesPasswordsWhereATestSaysSo() throws IOException {
    try (var server = FakeMailServer.builder().profile(Profile.OUTLOOK).passwordLogins().start();
        var client = imaps(server)) {
      FakeAccount unused = server.user("alice", "secret");
      assertThat(last(client, "LOGIN alice secret")).isEqualTo("a OK LOGIN completed.");
    }
  }

  @Test
  void outlookHangsUpOnAnInitialResponse() throws IOException {
    try (var server = FakeMailServer.start(Profile.OUTLOOK);
        var client = pop3s(server)) {
      FakeAccount unused = server.user("alice", "secret").token("a.token");
      assertThat(client.ask("AUTH XOAUTH2 " + bearer("a.token")))
          .isEqualTo("-ERR Protocol error. Connection is closed. 10");
      assertThat(client.readLine()).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GMAIL|{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}"
            + "|a NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
        "YAHOO|{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail/\"}"
            + "|a NO [AUTHENTICATIONFAILED] AUTHENTICATE Invalid credentials",
        "COMPLETE|{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail/\"}"
            + "|a NO [AUTHENTICATIONFAILED] wrong user or password",
      })
  void tokenThatHasExpiredIsToldWhy(Profile profile, String challenge, String refusal)
      throws IOException {
    try (var server = FakeMailServer.start(profile);
        var client = imaps(server)) {
      FakeAccount unused = server.user("alice", "secret").token("a.token");
      unused = server.user("alice", "secret").expireToken("a.token");
      String told = client.ask("a AUTHENTICATE XOAUTH2 " + bearer("a.token"));
      assertThat(new String(Base64.getDecoder().decode(told.substring(2)), UTF_8))
          .isEqualTo(challenge);
      assertThat(client.ask("")).isEqualTo(refusal);
    }
  }

  @Test
  void capabilitiesAreOthersAfterTheLogin() throws IOException {
    try (var server = FakeMailServer.start(Profile.DOVECOT);
        var client = Talk.to(server.imapUrl())) {
      FakeAccount unused = server.user("alice", "secret");
      assertThat(client.readLine())
          .isEqualTo(
              "* OK [CAPABILITY IMAP4rev1 SASL-IR ID ENABLE IDLE LITERAL+ AUTH=PLAIN AUTH=LOGIN"
                  + " AUTH=CRAM-MD5 AUTH=SCRAM-SHA-256 STARTTLS] Dovecot ready.");
      assertThat(last(client, "LOGIN alice secret"))
          .contains(" QRESYNC ", " NOTIFY ")
          .doesNotContain("AUTH=", "STARTTLS");
    }
  }

  @Test
  void gmailTellsItsCapabilitiesBesideTheLogin() throws IOException {
    try (var server = FakeMailServer.start(Profile.GMAIL);
        var client = imaps(server)) {
      FakeAccount unused = server.user("alice", "secret");
      assertThat(client.run("c", "CAPABILITY").get(0))
          .endsWith(" X-GM-EXT-1 SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=OAUTHBEARER");
      assertThat(client.run("a", "LOGIN alice secret"))
          .hasSize(2)
          .first()
          .asString()
          .startsWith("* CAPABILITY IMAP4rev1 ")
          .endsWith(" APPENDLIMIT=35651584");
    }
  }

  @Test
  void outlookAndCyrusListMechanismsAndLoginDisabledAfterTheLogin() throws IOException {
    try (var outlook =
            FakeMailServer.builder()
                .profile(Profile.OUTLOOK)
                .passwordLogins()
                .clearTextLogins()
                .start();
        var cyrus = FakeMailServer.start(Profile.CYRUS)) {
      FakeAccount unused = outlook.user("alice", "secret");
      unused = cyrus.user("alice", "secret");
      try (var one = Talk.to(outlook.imapUrl());
          var other = Talk.imap(cyrus.imapUrl())) {
        assertThat(one.readLine()).startsWith("* OK");
        assertThat(one.run("c", "CAPABILITY").get(0)).doesNotContain(" MOVE");
        assertThat(last(one, "LOGIN alice secret")).startsWith("a OK");
        assertThat(one.run("c", "CAPABILITY").get(0)).contains(" MOVE ", " AUTH=PLAIN ");
        assertThat(other.run("c", "CAPABILITY").get(0)).contains(" LOGINDISABLED");
      }
    }
  }

  @Test
  void foldersAreThereAsTheProviderHasThem() throws IOException {
    assertThat(folders(Profile.OUTLOOK))
        .contains(
            "* LIST (\\HasNoChildren) \"/\" \"Deleted Items\"",
            "* LIST (\\HasNoChildren) \"/\" \"Junk Email\"",
            "* LIST (\\HasNoChildren) \"/\" \"Sent Items\"",
            "* LIST (\\HasNoChildren) \"/\" \"Calendar\"");
    assertThat(folders(Profile.YAHOO))
        .contains(
            "* LIST (\\HasNoChildren) \"/\" \"Inbox\"",
            "* LIST (\\HasNoChildren \\Junk) \"/\" \"Bulk Mail\"",
            "* LIST (\\HasNoChildren \\Drafts) \"/\" \"Draft\"");
    assertThat(folders(Profile.ICLOUD))
        .contains(
            "* LIST (\\HasNoChildren \\Noinferiors) \"/\" \"INBOX\"",
            "* LIST (\\HasNoChildren \\Trash) \"/\" \"Deleted Messages\"",
            "* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Messages\"");
    assertThat(folders(Profile.DOVECOT)).hasSize(2);
  }

  private static List<String> folders(Profile profile) throws IOException {
    try (var server = FakeMailServer.start(profile);
        var client = imaps(server)) {
      FakeAccount unused = server.user("alice", "secret").token("a.token");
      String login =
          profile == Profile.OUTLOOK
              ? "AUTHENTICATE XOAUTH2 " + bearer("a.token")
              : "LOGIN alice secret";
      assertThat(last(client, login)).startsWith("a OK");
      return client.run("l", "LIST \"\" *");
    }
  }

  @Test
  void icloudHasNothingBelowTheInbox() throws IOException {
    try (var server = FakeMailServer.start(Profile.ICLOUD);
        var client = imaps(server)) {
      FakeAccount unused = server.user("alice", "secret");
      assertThat(last(client, "LOGIN alice secret")).startsWith("a OK");
      assertThat(last(client, "CREATE INBOX/x")).startsWith("a NO [CANNOT]");
      assertThat(last(client, "CREATE x")).startsWith("a OK");
    }
  }

  @Test
  void courierAccountsHaveNoFoldersOutsideTheNamespace() {
    try (var server = FakeMailServer.start(Profile.COURIER)) {
      FakeAccount alice = server.user("alice", "secret");
      assertThatThrownBy(() -> alice.folder("Archive"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("INBOX.Archive");
      FakeFolder there = alice.folder("INBOX.Archive");
      assertThat(there.count()).isZero();
      assertThatThrownBy(() -> alice.renameFolder("INBOX.Archive", "Old"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("INBOX.Old");
      alice.renameFolder("INBOX.Archive", "INBOX.Old");
      assertThat(alice.folders()).containsExactly("INBOX", "INBOX.Old");
    }
  }
}
