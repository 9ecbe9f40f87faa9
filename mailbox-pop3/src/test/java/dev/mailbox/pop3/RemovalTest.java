// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.spi.EntryState;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.Pop3Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RemovalTest {
  @Test
  void nothingIsDeletedBeforeItIsDurable() throws Exception {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.replica().hold();
      CompletableFuture<SyncReport> sync = CompletableFuture.supplyAsync(drop::sync);
      drop.pop3().awaitCommand("RETR 3", Duration.ofSeconds(10));
      while (drop.replica().commits() == 0) {
        Thread.onSpinWait();
      }

      assertThat(drop.pop3().count("DELE")).isZero();
      assertThat(drop.pop3().count("QUIT")).isZero();
      assertThat(sync).isNotDone();

      drop.replica().release();

      assertThat(sync.get(10, TimeUnit.SECONDS).deleted()).isEqualTo(3);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void deletionsFollowEachCommitInOneSession() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(4000);

      SyncReport report = drop.sync();

      List<String> commands = drop.pop3().commands();
      assertThat(report.deleted()).isEqualTo(4000);
      assertThat(commands.indexOf("DELE 1")).isLessThan(commands.indexOf("RETR 4000"));
      assertThat(drop.replica().commits()).isGreaterThan(2);
      assertThat(drop.pop3().connections()).isEqualTo(1);
      assertThat(drop.pop3().count("QUIT")).isEqualTo(1);
    }
  }

  @Test
  void storeFailureDeletesNothing() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(5);
      drop.replica().failAtWrite(3);

      StoreException e = drop.failing(StoreException.class);

      assertThat(e.reason()).isEqualTo(Reason.DISK_FULL);
      assertThat(drop.pop3().count("DELE")).isZero();
      assertThat(drop.pop3().count("QUIT")).isZero();
      assertThat(drop.inbox().messages()).hasSize(5);

      drop.replica().heal();
      drop.sync();

      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void quitAnsweredWithAnErrorIsNoSuccess() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.pop3().on("QUIT").reply("-ERR some deleted messages not removed");

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isZero();
      assertThat(report.unconfirmed()).isEqualTo(3);
      assertThat(report.downloaded()).isEqualTo(3);
      assertThat(report.notes()).anyMatch(note -> note.contains("some deleted messages"));
      assertThat(drop.replica().entries().values())
          .allMatch(entry -> entry.state() == EntryState.UNCONFIRMED);
      settles(drop);
    }
  }

  @Test
  void quitWithoutAnAnswerIsUnconfirmed() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.pop3().on("QUIT").close();

      SyncReport report = drop.sync();

      assertThat(report.unconfirmed()).isEqualTo(3);
      assertThat(report.notes()).anyMatch(note -> note.contains("QUIT was not answered"));
      settles(drop);
    }
  }

  @Test
  void unconfirmedRemovalIsNotRepeatedUntilItWasHandled() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(2);
      drop.pop3().on("QUIT").once().close();
      drop.sync();

      SyncReport report = drop.sync(new TestTask().removal(Removal.afterHandled()));

      assertThat(report.deleted()).isZero();
      assertThat(report.kept()).isEqualTo(2);
      assertThat(drop.inbox().messages()).hasSize(2);
      String handled = drop.replica().entries().keySet().iterator().next();
      drop.replica().handle(handled);

      SyncReport next = drop.sync(new TestTask().removal(Removal.afterHandled()));

      assertThat(next.deleted()).isEqualTo(1);
      assertThat(drop.replica().state(handled)).isEqualTo(EntryState.REMOVED);
      assertThat(drop.inbox().messages()).hasSize(1);
    }
  }

  @Test
  void silenceAfterQuitIsUnconfirmed() {
    try (Maildrop drop = new Maildrop().withTimeout(Duration.ofMillis(300))) {
      drop.deliver(3);
      drop.pop3().on("QUIT").stall();

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isZero();
      assertThat(report.unconfirmed()).isEqualTo(3);
      settles(drop);
    }
  }

  /** The next sync deletes what is still there, without downloading it again. */
  private static void settles(Maildrop drop) {
    drop.pop3().heal();
    assertThat(drop.inbox().messages()).hasSize(3);

    SyncReport report = drop.sync();

    assertThat(report.downloaded()).isZero();
    assertThat(report.deleted()).isEqualTo(3);
    assertThat(drop.inbox().messages()).isEmpty();
    assertThat(drop.replica().raws()).hasSize(3);
    assertThat(drop.pop3().count("RETR")).isEqualTo(3);
  }

  @Test
  void quitThatWasObeyedButNotAnsweredIsSettledByTheListing() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.pop3().on("QUIT").once().closeAfter(0);
      SyncReport first = drop.sync();
      assertThat(first.unconfirmed()).isEqualTo(3);
      assertThat(drop.inbox().messages()).isEmpty();

      SyncReport second = drop.sync();

      assertThat(second.deleted()).isZero();
      assertThat(second.unconfirmed()).isZero();
      assertThat(drop.replica().entries()).isEmpty();
      assertThat(drop.replica().raws()).hasSize(3);
    }
  }

  @Test
  void refusedDeletionIsAProblemAndTriedAgain() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.pop3().on("DELE 2").once().reply("-ERR locked");

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isEqualTo(2);
      assertThat(report.kept()).isEqualTo(1);
      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0).description()).contains("locked");
      assertThat(drop.inbox().uidls()).containsExactly("uidl-2");
      assertThat(drop.sync().deleted()).isEqualTo(1);
      assertThat(drop.inbox().messages()).isEmpty();
      assertThat(drop.replica().raws()).hasSize(3);
    }
  }

  @Test
  void connectionLostAmongDeletionsLosesNothing() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(4);
      drop.pop3().on("DELE 3").once().reset();

      ConnectionException e = drop.broken();

      assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
      assertThat(drop.inbox().messages()).hasSize(4);
      assertThat(drop.replica().raws()).isEqualTo(sent);

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isEqualTo(4);
      assertThat(report.downloaded()).isZero();
      assertThat(drop.replica().raws()).isEqualTo(sent);
    }
  }

  @Test
  void neverDeletesNothing() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.kept()).isEqualTo(3);
      assertThat(drop.pop3().count("DELE")).isZero();
      assertThat(drop.inbox().messages()).hasSize(3);
    }
  }

  @Test
  void ageDecidesWhenAMessageGoes() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message old = drop.deliver("old");
      drop.deliver("young");
      Removal week = Removal.after(Duration.ofDays(7));
      drop.sync(new TestTask().removal(week));
      assertThat(drop.inbox().messages()).hasSize(2);
      Instant eightDaysAgo = Instant.now().minus(Duration.ofDays(8));
      drop.replica().force(Maildrop.key(old), EntryState.DURABLE, eightDaysAgo);

      SyncReport report = drop.sync(new TestTask().removal(week));

      assertThat(report.deleted()).isEqualTo(1);
      assertThat(report.kept()).isEqualTo(1);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-2");
    }
  }

  @Test
  void ageOfNothingDeletesAtOnce() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(2);

      drop.sync(new TestTask().removal(Removal.after(Duration.ZERO)));

      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void deletionOnRequestReachesTheServerUnderNever() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      Pop3Message unwanted = drop.deliver("unwanted");
      drop.deliver("wanted");
      drop.sync(TestTask.keeping());
      drop.replica().delete(Maildrop.key(unwanted));

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.deleted()).isEqualTo(1);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-2");
      assertThat(drop.pop3().count("RETR")).isEqualTo(2);
    }
  }

  @Test
  void deletionOnRequestStaysRequestedUntilItIsConfirmed() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      Pop3Message unwanted = drop.deliver("unwanted");
      drop.sync(TestTask.keeping());
      drop.replica().delete(Maildrop.key(unwanted));
      drop.pop3().on("QUIT").once().close();
      drop.sync(TestTask.keeping());
      assertThat(drop.replica().state(Maildrop.key(unwanted))).isEqualTo(EntryState.REMOVE);

      drop.sync(TestTask.keeping());

      assertThat(drop.inbox().messages()).isEmpty();
      assertThat(drop.replica().raws()).isEmpty();
    }
  }

  @Test
  void unconfirmedDeletionIsNotRepeatedUnderNever() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message message = drop.deliver("changed my mind");
      drop.pop3().on("QUIT").once().close();
      drop.sync();

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.kept()).isEqualTo(1);
      assertThat(drop.inbox().messages()).hasSize(1);
      assertThat(drop.replica().state(Maildrop.key(message))).isEqualTo(EntryState.DURABLE);
    }
  }

  @Test
  void deletionThatWasConfirmedAndNotDoneIsNotRepeatedUnderNever() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.pop3().on("QUIT").once().reply("+OK bye");
      drop.sync();

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.kept()).isEqualTo(3);
      assertThat(report.deleted()).isZero();
      assertThat(drop.inbox().messages()).hasSize(3);
      assertThat(drop.replica().entries().values())
          .allMatch(entry -> entry.state() == EntryState.DURABLE);
    }
  }

  @Test
  void deletionThatWasConfirmedAndNotDoneIsNotRepeatedUnderNeverWithoutTop() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("TOP");
      drop.deliver(3);
      drop.pop3().on("QUIT").once().reply("+OK bye");
      drop.sync();

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.kept()).isEqualTo(3);
      assertThat(drop.inbox().messages()).hasSize(3);
      assertThat(drop.replica().raws()).hasSize(3);
    }
  }

  @Test
  void messageDeletedHereWhileTheServerWasAskedStaysRequested() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      String key = Maildrop.key(drop.deliver("deleted meanwhile"));
      drop.pop3().on("DELE").run(() -> drop.replica().delete(key));
      drop.pop3().on("QUIT").close();

      drop.sync();

      assertThat(drop.replica().state(key)).isEqualTo(EntryState.REMOVE);
    }
  }

  @Test
  void changingFromNeverToAfterDownloadDeletesWithoutDownloading() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.sync(TestTask.keeping());

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isEqualTo(3);
      assertThat(report.downloaded()).isZero();
      assertThat(drop.pop3().count("TOP")).isEqualTo(3);
      assertThat(drop.pop3().count("RETR")).isEqualTo(3);
    }
  }

  @Test
  void closeInTheMiddleEndsTheSyncWithoutQuit() throws Exception {
    try (Maildrop drop = new Maildrop()) {
      Pop3Remote remote = drop.remote();
      List<String> sent = drop.deliver(3);
      drop.pop3().on("RETR 2").stall();
      TestTask task = new TestTask();
      CompletableFuture<Void> sync =
          CompletableFuture.runAsync(() -> remote.sync(task, drop.replica()));
      drop.pop3().awaitCommand("RETR 2", Duration.ofSeconds(10));

      remote.close();

      assertThat(sync.handle((done, e) -> e.getCause()).get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
      assertThat(drop.pop3().count("QUIT")).isZero();
      assertThat(drop.inbox().messages()).hasSize(3);
      drop.pop3().heal();
      drop.sync();
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void cancellationEndsTheSyncAndKeepsWhatCame() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(3000);
      int[] checks = new int[1];
      TestTask task =
          new TestTask()
              .checking(
                  () -> {
                    if (++checks[0] == 2500) {
                      throw Failures.closed();
                    }
                  });

      assertThatThrownBy(() -> drop.sync(task)).isInstanceOf(ConnectionException.class);

      int came = drop.replica().raws().size();
      assertThat(came).isPositive();
      assertThat(drop.replica().raws()).isEqualTo(sent.subList(0, came));
      assertThat(drop.inbox().messages()).hasSize(3000);
      drop.sync();
      assertThat(drop.replica().raws()).isEqualTo(sent);
    }
  }
}
