// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.search.Query;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Actions in the queue that fail again and again, or that meet other folders than they were for.
 */
class StubbornActionTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");
  private static final FolderPath WORK = FolderPath.of("Work");
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.createFolder("Work");
    account.deliver(3);
    account.deliver("Work", "a report");
    account.sync();
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private void offline(Consumer<Mailbox> work) {
    account.imap().on("CONNECT").close();
    account.using(work);
    account.imap().heal();
  }

  private void endsInStep() {
    account.imap().heal();
    account.endsInStep();
    account.using(mailbox -> assertThat(mailbox.failedActions()).isEmpty());
  }

  private static Outcome append(Mailbox mailbox) {
    return mailbox
        .folder(ARCHIVE)
        .orElseThrow()
        .append(
            new ByteArrayInputStream(Account.raw("appended", "text\r\n")),
            Instant.parse("2026-01-05T10:00:00Z"),
            Set.of())
        .outcome();
  }

  /** What the server ends the session at. */
  enum Work {
    MARK("UID STORE"),
    MOVE("UID MOVE"),
    APPEND("APPEND");

    private final String command;

    Work(String command) {
      this.command = command;
    }

    private Outcome perform(Mailbox mailbox) {
      return switch (this) {
        case MARK -> Account.message(mailbox, "message 2").mark(Flag.SEEN);
        case MOVE -> Account.message(mailbox, "message 2").moveTo(ARCHIVE);
        case APPEND -> append(mailbox);
      };
    }
  }

  /** Each run is a program that opens, synchronizes and ends. */
  @ParameterizedTest
  @EnumSource
  void actionAtWhichTheSessionEndsHoldsNothingUp(Work work) {
    account.imap().on(work.command).bye("[TOOBIG] no, and good bye");
    account.using(mailbox -> assertThat(work.perform(mailbox)).isEqualTo(Outcome.QUEUED));
    account.deliver(1);
    for (int i = 0; i < 6; i++) {
      account.trying(Mailbox::sync);
    }

    account.using(
        mailbox -> {
          assertThat(mailbox.sync().problems()).isEmpty();
          assertThat(Account.message(mailbox, "message 4").folder()).isEqualTo(FolderPath.INBOX);
          assertThat(mailbox.status().queuedActions()).isZero();
          assertThat(mailbox.failedActions())
              .singleElement()
              .satisfies(f -> assertThat(f.serverText()).contains("the session ended"));
        });
    assertThat(account.imap().count(work.command)).isLessThan(7);
  }

  /** The server cannot be found out about what it did, and each time the session ends at that. */
  @Test
  void lookUpAtWhichTheSessionEndsHoldsNothingUp() {
    account.imap().on("UID MOVE").once().closeAfter(0);
    account.using(mailbox -> Work.MOVE.perform(mailbox));
    account.imap().heal();
    account.imap().on("UID FETCH").where(c -> c.text().contains("RFC822.SIZE BODY")).close();
    account.deliver(1);
    for (int i = 0; i < 6; i++) {
      account.trying(Mailbox::sync);
    }

    account.using(
        mailbox -> {
          mailbox.sync();
          assertThat(Account.message(mailbox, "message 4").folder()).isEqualTo(FolderPath.INBOX);
          assertThat(mailbox.status().queuedActions()).isZero();
        });
    account.verified();
    account.imap().heal();
    account.endsInStep();
    assertThat(account.held().get("Archive")).hasSize(1);
  }

  /** What a server says at the login says nothing of an action. */
  @Test
  void outageAtTheLoginIsNoDoubtOfAnAction() {
    account.imap().on("APPEND").once().closeAfter(0);
    account.using(mailbox -> assertThat(append(mailbox)).isEqualTo(Outcome.QUEUED));
    account.imap().heal();
    account.imap().on("AUTHENTICATE").no("[UNAVAILABLE] in a moment");
    for (int i = 0; i < 25; i++) {
      account.trying(mailbox -> mailbox.flush(SOON));
    }

    endsInStep();

    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.imap().count("APPEND")).isOne();
  }

  /** Nor does what the server says of its folders. */
  @Test
  void breakAtTheListOfFoldersIsNoDoubtOfAnAction() {
    offline(mailbox -> Work.MARK.perform(mailbox));
    account.imap().on("LIST").close();
    for (int i = 0; i < 8; i++) {
      account.trying(mailbox -> mailbox.flush(SOON));
    }
    account.verified();

    endsInStep();

    assertThat(account.inbox().message(2).flags()).contains("\\Seen");
  }

  @Test
  void messagesThatWereMovedOutOfAFolderBeforeItWasDeletedAreMoved() {
    offline(
        mailbox -> {
          mailbox.folder(WORK).orElseThrow().search(Query.all()).moveTo(ARCHIVE);
          mailbox.folder(WORK).orElseThrow().delete();
        });

    endsInStep();

    assertThat(account.alice().folders()).doesNotContain("Work");
    assertThat(account.held().get("Archive")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "UIDPLUS", "MOVE", "MOVE,UIDPLUS"})
  void messagesThatWereActedOnBeforeTheirFolderWasRenamed(String missing) {
    if (!missing.equals("NONE")) {
      account.imap().without(missing.split(","));
    }
    offline(
        mailbox -> {
          Message report = Account.message(mailbox, "a report");
          report.mark(Flag.FLAGGED);
          report.copyTo(ARCHIVE);
          Account.message(mailbox, "message 1").moveTo(WORK);
          mailbox.folder(WORK).orElseThrow().rename(FolderPath.of("Play"));
          mailbox.folder(ARCHIVE).orElseThrow().rename(FolderPath.of("Old"));
        });

    endsInStep();

    assertThat(account.alice().folders()).contains("Play", "Old").doesNotContain("Work");
    assertThat(account.held().get("Old")).hasSize(1);
    assertThat(account.held().get("Play")).hasSize(2);
  }

  @Test
  void renameThatIsRefusedAfterAMoveIsUndone() {
    offline(
        mailbox -> {
          Account.message(mailbox, "message 1").moveTo(ARCHIVE);
          append(mailbox);
          mailbox.folder(ARCHIVE).orElseThrow().rename(FolderPath.of("Old"));
        });
    account.imap().on("RENAME").no("[NOPERM] not this one");

    account.using(
        mailbox -> {
          mailbox.sync();
          assertThat(mailbox.failedActions()).hasSize(1);
          assertThat(mailbox.folder(ARCHIVE)).isPresent();
          assertThat(mailbox.folder(FolderPath.of("Old"))).isEmpty();
          assertThat(mailbox.folders()).hasSize(3);
        });

    account.verified();
    account.imap().heal();
    account.endsInStep();
    assertThat(account.held().get("Archive")).hasSize(2);
  }

  @Test
  void answerThatIsLostBeforeARenameIsFoundOut() {
    account.imap().on("UID MOVE").once().closeAfter(0);
    account.using(
        mailbox -> {
          assertThat(Account.message(mailbox, "a report").moveTo(ARCHIVE))
              .isEqualTo(Outcome.QUEUED);
          account.imap().on("CONNECT").close();
          mailbox.folder(WORK).orElseThrow().rename(FolderPath.of("Play"));
        });

    endsInStep();

    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.imap().count("UID MOVE")).isOne();
  }

  /** One may put messages into a folder that one may not look into. */
  @Test
  void folderThatMayOnlyBeFilledIsFilled() {
    account.createFolder("Trash").attributes("\\Trash");
    account.using(
        mailbox -> {
          mailbox.sync();
          account.imap().on("STATUS").no("[NOPERM] not for you");
          assertThat(Account.message(mailbox, "message 1").trash()).isEqualTo(Outcome.ON_SERVER);
        });

    account.verified();
    assertThat(account.held().get("Trash")).hasSize(1);
  }

  /** What is marked as deleted elsewhere is shown, and is what was sent all the same. */
  @ParameterizedTest
  @EnumSource(names = {"MOVE"})
  void messageThatIsMarkedIsFoundAgain(Work work) {
    account.inbox().flag(2, "\\Deleted");
    account.sync();
    account.imap().on(work.command).once().closeAfter(0);
    account.using(mailbox -> assertThat(work.perform(mailbox)).isEqualTo(Outcome.QUEUED));

    endsInStep();

    assertThat(account.folder("Archive").uids()).hasSize(1);
    assertThat(account.imap().count(work.command)).isOne();
  }

  @Test
  void folderOfWhichTheNumbersCannotBeAskedForHoldsNothingUp() {
    account.createFolder("Trash").attributes("\\Trash");
    account.sync();
    account.imap().on("STATUS").close();
    account.using(
        mailbox ->
            assertThat(Account.message(mailbox, "message 1").trash()).isEqualTo(Outcome.QUEUED));
    account.deliver(1);
    for (int i = 0; i < 6; i++) {
      account.trying(Mailbox::sync);
    }

    account.using(
        mailbox -> {
          assertThat(mailbox.sync().problems()).isEmpty();
          assertThat(Account.message(mailbox, "message 4").folder()).isEqualTo(FolderPath.INBOX);
          assertThat(Account.message(mailbox, "message 1").folder()).isEqualTo(FolderPath.INBOX);
          assertThat(mailbox.failedActions()).hasSize(1);
        });
    account.verified();
  }

  /** Accounts are locked by attempts. */
  @Test
  void refusedLoginEndsASyncAlsoBehindADoubtfulAction() {
    account.imap().on("UID STORE").close();
    account.using(mailbox -> Work.MARK.perform(mailbox));
    for (int i = 0; i < 2; i++) {
      account.trying(Mailbox::sync);
    }
    account.imap().heal();
    account.password("another secret");
    int before = account.imap().count("AUTHENTICATE");

    account.trying(Mailbox::sync);

    assertThat(account.imap().count("AUTHENTICATE")).isEqualTo(before + 1);
  }

  /** The server puts off what is asked of one folder, for good. */
  @Test
  void folderThatIsNeverReadyHoldsUpNoOther() {
    account.imap().on("SELECT").where(c -> c.text().contains("Work")).no("[UNAVAILABLE] later");
    account.using(
        mailbox -> {
          assertThat(Account.message(mailbox, "a report").mark(Flag.SEEN))
              .isEqualTo(Outcome.QUEUED);
          assertThat(Account.message(mailbox, "a report").moveTo(ARCHIVE))
              .isEqualTo(Outcome.QUEUED);
          assertThat(Account.message(mailbox, "message 1").mark(Flag.SEEN))
              .isEqualTo(Outcome.ON_SERVER);
          assertThat(mailbox.sync().problems()).isEmpty();
          assertThat(mailbox.status().queuedActions()).isEqualTo(2);
        });
    account.verified();
    assertThat(account.inbox().message(1).flags()).contains("\\Seen");

    endsInStep();

    assertThat(account.held().get("Archive")).singleElement().asString().contains("\\Seen");
  }

  /** The server learns that only when it has been promised the message. */
  @Test
  void appendOfWhatTheStoreHasLostIsRefused() throws SQLException {
    offline(
        mailbox -> {
          append(mailbox);
          Work.MARK.perform(mailbox);
        });
    String store = "jdbc:sqlite:" + directory.resolve("mailbox.db");
    try (Connection connection = DriverManager.getConnection(store);
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM chunk WHERE id = (SELECT max(id) FROM chunk)");
    }

    account.using(
        mailbox -> {
          mailbox.sync();
          assertThat(mailbox.status().queuedActions()).isZero();
          assertThat(mailbox.failedActions())
              .singleElement()
              .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.MESSAGE_GONE));
        });

    assertThat(account.inbox().message(2).flags()).contains("\\Seen");
    assertThat(account.held().get("Archive")).isEmpty();
  }

  /** The trash is not kept in step, and is asked for its numbers once. */
  @Test
  void trashIsAskedForItsNumbersOnce() {
    account.createFolder("Trash").attributes("\\Trash");
    account.using(
        mailbox -> {
          mailbox.sync();
          for (int i = 1; i <= 3; i++) {
            Account.message(mailbox, "message " + i).trash();
          }
        });

    assertThat(account.imap().count("STATUS")).isOne();
    assertThat(account.held().get("Trash")).hasSize(3);
  }
}
