// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Folders, messages and what is told of them, command by command. */
class FakeImapTest {
  private static final Instant DATE = Instant.parse("2026-11-02T10:00:00Z");
  private static final String MAIL = "Subject: one\r\nTo: b@x\r\n\r\nbody\r\n";

  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = CommonServer.alice(server);
  private final ImapFolder inbox = alice.inbox().imap();

  private long deliver(String raw, String... flags) {
    return inbox.deliver(raw.getBytes(ISO_8859_1), DATE, flags);
  }

  private Talk selected() throws IOException {
    Talk client = Talk.imap(server.imapUrl());
    assertThat(client.run("s", "SELECT INBOX")).last().asString().startsWith("s OK [READ-WRITE]");
    return client;
  }

  @Test
  void greetsWithCapabilitiesAndLeaves() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK [CAPABILITY IMAP4rev1 ");
      assertThat(client.run("a", "CAPABILITY"))
          .first()
          .asString()
          .startsWith("* CAPABILITY IMAP4rev1 ")
          .endsWith("AUTH=PLAIN AUTH=LOGIN STARTTLS");
      assertThat(client.run("b", "ID NIL")).first().isEqualTo("* ID (\"name\" \"testkit\")");
      assertThat(client.run("c", "NOOP")).containsExactly("c OK nothing done");
      assertThat(client.run("d", "LOGOUT")).containsExactly("* BYE see you", "d OK bye");
      assertThat(client.readLine()).isNull();
    }
    server.verify();
  }

  @Test
  void knowsOnlyWhatItOffersAndOnlyWhenItIsDue() throws IOException {
    imap.without("MOVE", "IDLE", "UNSELECT", "ENABLE", "NAMESPACE", "ID", "UIDPLUS");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).doesNotContain("MOVE");
      assertThat(client.ask("a SELECT INBOX")).isEqualTo("a BAD not in this state");
      assertThat(client.ask("b LOGIN alice secret")).startsWith("b OK");
      assertThat(client.ask("c FETCH 1 FLAGS")).isEqualTo("c BAD not in this state");
      assertThat(client.ask("d LOGIN alice secret")).isEqualTo("d BAD not in this state");
      assertThat(client.run("e", "SELECT INBOX")).last().asString().startsWith("e OK");
      for (String command :
          List.of("MOVE 1 X", "IDLE", "UNSELECT", "ENABLE A", "NAMESPACE", "ID NIL")) {
        assertThat(client.ask("f " + command)).as(command).isEqualTo("f BAD unknown command");
      }
      assertThat(client.ask("g UID EXPUNGE 1")).isEqualTo("g BAD unknown command");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("not in this state");
  }

  @Test
  void selectTellsTheState() throws IOException {
    deliver(MAIL, "\\Seen", "work");
    deliver(MAIL);
    inbox.uidNext(40);
    inbox.uidValidity(7);
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "SELECT inbox"))
          .containsExactly(
              "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft work)",
              "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft work \\*)]"
                  + " what stays",
              "* 2 EXISTS",
              "* 2 RECENT",
              "* OK [UNSEEN 2] the first unseen",
              "* OK [UIDVALIDITY 7] the UIDs' own name",
              "* OK [UIDNEXT 40] the next UID",
              "a OK [READ-WRITE] selected");
      assertThat(client.run("b", "EXAMINE INBOX"))
          .contains("* 0 RECENT", "b OK [READ-ONLY] selected");
      assertThat(client.run("c", "SELECT Nowhere"))
          .containsExactly(
              "* OK [CLOSED] the folder before", "c NO [NONEXISTENT] there is no such folder");
      assertThat(client.ask("d CHECK")).isEqualTo("d BAD not in this state");
    }
  }

  @Test
  void fetchesWhatItIsAskedFor() throws IOException {
    deliver(MAIL, "\\Flagged");
    long uid = deliver("Subject: two\r\n\r\n");
    assertThat(uid).isEqualTo(2);
    try (var client = selected()) {
      assertThat(client.run("a", "FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)"))
          .containsExactly(
              "* 1 FETCH (UID 1 FLAGS (\\Flagged \\Recent) INTERNALDATE"
                  + " \" 2-Nov-2026 10:00:00 +0000\" RFC822.SIZE 31)",
              "a OK fetched");
      assertThat(client.run("b", "UID FETCH 2:* BODY.PEEK[HEADER]"))
          .containsExactly(
              "* 2 FETCH (UID 2 BODY[HEADER] {16}", "Subject: two", "", ")", "b OK fetched");
      assertThat(client.run("c", "FETCH 1 BODY.PEEK[HEADER.FIELDS (subject X)]"))
          .containsExactly(
              "* 1 FETCH (BODY[HEADER.FIELDS (subject X)] {16}",
              "Subject: one",
              "",
              ")",
              "c OK fetched");
      assertThat(client.run("d", "FETCH 1 BODY.PEEK[]<29.100>"))
          .containsExactly("* 1 FETCH (BODY[]<29> {2}", "", ")", "d OK fetched");
      assertThat(client.run("e", "FETCH 1 BODY[TEXT]"))
          .containsExactly(
              "* 1 FETCH (BODY[TEXT] {6}",
              "body", " FLAGS (\\Flagged \\Seen \\Recent))", "e OK fetched");
      assertThat(client.run("f", "UID FETCH 9 FLAGS")).containsExactly("f OK fetched");
      assertThat(client.run("g", "FETCH 9 FLAGS")).last().asString().startsWith("g BAD");
      assertThat(client.run("h", "FETCH 1 BODY[1]"))
          .containsExactly("* 1 FETCH (BODY[1] {6}", "body", ")", "h OK fetched");
      assertThat(client.run("i", "FETCH 1 BODY"))
          .containsExactly(
              "* 1 FETCH (BODY (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL"
                  + " \"7bit\" 6 1))",
              "i OK fetched");
    }
    assertThat(inbox.message(1).flags()).containsExactlyInAnyOrder("\\Flagged", "\\Seen");
    assertThatThrownBy(server::verify).hasMessageContaining("such a number");
  }

  @Test
  void storesFlags() throws IOException {
    deliver(MAIL);
    deliver(MAIL);
    try (var client = selected()) {
      assertThat(client.run("a", "UID STORE 1:2 +FLAGS (\\seen Later)"))
          .containsExactly(
              "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft Later)",
              "* 1 FETCH (UID 1 FLAGS (\\Seen Later \\Recent))",
              "* 2 FETCH (UID 2 FLAGS (\\Seen Later \\Recent))",
              "a OK stored");
      assertThat(client.run("b", "STORE 1 -FLAGS.SILENT later")).containsExactly("b OK stored");
      assertThat(client.run("c", "STORE 2 FLAGS ()"))
          .containsExactly("* 2 FETCH (FLAGS (\\Recent))", "c OK stored");
      assertThat(client.run("d", "STORE 1 FLAGS (\\Recent)")).last().asString().startsWith("d BAD");
    }
    assertThat(inbox.message(1).flags()).containsExactly("\\Seen");
    assertThat(inbox.message(2).flags()).isEmpty();
  }

  @Test
  void expungesOnlyWhatIsMeant() throws IOException {
    for (int i = 0; i < 4; i++) {
      deliver(MAIL);
    }
    try (var client = selected()) {
      client.run("a", "STORE 1:3 +FLAGS.SILENT (\\Deleted)");
      assertThat(client.run("b", "UID EXPUNGE 2,4"))
          .containsExactly("* 2 EXPUNGE", "b OK expunged");
      assertThat(client.run("c", "EXPUNGE"))
          .containsExactly("* 1 EXPUNGE", "* 1 EXPUNGE", "c OK expunged");
      client.run("d", "STORE 1 +FLAGS.SILENT \\Deleted");
      assertThat(client.run("e", "UNSELECT")).containsExactly("e OK unselected");
      assertThat(inbox.uids()).containsExactly(4L);
      client.run("f", "SELECT INBOX");
      assertThat(client.run("g", "CLOSE")).containsExactly("g OK closed");
    }
    assertThat(inbox.messages()).isEmpty();
  }

  @Test
  void appendsCopiesAndMoves() throws IOException {
    alice.folder("Archive").imap().uidValidity(5);
    inbox.uidValidity(4);
    try (var client = selected()) {
      client.say("a APPEND Archive (\\Seen x) \" 1-Jan-2020 00:00:00 +0100\" {3}");
      assertThat(client.readLine()).isEqualTo("+ go on");
      client.say("a\1b");
      assertThat(client.reply("a")).containsExactly("a OK [APPENDUID 5 1] appended");
      ImapMessage appended = alice.existing("Archive").imap().message(1);
      assertThat(appended.raw()).isEqualTo("a\1b".getBytes(ISO_8859_1));
      assertThat(appended.internalDate()).isEqualTo("2019-12-31T23:00:00Z");
      assertThat(appended.flags()).containsExactlyInAnyOrder("\\Seen", "x");

      client.sayRaw("b APPEND INBOX {2+}\r\nhi\r\n");
      assertThat(client.reply("b"))
          .containsExactly("* 1 EXISTS", "* 1 RECENT", "b OK [APPENDUID 4 1] appended");
      assertThat(client.run("c", "UID COPY 1 Archive"))
          .containsExactly("c OK [COPYUID 5 1 2] copied");
      assertThat(client.run("d", "MOVE 1 Archive"))
          .containsExactly("* OK [COPYUID 5 1 3] moved", "* 1 EXPUNGE", "d OK moved");
      assertThat(client.run("e", "COPY * Nowhere")).last().asString().startsWith("e BAD");
      client.sayRaw("f APPEND Nowhere {2+}\r\nhi\r\n");
      assertThat(client.reply("f")).last().asString().startsWith("f NO [TRYCREATE]");
    }
    assertThat(alice.existing("Archive").imap().uids()).containsExactly(1L, 2L, 3L);
    assertThat(alice.existing("Archive").imap().message(3).internalDate())
        .isEqualTo(alice.existing("Archive").imap().message(2).internalDate());
    assertThatThrownBy(server::verify).hasMessageContaining("such a number");
  }

  @Test
  void readOnlyFoldersAndAFullAccountRefuse() throws IOException {
    deliver(MAIL);
    ImapFolder shared = alice.folder("Shared").imap().readOnly(true);
    shared.deliver(MAIL.getBytes(ISO_8859_1));
    alice.quota(70);
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "SELECT Shared")).last().asString().startsWith("a OK [READ-ONLY]");
      assertThat(client.run("b", "STORE 1 +FLAGS (\\Seen)")).last().asString().contains("[NOPERM]");
      assertThat(client.run("c", "FETCH 1 BODY[TEXT]")).contains("c OK fetched");
      assertThat(client.run("d", "COPY 1 INBOX")).last().asString().contains("[OVERQUOTA]");
      client.sayRaw("e APPEND Shared {2+}\r\nhi\r\n");
      assertThat(client.reply("e")).last().asString().contains("e NO [NOPERM]");
      client.sayRaw("f APPEND INBOX {9+}\r\n123456789\r\n");
      assertThat(client.reply("f")).last().asString().contains("f NO [OVERQUOTA]");
    }
    assertThat(shared.message(1).flags()).isEmpty();
    assertThat(inbox.uids()).hasSize(1);
  }

  @Test
  void makesRenamesAndDeletesFolders() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.ask("a CREATE Work/Deep/Deeper/")).isEqualTo("a OK created");
      assertThat(client.ask("b CREATE work")).isEqualTo("b OK created");
      assertThat(client.ask("c CREATE inbox")).startsWith("c NO [ALREADYEXISTS]");
      assertThat(client.ask("d RENAME Work Job")).isEqualTo("d OK renamed");
      assertThat(client.ask("e RENAME Job work")).startsWith("e NO [ALREADYEXISTS]");
      assertThat(client.ask("f DELETE Job")).isEqualTo("f OK deleted");
      assertThat(client.ask("g DELETE Job")).startsWith("g NO [HASCHILDREN]");
      assertThat(client.ask("h DELETE INBOX")).startsWith("h NO");
      assertThat(client.ask("i CREATE \"Gr&APwA3w-e\"")).isEqualTo("i OK created");
      assertThat(client.ask("j CREATE \"Gr&APwA3w\"")).startsWith("j NO [CANNOT]");
      assertThat(client.ask("k CREATE a//b")).startsWith("k NO [CANNOT]");
    }
    assertThat(alice.folders())
        .containsExactly("Grüße", "INBOX", "Job", "Job/Deep", "Job/Deep/Deeper", "work");
    server.verify();
  }

  @Test
  void renamingTheInboxEmptiesIt() throws IOException {
    deliver(MAIL, "\\Seen");
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.ask("a RENAME INBOX Old")).isEqualTo("a OK renamed");
    }
    assertThat(inbox.messages()).isEmpty();
    assertThat(alice.existing("Old").imap().messages()).hasSize(1);
  }

  @Test
  void listsFolders() throws IOException {
    alice.delimiter('.');
    alice.folder("Sent").imap().attributes("\\Sent");
    FakeFolder unused = alice.folder("A.B");
    alice.existing("A").imap().selectable(false);
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "LIST \"\" *"))
          .containsExactly(
              "* LIST (\\Noselect \\HasChildren) \".\" \"A\"",
              "* LIST (\\HasNoChildren) \".\" \"A.B\"",
              "* LIST (\\HasNoChildren) \".\" \"INBOX\"",
              "* LIST (\\HasNoChildren \\Sent) \".\" \"Sent\"",
              "a OK that is all");
      assertThat(client.run("b", "LIST \"\" %")).hasSize(4);
      assertThat(client.run("c", "LIST A. \"%\" RETURN (SPECIAL-USE)"))
          .containsExactly("* LIST (\\HasNoChildren) \".\" \"A.B\"", "c OK that is all");
      assertThat(client.run("d", "LIST \"\" \"\""))
          .containsExactly("* LIST (\\Noselect) \".\" \"\"", "d OK that is the root");
      assertThat(client.run("e", "LIST (SPECIAL-USE) \"\" *")).hasSize(2);
      assertThat(client.run("f", "NAMESPACE"))
          .first()
          .isEqualTo("* NAMESPACE ((\"\" \".\")) NIL NIL");
      client.run("g", "SUBSCRIBE A.B");
      assertThat(client.run("h", "LSUB \"\" *"))
          .containsExactly("* LSUB () \".\" \"A.B\"", "h OK that is all");
      client.run("i", "UNSUBSCRIBE A.B");
      assertThat(client.run("j", "LSUB \"\" *")).hasSize(1);
      imap.without("SPECIAL-USE", "CHILDREN");
      assertThat(client.run("k", "LIST \"\" Sent")).first().isEqualTo("* LIST () \".\" \"Sent\"");
      assertThat(client.run("l", "LIST \"\" * RETURN (SPECIAL-USE)"))
          .last()
          .asString()
          .startsWith("l BAD");
    }
  }

  @Test
  void tellsStatus() throws IOException {
    deliver(MAIL, "\\Seen");
    deliver(MAIL);
    inbox.uidValidity(9);
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "STATUS INBOX (MESSAGES UNSEEN RECENT UIDNEXT UIDVALIDITY)"))
          .containsExactly(
              "* STATUS \"INBOX\" (MESSAGES 2 UNSEEN 1 RECENT 2 UIDNEXT 3 UIDVALIDITY 9)",
              "a OK that is how it is");
      assertThat(client.ask("b STATUS INBOX (HIGHESTMODSEQ)")).startsWith("b BAD");
      imap.capabilities("IMAP4rev1", "LIST-EXTENDED", "LIST-STATUS");
      assertThat(client.run("c", "LIST \"\" (INBOX) RETURN (STATUS (MESSAGES))"))
          .contains("* STATUS \"INBOX\" (MESSAGES 2)");
    }
  }

  @Test
  void mistakesOfATestAreToldAtOnce() {
    assertThatThrownBy(() -> alice.existing("Nowhere").imap().messages())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Nowhere");
    assertThatThrownBy(() -> inbox.message(1)).hasMessageContaining("no message 1");
    FakeFolder unused = alice.folder("Work");
    assertThatThrownBy(() -> alice.renameFolder("Work", "INBOX"))
        .hasMessageContaining("ALREADYEXISTS");
    assertThatThrownBy(() -> alice.folder("a//b")).hasMessageContaining("CANNOT");
    assertThatThrownBy(() -> alice.deleteFolder("X")).hasMessageContaining("NONEXISTENT");
  }
}
