// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is special about each provider, on the wire. */
class ProfileTest {
  private static final String ALL = "[Gmail]/All Mail";

  private static FakeMailServer server(Profile profile) {
    FakeMailServer server =
        FakeMailServer.builder().profile(profile).clearTextLogins().passwordLogins().start();
    FakeAccount unused = server.user("alice", "secret");
    return server;
  }

  private static List<String> imap(FakeMailServer server, String... commands) throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> last = List.of();
      for (int i = 0; i < commands.length; i++) {
        last = client.run("t" + i, commands[i]);
      }
      return last;
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void isReadByAnIndependentClient(Profile profile) throws Exception {
    try (var server = server(profile)) {
      ServerFolder inbox = server.user("alice", "secret").inbox();
      inbox.deliver(mail("Grüße aus Köln").text("hi"));
      inbox.deliver(mail("second"));
      AngusTour.markSeen(server);
      assertThat(inbox.messages().get(0).flags()).containsExactly("\\Seen");
      AngusTour.readAndDelete(server, "Grüße aus Köln");
    }
  }

  @Test
  void gmailExpungesALabelAndSharesFlags() throws IOException {
    try (var server = server(Profile.GMAIL)) {
      FakeAccount alice = server.user("alice", "secret");
      String id = alice.inbox().deliver(mail("one"));
      assertThat(alice.folder(ALL).count()).isEqualTo(1);
      alice.inbox().flag(id, "\\Flagged");
      assertThat(alice.folder(ALL).messages().get(0).flags()).containsExactly("\\Flagged");
      List<String> told =
          imap(server, "SELECT INBOX", "STORE 1 +FLAGS.SILENT (\\Deleted)", "EXPUNGE");
      assertThat(told).contains("* 1 EXPUNGE");
      assertThat(alice.inbox().count()).isZero();
      assertThat(alice.folder(ALL).count()).isEqualTo(1);
    }
  }

  @Test
  void gmailHasOneMessageInManyFolders() throws IOException {
    try (var server = server(Profile.GMAIL)) {
      FakeAccount alice = server.user("alice", "secret");
      String unused = alice.inbox().deliver(mail("one"));
      assertThat(imap(server, "CREATE work", "SELECT INBOX", "COPY 1 work", "COPY 1 work"))
          .last()
          .asString()
          .startsWith("t3 OK [COPYUID ");
      assertThat(alice.folder("work").count()).isEqualTo(1);
      assertThat(imap(server, "EXAMINE INBOX", "FETCH 1 X-GM-LABELS"))
          .contains("* 1 FETCH (X-GM-LABELS (\"work\"))");
      String trash = "[Gmail]/Trash";
      assertThat(imap(server, "SELECT INBOX", "MOVE 1 " + trash)).contains("* 1 EXPUNGE");
      assertThat(alice.folder("work").count()).isZero();
      assertThat(alice.folder(ALL).count()).isZero();
      assertThat(alice.folder(trash).count()).isEqualTo(1);
    }
  }

  @Test
  void gmailOffersCondstoreAndNotQresync() throws IOException {
    try (var server = server(Profile.GMAIL)) {
      assertThat(imap(server, "CAPABILITY").get(0))
          .contains(" CONDSTORE ", " X-GM-EXT-1 ", " LITERAL- ", " APPENDLIMIT=35651584")
          .doesNotContain("QRESYNC");
      assertThat(imap(server, "LIST \"\" [Gmail]/%"))
          .contains("* LIST (\\HasNoChildren \\All) \"/\" \"[Gmail]/All Mail\"");
    }
  }

  @Test
  void outlookLiesAboutSizesAndCountsInUidls() throws IOException {
    try (var server = server(Profile.OUTLOOK)) {
      String unused =
          server.user("alice", "secret").inbox().deliver("Subject: x\r\n\r\n".getBytes(US_ASCII));
      List<String> told = imap(server, "EXAMINE INBOX", "FETCH 1 (RFC822.SIZE BODY.PEEK[])");
      assertThat(told.get(0)).contains("RFC822.SIZE 51 ").endsWith("{14}");
      try (var client = Talk.pop3(server.pop3Url())) {
        assertThat(client.ask("UIDL 1")).isEqualTo("+OK 1 1");
      }
    }
  }

  @Test
  void yahooDoesNotIdleAndWritesInboxInMixedCase() throws IOException {
    try (var server = server(Profile.YAHOO)) {
      assertThat(imap(server, "IDLE")).containsExactly("t0 BAD unknown command");
      assertThat(imap(server, "LIST \"\" inbox").get(0)).endsWith("\"/\" \"Inbox\"");
    }
  }

  @Test
  void icloudEnablesAndDoesNotSaySo() throws IOException {
    try (var server = server(Profile.ICLOUD)) {
      String unused = server.user("alice", "secret").inbox().deliver(mail("one"));
      try (var client = Talk.imap(server.imapUrl())) {
        assertThat(client.run("a", "ENABLE QRESYNC")).contains("* ENABLED");
        List<String> unusedLines = client.run("b", "SELECT INBOX");
        unusedLines = client.run("c", "STORE 1 +FLAGS.SILENT (\\Deleted)");
        assertThat(client.run("d", "EXPUNGE")).contains("* VANISHED 1");
        assertThat(client.run("e", "MOVE 1 x")).containsExactly("e BAD unknown command");
      }
    }
  }

  @Test
  void cyrusWritesUsesInLowerCase() throws IOException {
    try (var server = server(Profile.CYRUS)) {
      FakeFolder sent = server.user("alice", "secret").folder("Sent");
      assertThat(imap(server, "LIST \"\" Sent").get(0)).contains("\\sent");
      String uid = server.user("alice", "secret").inbox().deliver(mail("one"));
      long validity = server.user("alice", "secret").inbox().imap().uidValidity();
      assertThat(sent.count()).isZero();
      try (var client = Talk.pop3(server.pop3Url())) {
        assertThat(client.ask("UIDL 1")).isEqualTo("+OK 1 " + validity + "." + uid);
      }
    }
  }

  @Test
  void courierHasANamespaceAndRefusesPolitely() throws IOException {
    try (var server = server(Profile.COURIER)) {
      assertThat(imap(server, "NAMESPACE").get(0))
          .isEqualTo("* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL");
      assertThat(imap(server, "SELECT INBOX")).noneMatch(line -> line.contains("UIDNEXT"));
      assertThat(imap(server, "NONSENSE"))
          .containsExactly("t0 NO Error in IMAP command received by server.");
    }
  }

  @Test
  void courierTakesNoNamesOutsideItsNamespace() throws IOException {
    try (var server = server(Profile.COURIER)) {
      for (String command :
          List.of(
              "CREATE work",
              "RENAME INBOX.a work",
              "RENAME INBOX work",
              "CREATE INBOX.a.",
              "SUBSCRIBE work",
              "CREATE INBOXwork")) {
        assertThat(imap(server, "CREATE INBOX.a", command)).last().asString().startsWith("t1 NO ");
      }
      assertThat(server.user("alice", "secret").folders()).containsExactly("INBOX", "INBOX.a");
      assertThat(imap(server, "CREATE inbox.b")).last().asString().startsWith("t0 OK ");
    }
  }

  @Test
  void courierListsNoMechanismsThatItDoesNotHave() throws IOException {
    try (var server = server(Profile.COURIER);
        var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("CAPA")).startsWith("+OK");
      assertThat(client.lines()).contains("STLS").noneMatch(line -> line.startsWith("SASL"));
    }
  }

  @Test
  void minimalServersKnowNoExtension() throws IOException {
    try (var server = server(Profile.MINIMAL)) {
      assertThat(imap(server, "CAPABILITY").get(0)).startsWith("* CAPABILITY IMAP4rev1");
      assertThat(imap(server, "NAMESPACE")).containsExactly("t0 BAD unknown command");
      try (var client = Talk.pop3(server.pop3Url())) {
        assertThat(client.ask("CAPA")).startsWith("-ERR");
        assertThat(client.ask("TOP 1 0")).startsWith("-ERR");
        assertThat(client.ask("STAT")).isEqualTo("+OK 0 0");
      }
    }
  }

  @Test
  void dovecotsUidlsAreOfUidAndValidity() throws IOException {
    try (var server = server(Profile.DOVECOT)) {
      FakeFolder inbox = server.user("alice", "secret").inbox();
      String unused = inbox.deliver(mail("one"));
      try (var client = Talk.pop3(server.pop3Url())) {
        assertThat(client.ask("UIDL 1"))
            .isEqualTo("+OK 1 00000001" + String.format("%08x", inbox.imap().uidValidity()));
      }
    }
  }

  @Test
  void pop3WithoutUidlOrCapa() throws IOException {
    try (var noUidl = server(Profile.NO_UIDL);
        var noCapa = server(Profile.NO_CAPA);
        var first = Talk.pop3(noUidl.pop3Url());
        var second = Talk.pop3(noCapa.pop3Url())) {
      assertThat(first.ask("UIDL")).startsWith("-ERR");
      assertThat(second.ask("CAPA")).startsWith("-ERR");
      assertThat(second.ask("NOOP")).startsWith("+OK");
    }
  }
}
