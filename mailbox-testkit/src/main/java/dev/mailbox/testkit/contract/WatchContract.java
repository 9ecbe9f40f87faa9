// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Watching: every change told once and in order, until it is closed or cannot go on. */
public interface WatchContract extends ContractSubject {
  @Test
  default void newMailIsToldAndHere() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      Mailbox mailbox = account.synced(Mail.of("old"));
      told.by(mailbox.watch(told));

      account.deliver(Mail.of("new"));

      Change.Arrived arrived = (Change.Arrived) told.await(1).get(0);
      assertThat(mailbox.find(arrived.message()).orElseThrow().envelope().subject())
          .isEqualTo("new");
      assertThat(bySubject(mailbox, "new").isDownloaded()).isTrue();
    }
  }

  @Test
  default void mailThatCameBeforeTheWatchIsFetchedByIt() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();

      told.by(mailbox.watch(told));

      Wait.until("both messages are told", () -> told.arrivals() == 2);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void ownChangesAreToldInTheOrderOfTheFeed() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      FeedPosition start = mailbox.lastChange();
      told.by(mailbox.watch(told));

      for (int i = 0; i < 10; i++) {
        onlyOne(mailbox).mark(Flag.SEEN);
        onlyOne(mailbox).unmark(Flag.SEEN);
      }
      mailbox.createFolder(FolderPath.of("Work"));

      assertThat(told.await(21)).isEqualTo(mailbox.changes(start, 100));
    }
  }

  @Test
  default void listenerIsCalledByOneThreadAtATime() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      told.by(
          mailbox.watch(
              change -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                told.changed(change);
                inside.decrementAndGet();
              }));

      for (int i = 0; i < 20; i++) {
        account.deliver(Mail.of("more"));
        bySubject(mailbox, "one").mark(Flag.keyword("k" + i));
      }

      Wait.until("all changes are told", () -> told.arrivals() == 20 && told.count() == 40);
      assertThat(most).hasValue(1);
    }
  }

  @Test
  default void twoWatchesAreBothTold() {
    try (Account account = Account.of(this);
        Told first = new Told();
        Told second = new Told()) {
      Mailbox mailbox = account.synced();
      first.by(mailbox.watch(first));
      second.by(mailbox.watch(second));

      account.deliver(Mail.of("new"));

      assertThat(first.await(1)).isEqualTo(second.await(1));
    }
  }

  @Test
  default void closedWatchTellsNothingMore() {
    try (Account account = Account.of(this);
        Told told = new Told();
        Told other = new Told()) {
      Mailbox mailbox = account.synced();
      Watch watch = told.by(mailbox.watch(told));
      other.by(mailbox.watch(other));
      assertThat(watch.isRunning()).isTrue();

      watch.close();
      watch.close();
      account.deliver(Mail.of("new"));

      other.await(1);
      assertThat(watch.isRunning()).isFalse();
      assertThat(told.count()).isZero();
    }
  }

  @Test
  default void watchCanBeClosedByItsListener() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      Mailbox mailbox = account.synced();
      CompletableFuture<Watch> known = new CompletableFuture<>();
      Watch watch =
          told.by(
              mailbox.watch(
                  change -> {
                    known.join().close();
                    told.changed(change);
                  }));
      known.complete(watch);

      account.deliver(Mail.several(2));

      told.await(1);
      Wait.until("the watch has ended", () -> !watch.isRunning());
      mailbox.createFolder(FolderPath.of("Work"));
      mailbox.sync();
      assertThat(told.count()).isEqualTo(1);
    }
  }

  @Test
  default void listenerThatThrowsEndsTheWatchAndNothingElse() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      Watch watch =
          mailbox.watch(
              change -> {
                throw new UnsupportedOperationException("enough");
              });

      account.deliver(Mail.of("new"));

      Wait.until("the watch has ended", () -> !watch.isRunning());
      assertThat(mailbox.sync().problemCount()).isZero();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(1);
    }
  }

  @Test
  default void unreachableServerIsToldAndTriedAgain() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      account.synced(Mail.of("old")).close();
      Mailbox mailbox = account.open(account.unreachable());

      Watch watch = told.by(mailbox.watch(told));

      Wait.until("two failures are told", () -> told.problems().size() >= 2);
      assertThat(told.problems()).allMatch(problem -> problem instanceof ConnectionException);
      assertThat(watch.isRunning()).isTrue();
      assertThat(watch.lastProblem()).get().isInstanceOf(ConnectionException.class);
      onlyOne(mailbox).mark(Flag.SEEN);
      assertThat(told.await(1).get(0)).isInstanceOf(Change.FlagsChanged.class);
    }
  }

  @Test
  default void rejectedCredentialsEndTheWatch() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      MailboxConfig.Builder config = account.config();
      String login = config.build().credentials().orElseThrow().user();
      Mailbox mailbox = account.open(config.login(login, "certainly-wrong"));

      Watch watch = told.by(mailbox.watch(told));

      Wait.until("the watch has ended", () -> !watch.isRunning());
      Wait.until("the problem is told", () -> !told.problems().isEmpty());
      assertThat(told.problems()).hasSize(1);
      assertThat(told.problems().get(0)).isInstanceOf(AuthenticationException.class);
      assertThat(watch.lastProblem()).get().isInstanceOf(AuthenticationException.class);
    }
  }

  @Test
  default void closingTheMailboxEndsItsWatches() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      Mailbox mailbox = account.synced();
      Watch watch = told.by(mailbox.watch(told));

      mailbox.close();

      assertThat(watch.isRunning()).isFalse();
      assertThatIllegalStateException().isThrownBy(() -> mailbox.watch(told));
    }
  }

  @Test
  default void watchAndSyncTogetherBringEachMessageOnce() {
    try (Account account = Account.of(this);
        Told told = new Told()) {
      Mailbox mailbox = account.synced();
      told.by(mailbox.watch(told));

      for (int i = 0; i < 5; i++) {
        account.deliver(Mail.of("message " + i));
        mailbox.sync();
      }

      Wait.until("all messages are told", () -> told.arrivals() == 5);
      mailbox.sync();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(5);
      assertThat(told.arrivals()).isEqualTo(5);
    }
  }
}
