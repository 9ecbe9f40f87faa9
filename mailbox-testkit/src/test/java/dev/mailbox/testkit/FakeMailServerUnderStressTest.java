// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not read, ask for the impossible, or say what is no protocol. */
@Timeout(30)
class FakeMailServerUnderStressTest {
  private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(US_ASCII);

  @AutoClose private final FakeMailServer server = FakeMailServer.start();
  private final FakeFolder inbox = server.user("alice", "secret").inbox();

  @Test
  void changesDoNotWaitForAClientThatIdlesAndDoesNotRead() throws IOException {
    String id = inbox.deliver(MAIL);
    String keyword = "k".repeat(20_000);
    try (var idle = Talk.imap(server.imapUrl());
        var other = Talk.imap(server.imapUrl())) {
      List<String> unused = idle.run("a", "SELECT INBOX");
      assertThat(idle.ask("b IDLE")).startsWith("+");
      for (int i = 0; i < 1000; i++) {
        inbox.flag(id, keyword + i % 2);
        inbox.unflag(id, keyword + i % 2);
      }
      assertThat(other.run("a", "EXAMINE INBOX")).contains("* 1 EXISTS");
      server.imap().disconnect();
    }
  }

  @Test
  void folderWithoutModSeqsRefusesWhatNeedsThem() throws IOException {
    String unusedId = inbox.deliver(MAIL);
    ImapFolder unused = inbox.imap().keepsModSeqs(false);
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "SELECT INBOX")).contains("* OK [NOMODSEQ] the last change");
      for (String command :
          List.of(
              "FETCH 1 MODSEQ",
              "FETCH 1 FLAGS (CHANGEDSINCE 1)",
              "SEARCH MODSEQ 1",
              "STORE 1 (UNCHANGEDSINCE 9) FLAGS ()")) {
        assertThat(client.run("b", command)).last().asString().startsWith("b BAD");
      }
    }
  }

  @Test
  void whatIsNoCommandIsRefusedAndTheSessionGoesOn() throws IOException {
    String unused = inbox.deliver(MAIL);
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unusedLines = client.run("a", "SELECT INBOX");
      for (String command :
          List.of(
              "STORE 1 FLAGS",
              "FETCH 1 BODY.PEEK[99999999999]",
              "UID FETCH 1:9999999999 FLAGS",
              "CREATE {999999999}")) {
        assertThat(client.run("b", command)).last().asString().startsWith("b BAD");
      }
      assertThat(client.run("c", "NOOP")).containsExactly("c OK nothing done");
    }
  }

  @Test
  void tagOfAnyLengthMeetsItsFault() throws IOException {
    FakeImap unused = server.imap().on("NOOP").once().no("later");
    try (var client = Talk.imap(server.imapUrl())) {
      String tag = "A99999999999999999999";
      assertThat(client.run(tag, "NOOP")).containsExactly(tag + " NO later");
    }
    server.verify();
  }

  @Test
  void namesWithLineEndsAreRefused() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unused = client.run("a", "ENABLE UTF8=ACCEPT");
      client.sayRaw("b CREATE {5+}\r\na\r\n*!\r\n");
      assertThat(client.readLine()).startsWith("b NO [CANNOT]");
      assertThat(client.run("c", "SORT (DATE) UTF-8 ALL")).last().asString().startsWith("c BAD");
      unused = client.run("d", "EXAMINE INBOX");
      assertThat(client.run("e", "SORT (DATE) UTF-8 ALL")).containsExactly("* SORT", "e OK sorted");
    }
  }

  @Test
  void reusedUidIsAMessageOfItsOwn() throws IOException {
    for (int i = 0; i < 3; i++) {
      String unused = inbox.deliver(MAIL);
    }
    inbox.imap().uidNext(2);
    String unused = inbox.deliver(MAIL);
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "EXAMINE INBOX"))
          .contains("* 4 EXISTS")
          .noneMatch(line -> line.endsWith("EXPUNGE"));
    }
  }

  @Test
  void gmailKeepsWhatIsMovedToWhereItIs() throws IOException {
    try (var gmail = FakeMailServer.builder().profile(Profile.GMAIL).clearTextLogins().start()) {
      FakeAccount alice = gmail.user("alice", "secret").quota(60);
      String unused = alice.inbox().deliver(MAIL);
      try (var client = Talk.imap(gmail.imapUrl())) {
        List<String> unusedLines = client.run("a", "SELECT INBOX");
        assertThat(client.run("b", "MOVE 1 INBOX")).noneMatch(l -> l.endsWith("EXPUNGE"));
        unusedLines = client.run("c", "SELECT \"[Gmail]/All Mail\"");
        assertThat(client.run("d", "CREATE L")).last().asString().startsWith("d OK");
        assertThat(client.run("e", "MOVE 1 L")).noneMatch(l -> l.endsWith("EXPUNGE"));
      }
      assertThat(alice.inbox().count()).isEqualTo(1);
      assertThat(alice.folder("L").count()).isEqualTo(1);
      assertThat(alice.folder("[Gmail]/All Mail").count()).isEqualTo(1);
    }
  }
}
