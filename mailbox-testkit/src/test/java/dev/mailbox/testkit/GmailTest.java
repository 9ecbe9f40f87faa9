// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Folders that are labels, as at Gmail. */
class GmailTest {
  private static final String ALL = "[Gmail]/All Mail";
  private static final String STARRED = "[Gmail]/Starred";
  private static final String TRASH = "[Gmail]/Trash";

  @AutoClose
  private final FakeMailServer server =
      FakeMailServer.builder().profile(Profile.GMAIL).clearTextLogins().start();

  private final FakeAccount alice = server.user("alice", "secret");

  @BeforeEach
  void deliver() {
    FakeFolder unused = alice.folder("L");
    String unusedId = alice.inbox().deliver(mail("x"));
  }

  @Test
  void deletedIsSaidOfOneFolder() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      run(client, "SELECT INBOX", "COPY 1 L", "STORE 1 +FLAGS (\\Deleted \\Seen)", "SELECT L");
      assertThat(client.run("a", "FETCH 1 FLAGS").get(0))
          .contains("\\Seen")
          .doesNotContain("\\Deleted");
      run(client, "STORE 1 +FLAGS (\\Deleted)", "SELECT INBOX", "STORE 1 FLAGS (\\Answered)");
      run(client, "SELECT L");
      assertThat(client.run("a", "FETCH 1 FLAGS").get(0)).contains("\\Deleted", "\\Answered");
      run(client, "EXPUNGE");
    }
    assertThat(alice.existing("L").count()).isZero();
    assertThat(alice.inbox().count()).isOne();
    server.verify();
  }

  @Test
  void whatIsFlaggedIsAmongTheStarred() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      run(client, "SELECT INBOX", "STORE 1 +FLAGS (\\Flagged)");
      assertThat(alice.existing(STARRED).count()).isOne();
      run(client, "STORE 1 -FLAGS (\\Flagged)");
      assertThat(alice.existing(STARRED).count()).isZero();
      run(client, "COPY 1 \"" + STARRED + "\"");
      assertThat(client.run("a", "FETCH 1 FLAGS").get(0)).contains("\\Flagged");
      run(client, "SELECT \"" + STARRED + "\"", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE");
      run(client, "SELECT INBOX");
      assertThat(client.run("a", "FETCH 1 FLAGS").get(0)).doesNotContain("\\Flagged");
      run(client, "STORE 1 +FLAGS (\\Flagged)", "MOVE 1 \"" + TRASH + "\"");
    }
    assertThat(alice.existing(STARRED).count()).isZero();
    assertThat(alice.existing(TRASH).count()).isOne();
    server.verify();
  }

  @Test
  void allMailKeepsWhatIsExpungedThere() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      run(client, "SELECT \"" + ALL + "\"", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE", "CLOSE");
      assertThat(alice.existing(ALL).count()).isOne();
      assertThat(alice.inbox().count()).isOne();
      run(client, "SELECT \"" + ALL + "\"", "MOVE 1 \"" + TRASH + "\"");
    }
    assertThat(alice.existing(ALL).count()).isZero();
    assertThat(alice.inbox().count()).isZero();
    server.verify();
  }

  @Test
  void labelsHaveGmailsNames() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      run(client, "SELECT INBOX", "STORE 1 +X-GM-LABELS (L \\Starred \\Important)");
      assertThat(client.run("a", "FETCH 1 (FLAGS X-GM-LABELS)").get(0))
          .contains("\\Flagged")
          .endsWith("X-GM-LABELS (\"L\" \"\\\\Important\" \"\\\\Starred\"))");
      run(client, "STORE 1 -X-GM-LABELS (\\Starred)");
      assertThat(client.run("a", "FETCH 1 FLAGS").get(0)).doesNotContain("\\Flagged");
      run(client, "COPY 1 [Gmail]/Drafts", "EXAMINE \"" + ALL + "\"");
      assertThat(client.run("a", "FETCH 1 X-GM-LABELS").get(0))
          .contains("\"L\"", "\"\\\\Draft\"", "\"\\\\Important\"", "\"\\\\Inbox\"");
      run(client, "SELECT INBOX", "MOVE 1 [Gmail]/Spam", "EXAMINE [Gmail]/Drafts");
      assertThat(client.run("a", "SELECT [Gmail]/Spam")).contains("* 1 EXISTS");
    }
    server.verify();
  }

  @Test
  void specialFoldersAreListedWithTheirUses() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "LIST \"\" [Gmail]*"))
          .contains(
              "* LIST (\\Noselect \\HasChildren) \"/\" \"[Gmail]\"",
              "* LIST (\\HasNoChildren \\Important) \"/\" \"[Gmail]/Important\"",
              "* LIST (\\HasNoChildren \\Flagged) \"/\" \"[Gmail]/Starred\"",
              "* LIST (\\HasNoChildren \\Junk) \"/\" \"[Gmail]/Spam\"");
    }
  }

  private static void run(Talk client, String... commands) throws IOException {
    for (String command : commands) {
      assertThat(client.run("r", command)).last().asString().startsWith("r OK");
    }
  }
}
