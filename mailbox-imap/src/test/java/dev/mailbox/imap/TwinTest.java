// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.search.Query;
import dev.mailbox.sync.SyncScope;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are alike, of which one is not the other. */
class TwinTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");
  private static final FolderPath TRASH = FolderPath.of("Trash");
  private static final byte[] TWIN = Account.raw("twin", "text of twin\r\n");

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.createFolder("Trash").attributes("\\Trash");
  }

  @AfterEach
  void stop() {
    account.close();
  }

  /** Actions that put a message into a folder. */
  enum Work {
    APPEND("APPEND"),
    COPY("UID COPY"),
    MOVE("UID MOVE"),
    MOVE_BY_COPY("UID COPY");

    private final String command;

    Work(String command) {
      this.command = command;
    }

    boolean moves() {
      return this == MOVE || this == MOVE_BY_COPY;
    }

    void perform(Mailbox mailbox, FolderPath target) {
      switch (this) {
        case APPEND ->
            mailbox
                .folder(target)
                .orElseThrow()
                .append(new ByteArrayInputStream(TWIN), Instant.now(), Set.of());
        case COPY -> inbox(mailbox).copyTo(target);
        case MOVE, MOVE_BY_COPY -> inbox(mailbox).moveTo(target);
      }
    }

    private static Message inbox(Mailbox mailbox) {
      return mailbox.inbox().search(Query.subject("twin").localOnly()).iterator().next();
    }
  }

  private void lostAndFlushed(Work work, FolderPath target) {
    account.imap().on(work.command).once().close();
    account.using(mailbox -> work.perform(mailbox, target));
    account.verified();
    account.imap().heal();
    account.using(mailbox -> assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue());
    account.using(mailbox -> assertThat(mailbox.failedActions()).isEmpty());
  }

  private long held(String folder) {
    return account.folder(folder).messages().stream()
        .filter(m -> !m.flags().contains("\\Deleted"))
        .count();
  }

  private void without(Work work) {
    if (work == Work.MOVE_BY_COPY) {
      account.imap().without("MOVE");
    }
  }

  /** It was removed there, and only its mark says so. */
  @ParameterizedTest
  @EnumSource
  void whatIsMarkedAsDeletedIsNotWhatWasSent(Work work) {
    account.imap().without("UIDPLUS");
    without(work);
    account.inbox().deliver(TWIN);
    long marked = account.folder("Archive").deliver(TWIN);
    account.folder("Archive").flag(marked, "\\Deleted");
    account.sync();

    lostAndFlushed(work, ARCHIVE);

    assertThat(held("Archive")).isOne();
    assertThat(held("INBOX")).isEqualTo(work.moves() ? 0 : 1);
    account.endsInStep();
  }

  /** The trash is not kept in step, so the copy does not know what is in it. */
  @ParameterizedTest
  @EnumSource
  void whatWasInAFolderThatIsNotKnownIsNotWhatWasSent(Work work) {
    without(work);
    account.inbox().deliver(TWIN);
    account.folder("Trash").deliver(TWIN);
    account.sync();

    lostAndFlushed(work, TRASH);

    assertThat(held("Trash")).isEqualTo(2);
    assertThat(held("INBOX")).isEqualTo(work.moves() ? 0 : 1);
  }

  /** Out of scope is not known either. */
  @ParameterizedTest
  @EnumSource
  void whatAScopeLeavesOutIsNotWhatWasSent(Work work) {
    without(work);
    account.with(config -> config.scope(SyncScope.everything().newest(1)));
    account.inbox().deliver(TWIN);
    account.folder("Archive").deliver(TWIN);
    account.deliver("Archive", "newer");
    account.sync();

    lostAndFlushed(work, ARCHIVE);

    assertThat(held("Archive")).isEqualTo(3);
    assertThat(held("INBOX")).isEqualTo(work.moves() ? 0 : 1);
  }

  /** Nor what was there before, when the target has been numbered anew since. */
  @ParameterizedTest
  @EnumSource
  void whatWasThereUnderOtherNumbersIsNotWhatWasSent(Work work) {
    without(work);
    account.inbox().deliver(TWIN);
    account.folder("Archive").deliver(TWIN);
    account.sync();
    account.imap().on(work.command).once().close();
    account.using(mailbox -> work.perform(mailbox, ARCHIVE));
    account.imap().heal();
    account.folder("Archive").renumber();

    account.using(mailbox -> assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue());

    assertThat(held("Archive")).isEqualTo(2);
    assertThat(held("INBOX")).isEqualTo(work.moves() ? 0 : 1);
    account.endsInStep();
  }

  /** Where that cannot be told, nothing is done twice and nothing is lost. */
  @Test
  void whatCannotBeToldIsGivenUp() {
    account.inbox().deliver(TWIN);
    account.folder("Trash").deliver(TWIN);
    account.sync();
    account.imap().on("UID MOVE").once().close();
    account.using(mailbox -> Work.MOVE.perform(mailbox, TRASH));
    account.imap().heal();
    account.folder("Trash").renumber();

    account.using(
        mailbox -> {
          for (int i = 0; i < 5; i++) {
            account.trying(m -> m.flush(Duration.ofSeconds(20)), mailbox);
          }
          assertThat(mailbox.failedActions())
              .singleElement()
              .satisfies(failed -> assertThat(failed.serverText()).contains("nobody can tell"));
          assertThat(mailbox.status().queuedActions()).isZero();
        });

    assertThat(held("INBOX")).isOne();
    assertThat(held("Trash")).isOne();
    account.using(mailbox -> assertThat(Account.messages(mailbox.inbox())).hasSize(1));
  }

  /** The server has moved one of the two. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void oneOfTwoThatWasMovedIsNotTheOther(int which) {
    account.inbox().deliver(TWIN);
    account.inbox().deliver(TWIN);
    account.sync();
    long moved = account.inbox().uids().get(which);
    account.imap().on("UID MOVE").once().close();
    account
        .imap()
        .on("UID MOVE")
        .once()
        .run(
            () -> {
              account.folder("Archive").deliver(TWIN);
              account.inbox().expunge(moved);
            });

    account.using(
        mailbox ->
            assertThat(mailbox.inbox().search(Query.all().localOnly()).moveTo(ARCHIVE))
                .isEqualTo(Outcome.QUEUED));
    account.endsInStep();

    account.using(mailbox -> assertThat(mailbox.failedActions()).isEmpty());
    assertThat(held("Archive")).isEqualTo(2);
    assertThat(held("INBOX")).isZero();
  }

  /** The deletion was done, its answer lost, and then all was numbered anew. */
  @Test
  void deletionThatWasDoneDoesNotTakeTheOtherOne() {
    account.inbox().deliver(TWIN);
    account.inbox().deliver(TWIN);
    account.sync();
    account.imap().on("UID EXPUNGE").once().closeAfter(0);
    account.using(
        mailbox ->
            assertThat(Account.messages(mailbox.inbox()).get(0).delete())
                .isEqualTo(Outcome.QUEUED));
    account.imap().heal();
    account.inbox().renumber();

    account.using(mailbox -> assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue());

    assertThat(held("INBOX")).isOne();
    account.endsInStep();
    account.using(mailbox -> assertThat(mailbox.failedActions()).isEmpty());
  }

  /** What is still to be done of an action that was begun is refused by itself. */
  @Test
  void partThatWasCopiedStaysCopied() {
    account.deliver(2);
    account.sync();
    account.imap().on("UID COPY").once().close();
    account.imap().on("UID COPY").once().run(() -> account.deliver("Archive", "message 1"));
    account.using(mailbox -> mailbox.inbox().search(Query.all().localOnly()).copyTo(ARCHIVE));
    account.imap().heal();
    account.imap().on("SELECT").no("[NOPERM] not to be changed");

    account.using(
        mailbox -> {
          assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
          assertThat(mailbox.failedActions()).hasSize(1);
          assertThat(Account.messages(account.folder(mailbox, "Archive")))
              .singleElement()
              .satisfies(m -> assertThat(m.envelope().subject()).isEqualTo("message 1"));
        });
    account.imap().heal();
    account.endsInStep();
  }

  /** An old message that is moved into a folder while a scope leaves its like out of that. */
  @Test
  void whatAnActionHasNotedIsNotLeftOut() {
    Instant old = Instant.parse("2020-01-05T10:00:00Z");
    account.inbox().deliver(TWIN, old);
    account.deliver("Archive", "recent");
    account.sync();
    account.with(
        config ->
            config.scope(SyncScope.everything().since(Instant.parse("2024-01-01T00:00:00Z"))));
    var moved = new CountDownLatch(1);
    account.using(
        mailbox -> {
          Message message = Account.message(mailbox, "twin");
          var moving = new CompletableFuture<Outcome>();
          account
              .imap()
              .on("EXAMINE")
              .where(c -> c.text().contains("Archive"))
              .once()
              .run(
                  () -> {
                    moving.completeAsync(() -> message.moveTo(ARCHIVE));
                    account.imap().awaitCommand("UID MOVE", Duration.ofSeconds(20));
                    moved.countDown();
                  });
          account.folder(mailbox, "Archive").sync();
          assertThat(moving.join()).isEqualTo(Outcome.ON_SERVER);
          assertThat(Account.message(mailbox, "twin").folder()).isEqualTo(ARCHIVE);
        });
    assertThat(moved.getCount()).isZero();
    account.folder("Archive").flag(2, "\\Flagged");
    account.sync();
    account.using(
        mailbox -> assertThat(Account.message(mailbox, "twin").has(Flag.FLAGGED)).isTrue());
    account.folder("Archive").expunge(2);
    account.sync();
    account.using(
        mailbox ->
            assertThat(Account.messages(account.folder(mailbox, "Archive")))
                .singleElement()
                .satisfies(m -> assertThat(m.envelope().subject()).isEqualTo("recent")));
  }

  /** An OK that does nothing. */
  @ParameterizedTest
  @EnumSource(names = {"COPY", "MOVE", "MOVE_BY_COPY"})
  void okAloneIsNotBelieved(Work work) {
    for (String missing : List.of("NONE", "UIDPLUS")) {
      try (Account other = new Account(directory.resolve(work + missing))) {
        if (!missing.equals("NONE")) {
          other.imap().without(missing);
        }
        other.createFolder("Archive");
        if (work == Work.MOVE_BY_COPY) {
          other.imap().without("MOVE");
        }
        other.inbox().deliver(TWIN);
        other.sync();
        other.imap().on(work.command).once().reply();

        other.using(
            mailbox ->
                assertThatThrownBy(() -> work.perform(mailbox, ARCHIVE))
                    .as(missing)
                    .isInstanceOfSatisfying(
                        RejectedException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED_BY_SERVER)));

        other.verified();
        other.imap().heal();
        other.endsInStep();
        assertThat(other.held().get("INBOX")).hasSize(1);
        assertThat(other.held().get("Archive")).isEmpty();
      }
    }
  }

  /** What the trash of a server cannot do is known before anything is copied. */
  @Test
  void moveByCopyIsNotBegunWhereTheOriginalCannotGo() {
    account.imap().without("MOVE");
    account.inbox().deliver(TWIN);
    account.sync();
    account
        .imap()
        .on("SELECT")
        .rewrite(OddServerTest.replacing("(PERMANENTFLAGS \\([^)]*)\\\\Deleted ?", "$1"));

    account.using(
        mailbox ->
            assertThatThrownBy(() -> Work.MOVE.perform(mailbox, ARCHIVE))
                .isInstanceOf(RejectedException.class));

    assertThat(account.imap().count("UID COPY")).isZero();
  }

  @Test
  void moveByCopyWhoseOriginalStaysSaysSo() {
    account.imap().without("MOVE");
    account.inbox().deliver(TWIN);
    account.sync();
    account.imap().on("UID EXPUNGE").no("[NOPERM] you may not expunge here");

    account.using(
        mailbox ->
            assertThatThrownBy(() -> Work.MOVE.perform(mailbox, ARCHIVE))
                .isInstanceOf(RejectedException.class)
                .hasMessageContaining("it was copied, and the original stays"));
  }

  /** Some servers tell of each message by itself. */
  @Test
  void movedMessagesAreToldOneByOne() {
    account.deliver(150);
    account.sync();
    tellOneByOne(150);

    account.using(
        mailbox ->
            assertThat(mailbox.inbox().search(Query.all().localOnly()).moveTo(ARCHIVE))
                .isEqualTo(Outcome.ON_SERVER));

    account.verified();
    account.imap().heal();
    account.endsInStep();
    assertThat(held("Archive")).isEqualTo(150);
  }

  /** What the server did not tell is looked for. */
  @Test
  void movedMessagesOfWhichSomeAreToldAreAllFound() {
    account.deliver(150);
    account.sync();
    tellOneByOne(100);

    account.using(
        mailbox ->
            assertThat(mailbox.inbox().search(Query.all().localOnly()).moveTo(ARCHIVE))
                .isEqualTo(Outcome.ON_SERVER));

    account.verified();
    account.imap().heal();
    account.endsInStep();
    assertThat(held("Archive")).isEqualTo(150);
  }

  private void tellOneByOne(int count) {
    long validity = account.folder("Archive").uidValidity();
    StringBuilder codes = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      codes.append("* OK [COPYUID " + validity + " " + i + " " + i + "] moved\r\n");
    }
    account
        .imap()
        .on("UID MOVE")
        .rewrite(OddServerTest.replacing("\\* OK \\[COPYUID [^\\r]*\\r\\n", codes.toString()));
  }

  /** Each command moves one message, and says nothing of it. */
  @Test
  void moveThatIsDoneInSmallPartsIsNotRepeatedWithoutEnd() {
    account.deliver(300);
    account.onlyHeaders();
    account.sync();
    account
        .imap()
        .on("UID MOVE")
        .run(
            () -> {
              long uid = account.inbox().uids().get(0);
              byte[] raw = account.inbox().message(uid).raw();
              account.folder("Archive").deliver(raw);
              account.inbox().expunge(uid);
            });
    account.imap().on("UID MOVE").reply();

    account.using(
        mailbox ->
            assertThatThrownBy(
                    () -> mailbox.inbox().search(Query.all().localOnly()).moveTo(ARCHIVE))
                .isInstanceOf(MailboxException.class));

    assertThat(account.imap().count("UID MOVE")).isLessThan(10);
    account.imap().heal();
    account.endsInStep();
    assertThat(held("INBOX") + held("Archive")).isEqualTo(300);
  }

  @Test
  void newUidThatCannotBeIsNone() {
    account.sync();
    account
        .imap()
        .on("APPEND")
        .rewrite(OddServerTest.replacing("APPENDUID (\\d+) \\d+", "APPENDUID $1 4294967296"));
    account.using(mailbox -> Work.APPEND.perform(mailbox, ARCHIVE));
    account.verified();
    account.imap().heal();

    account.endsInStep();

    assertThat(held("Archive")).isOne();
  }
}
