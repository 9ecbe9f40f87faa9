// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Outcome;
import dev.mailbox.search.Query;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.ImapOverride;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has been done on the server is never done again, however little of it was told. */
class UntoldResultTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  @TempDir Path directory;
  private Account account;

  /** Actions that must not be done twice. */
  enum Work {
    APPEND("APPEND"),
    COPY("UID COPY"),
    MOVE("UID MOVE"),
    MOVE_BY_COPY("UID COPY");

    private final String command;

    Work(String command) {
      this.command = command;
    }

    void perform(Mailbox mailbox) {
      switch (this) {
        case APPEND -> append(mailbox);
        case COPY -> Account.message(mailbox, "message 2").copyTo(ARCHIVE);
        case MOVE, MOVE_BY_COPY -> Account.message(mailbox, "message 2").moveTo(ARCHIVE);
      }
    }

    private static void append(Mailbox mailbox) {
      mailbox
          .folder(ARCHIVE)
          .orElseThrow()
          .append(
              new ByteArrayInputStream(Account.raw("appended", "text\r\n")),
              Instant.parse("2026-01-05T10:00:00Z"),
              Set.of());
    }
  }

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.deliver(3);
    account.sync();
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private void endsWithOneOfEach(Work work) {
    account.imap().heal();
    account.endsInStep();
    boolean moved = work == Work.MOVE || work == Work.MOVE_BY_COPY;
    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.held().get("INBOX")).hasSize(moved ? 2 : 3);
    account.using(mailbox -> assertThat(mailbox.failedActions()).isEmpty());
  }

  private void without(Work work) {
    if (work == Work.MOVE_BY_COPY) {
      account.imap().without("MOVE");
    }
  }

  private static void trying(Runnable work) {
    try {
      work.run();
    } catch (MailboxException e) {
      // What could not be found out now is found out later.
    }
  }

  /** A server that does not tell new UIDs, and cannot be asked for them either. */
  @ParameterizedTest
  @ValueSource(strings = {"[UNAVAILABLE] in a moment", "[NOPERM] not you", "never"})
  void whatCannotBeAskedForAfterwardsIsDone(String refusal) {
    for (Work work : Set.of(Work.APPEND, Work.COPY)) {
      try (Account other = new Account(directory.resolve(work + "other"))) {
        other.imap().without("UIDPLUS");
        other.createFolder("Archive");
        other.deliver(3);
        other.sync();
        other
            .imap()
            .on(work.command)
            .once()
            .run(() -> other.imap().on("EXAMINE").once().no(refusal));
        other.using(
            mailbox -> {
              work.perform(mailbox);
              assertThat(mailbox.status().queuedActions()).as("%s", work).isZero();
            });

        other.imap().heal();
        other.endsInStep();

        assertThat(other.held().get("Archive")).as("%s", work).hasSize(1);
        assertThat(other.imap().count(work.command)).as("%s", work).isOne();
      }
    }
  }

  private ImapOverride theLookUp() {
    return account.imap().on("UID FETCH").where(c -> c.text().contains("(UID RFC822.SIZE FLAGS)"));
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void refusedLookUpIsNoProofThatItWasNotDone(Work work) {
    without(work);
    account.imap().on(work.command).once().closeAfter(0);
    account.using(work::perform);
    account.verified();
    account.imap().heal();
    theLookUp().once().no("[SERVERBUG] a message cannot be read");

    account.using(mailbox -> trying(() -> mailbox.flush(Duration.ofSeconds(20))));

    account.verified();
    endsWithOneOfEach(work);
    assertThat(account.imap().count(work.command)).isOne();
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void lookUpThatIsAlwaysRefusedHoldsNothingUpForever(Work work) {
    without(work);
    account.imap().on(work.command).once().closeAfter(0);
    account.using(work::perform);
    account.verified();
    account.imap().heal();
    theLookUp().no("[NOPERM] not you");

    account.using(
        mailbox -> {
          for (int i = 0; i < 5; i++) {
            trying(() -> mailbox.flush(Duration.ofSeconds(20)));
          }
          assertThat(mailbox.status().queuedActions()).isZero();
          assertThat(mailbox.failedActions())
              .allMatch(failed -> failed.serverText().contains("nobody can tell"))
              .isNotEmpty();
        });

    account.verified();
    assertThat(account.imap().count(work.command)).isOne();
  }

  /** Whatever reason the server gives for its end, what was sent may have been done. */
  @ParameterizedTest
  @EnumSource(Work.class)
  void endForTheSakeOfTheLoginIsALostAnswer(Work work) {
    without(work);
    account.imap().on(work.command).once().obeyButReply("* BYE [EXPIRED] log in again");

    account.using(work::perform);

    account.verified();
    endsWithOneOfEach(work);
    assertThat(account.imap().count(work.command)).isOne();
  }

  /** Has two sessions made, both of which are free then. */
  private void twoSessions(Mailbox mailbox) {
    int before = account.imap().connections();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("BODY.PEEK[]"))
        .once()
        .run(() -> holdAt(reached, goOn));
    CompletableFuture<String> one =
        CompletableFuture.supplyAsync(() -> Account.message(mailbox, "message 4").content().text());
    await(reached);
    assertThat(Account.message(mailbox, "message 5").content().text()).contains("message 5");
    goOn.countDown();
    assertThat(one.join()).contains("message 4");
    assertThat(account.imap().connections()).isEqualTo(before + 1);
  }

  private static void holdAt(CountDownLatch reached, CountDownLatch goOn) {
    reached.countDown();
    await(goOn);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A sync is under way in one session when the answer is lost in another. */
  @ParameterizedTest
  @EnumSource(Work.class)
  void whatASyncHasListedMeanwhileIsFoundAllTheSame(Work work) {
    without(work);
    account.onlyHeaders();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    account.deliver(2);
    account.using(
        mailbox -> {
          mailbox.sync();
          twoSessions(mailbox);
          account.imap().on("EXAMINE").once().run(() -> holdAt(reached, goOn));
          account.imap().on(work.command).once().closeAfter(0);
          CompletableFuture<SyncReport> sync = CompletableFuture.supplyAsync(mailbox::sync);
          await(reached);

          work.perform(mailbox);

          assertThat(mailbox.status().queuedActions()).isOne();
          goOn.countDown();
          assertThat(sync.join().problems()).isEmpty();
          account.verified();
          assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
        });

    account.imap().heal();
    account.endsInStep();
    assertThat(account.imap().count(work.command)).isOne();
    assertThat(account.held().get("Archive")).hasSize(1);
    account.using(mailbox -> assertThat(mailbox.failedActions()).isEmpty());
  }

  /** The same message was there before, and is not what was sent. */
  @ParameterizedTest
  @EnumSource(Work.class)
  void whatWasThereBeforeIsNotTakenForIt(Work work) {
    without(work);
    String subject = work == Work.APPEND ? "appended" : "message 2";
    String text = work == Work.APPEND ? "text\r\n" : "text of message 2\r\n";
    account.folder("Archive").deliver(Account.raw(subject, text));
    account.sync();
    account.imap().on(work.command).once().close();
    account.using(
        mailbox -> {
          if (work == Work.APPEND) {
            work.perform(mailbox);
          } else {
            var message =
                mailbox.inbox().search(Query.all().localOnly()).stream()
                    .filter(m -> m.envelope().subject().equals(subject))
                    .findFirst()
                    .orElseThrow();
            Outcome outcome = work == Work.COPY ? message.copyTo(ARCHIVE) : message.moveTo(ARCHIVE);
            assertThat(outcome).isEqualTo(Outcome.QUEUED);
          }
        });

    account.endsInStep();

    assertThat(account.held().get("Archive")).hasSize(2);
  }
}
