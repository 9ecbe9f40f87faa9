// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import static dev.mailbox.testkit.assertj.MailAssertions.assertThat;
import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.mail.Fixture;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

@MailServerTest
class MailAssertionsTest {
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private final FakeMailServer server;
  private final FakeAccount account;
  private final FakeFolder inbox;

  MailAssertionsTest(FakeMailServer server) {
    this.server = server;
    this.account = server.user("alice", "secret");
    this.inbox = account.inbox();
  }

  @BeforeEach
  void use() throws IOException {
    inbox.deliver(mail("Grüße").text("Guten Tag\n").header("X-Ticket", "7").build(), NOON);
    inbox.deliver(Fixture.ATTACHMENTS.raw(), NOON, "\\Seen", "$Work");
    account.folder("Work");
    try (var client = Talk.imap(server.imapUrl())) {
      client.run("a", "SELECT INBOX");
      client.run("b", "UID FETCH 1:* (UID)");
      client.run("c", "SUBSCRIBE Work");
    }
    try (var client = Talk.pop3(server.pop3Url())) {
      client.ask("RETR 1");
    }
  }

  /** An assertion that holds, one that does not, and what is told of it. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Pair(String name, Runnable holds, ThrowingCallable fails, String... told) {
    DynamicTest test() {
      return DynamicTest.dynamicTest(
          name,
          () -> {
            holds.run();
            Throwable failure = catchThrowable(fails);
            assertThat(failure).isExactlyInstanceOf(AssertionError.class);
            assertThat(failure.getMessage()).contains(told).doesNotContain("secret");
          });
    }
  }

  @TestFactory
  Stream<DynamicTest> ofServers() {
    var imap = server.imap();
    var pop3 = server.pop3();
    return Stream.of(
            new Pair(
                "hasConnections",
                () -> assertThat(server).hasConnections(2),
                () -> assertThat(server).hasConnections(3),
                "expected the server to have had 3 connections but it had 2"),
            new Pair(
                "hasConnections of IMAP",
                () -> assertThat(imap).hasConnections(1),
                () -> assertThat(imap).hasConnections(2),
                "expected the IMAP server to have had 2 connections but it had 1"),
            new Pair(
                "hasConnections of POP3",
                () -> assertThat(pop3).hasConnections(1),
                () -> assertThat(pop3).hasConnections(0),
                "expected the POP3 server to have had 0 connections but it had 1"),
            new Pair(
                "hasNoOpenConnections",
                () -> assertThat(server).hasNoOpenConnections(),
                this::leaveOpen,
                "expected the server to have no open connections but it has 1"),
            new Pair(
                "heard",
                () -> assertThat(server).heard("uid fetch").heard("RETR 1").heard("PASS"),
                () -> assertThat(server).heard("EXPUNGE"),
                "expected the server to hear EXPUNGE; clients said:\n  l LOGIN ***\n  a SELECT INBOX",
                "\n  RETR 1"),
            new Pair(
                "heard is not a part of another command",
                () -> assertThat(imap).heard("UID FETCH 1:*"),
                () -> assertThat(imap).heard("FETCH"),
                "to hear FETCH;"),
            new Pair(
                "heard times",
                () -> assertThat(imap).heard("SELECT", 1).heard("CHECK", 0),
                () -> assertThat(imap).heard("SELECT", 2),
                "to hear SELECT 2 times, not 1 times;"),
            new Pair(
                "neverHeard",
                () -> assertThat(server).neverHeard("EXPUNGE", "DELE"),
                () -> assertThat(server).neverHeard("EXPUNGE", "RETR"),
                "to hear no RETR;"),
            new Pair(
                "heardInOrder",
                () -> assertThat(pop3).heardInOrder("USER alice", "RETR"),
                () -> assertThat(imap).heardInOrder("LOGIN", "UID FETCH", "SELECT"),
                "to hear LOGIN, UID FETCH, SELECT in this order, of which SELECT lacks;"))
        .map(Pair::test);
  }

  @TestFactory
  Stream<DynamicTest> ofCommands() {
    var commands = server.imap().commands();
    return Stream.of(
            new Pair(
                "contains",
                () -> assertThat(commands).contains("SELECT"),
                () -> assertThat(commands).contains("IDLE"),
                "expected the commands to contain IDLE; clients said:\n  l LOGIN ***"),
            new Pair(
                "contains times",
                () -> assertThat(commands).contains("SELECT", 1),
                () -> assertThat(commands).contains("SELECT", 0),
                "to contain SELECT 0 times, not 1 times;"),
            new Pair(
                "doesNotContain",
                () -> assertThat(commands).doesNotContain("EXPUNGE"),
                () -> assertThat(commands).doesNotContain("SELECT"),
                "to contain no SELECT;"),
            new Pair(
                "containsInOrder",
                () -> assertThat(commands).containsInOrder("LOGIN", "UID FETCH"),
                () -> assertThat(commands).containsInOrder("LOGIN", "LOGIN"),
                "to contain LOGIN, LOGIN in this order, of which LOGIN lacks;"),
            new Pair(
                "nothing said",
                () -> assertThat(server.imap().commands("NOOP")).doesNotContain("NOOP"),
                () -> assertThat(server.imap().commands("NOOP")).contains("NOOP"),
                "to contain NOOP; clients said nothing"))
        .map(Pair::test);
  }

  @TestFactory
  Stream<DynamicTest> ofFolders() {
    String holds = "but it holds 2:\n  1 \"Grüße\" []\n  2 \"Invoice\" [$Work, \\Seen]";
    return Stream.of(
            new Pair(
                "hasMessages",
                () -> assertThat(inbox).hasMessages(2),
                () -> assertThat(inbox).hasMessages(1),
                "expected INBOX to hold 1 messages " + holds),
            new Pair(
                "isEmpty",
                () -> assertThat(account.folder("Work")).isEmpty(),
                () -> assertThat(inbox).isEmpty(),
                "to be empty " + holds),
            new Pair(
                "hasUnseen",
                () -> assertThat(inbox).hasUnseen(1),
                () -> assertThat(inbox).hasUnseen(0),
                "to hold 0 unseen messages " + holds),
            new Pair(
                "hasSubjects",
                () -> assertThat(inbox).hasSubjects("Grüße", "Invoice"),
                () -> assertThat(inbox).hasSubjects("Invoice", "Grüße"),
                "to hold [Invoice, Grüße] " + holds),
            new Pair(
                "hasUids",
                () -> assertThat(inbox.imap()).hasUids(1, 2),
                () -> assertThat(inbox).hasUids(2),
                "to hold the UIDs [2] " + holds),
            new Pair(
                "message",
                () -> assertThat(inbox).message("Invoice").isSeen(),
                () -> assertThat(inbox).message("Bill"),
                "to hold one message \"Bill\" " + holds),
            new Pair(
                "onlyMessage",
                this::deliverToWork,
                () -> assertThat(inbox).onlyMessage(),
                "to hold 1 messages " + holds),
            new Pair(
                "empty folder",
                () -> assertThat(inbox).hasMessages(2),
                () -> assertThat(account.folder("Empty")).hasMessages(1),
                "expected Empty to hold 1 messages but it holds nothing"))
        .map(Pair::test);
  }

  @TestFactory
  Stream<DynamicTest> ofMessages() {
    List<HeldMessage> held = inbox.messages();
    HeldMessage first = held.get(0);
    HeldMessage second = held.get(1);
    return Stream.of(
            new Pair(
                "hasSubject",
                () -> assertThat(first).hasSubject("Grüße"),
                () -> assertThat(first).hasSubject("Hello"),
                "expected message 1 \"Grüße\" [] to have the subject \"Hello\""),
            new Pair(
                "hasHeader",
                () -> assertThat(first).hasHeader("x-ticket", "7"),
                () -> assertThat(first).hasHeader("X-Ticket", "8"),
                "to have X-Ticket: 8 but it has [7]"),
            new Pair(
                "hasBodyContaining",
                () -> assertThat(first).hasBodyContaining("Guten Tag"),
                () -> assertThat(second).hasBodyContaining("Guten Tag"),
                "to have \"Guten Tag\" in its text, which is:\nSee attached."),
            new Pair(
                "hasAttachment",
                () -> assertThat(second).hasAttachment("счёт.pdf"),
                () -> assertThat(second).hasAttachment("a.pdf"),
                "to have an attachment a.pdf but it has [invoice.pdf, счёт.pdf]"),
            new Pair(
                "hasBytes",
                () -> assertThat(second).hasBytes(Fixture.ATTACHMENTS.raw()),
                () -> assertThat(second).hasBytes(new byte[] {'F', 'x'}),
                "to have the 2 bytes that are expected, but of its ",
                " bytes number 1 is another"),
            new Pair(
                "isSeen",
                () -> assertThat(second).isSeen(),
                () -> assertThat(first).isSeen(),
                "to have \\Seen"),
            new Pair(
                "isUnseen",
                () -> assertThat(inbox.imap().message(1)).isUnseen(),
                () -> assertThat(inbox.imap().message(2)).isUnseen(),
                "expected message 2 \"Invoice\" [$Work, \\Seen] not to have \\Seen"),
            new Pair(
                "hasFlags",
                () -> assertThat(second).hasFlags("$work", "\\Seen"),
                () -> assertThat(second).hasFlags("\\Seen", "\\Flagged"),
                "to have \\Flagged"),
            new Pair(
                "lacksFlags",
                () -> assertThat(first).lacksFlags("\\Seen", "\\Flagged"),
                () -> assertThat(second).lacksFlags("\\Flagged", "\\Seen"),
                "not to have \\Seen"))
        .map(Pair::test);
  }

  @TestFactory
  Stream<DynamicTest> ofAccounts() {
    return Stream.of(
            new Pair(
                "hasFolders",
                () -> assertThat(account).hasFolders("Work", "INBOX"),
                () -> assertThat(account).hasFolders("INBOX"),
                "expected alice to have exactly the folders [INBOX]; there are [INBOX, Work]"),
            new Pair(
                "hasFolder",
                () -> assertThat(account).hasFolder("Work"),
                () -> assertThat(account).hasFolder("Old"),
                "to have the folder Old; there are [INBOX, Work]"),
            new Pair(
                "lacksFolder",
                () -> assertThat(account).lacksFolder("Old"),
                () -> assertThat(account).lacksFolder("Work"),
                "not to have the folder Work; there are"),
            new Pair(
                "isSubscribedTo",
                () -> assertThat(account).isSubscribedTo("Work"),
                () -> assertThat(account).isSubscribedTo("INBOX"),
                "to be subscribed to INBOX but subscribed are [Work]"))
        .map(Pair::test);
  }

  @Test
  void descriptionComesFirst() {
    assertThat(catchThrowable(() -> assertThat(inbox).as("after sync").isEmpty()))
        .hasMessageStartingWith("[after sync] expected INBOX");
  }

  private void leaveOpen() throws IOException {
    try (var client = Talk.imap(server.imapUrl())) {
      assertThat(client.run("a", "NOOP")).isNotEmpty();
      assertThat(server).hasNoOpenConnections();
    }
  }

  private void deliverToWork() {
    var work = account.folder("Work");
    work.deliver(mail("only"));
    assertThat(work).onlyMessage().hasSubject("only").isUnseen();
    work.remove("1");
  }
}
