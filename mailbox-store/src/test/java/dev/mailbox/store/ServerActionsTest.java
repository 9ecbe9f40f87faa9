// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.store.ServerFixture.INBOX;
import static dev.mailbox.store.ServerFixture.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerActionsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private ServerFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = new ServerFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void actionsAreDoneOnTheServer() {
    MessageId id = fixture.message("one").id();
    assertThat(fixture.message("one").residence()).isEqualTo(Residence.SERVER);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
    assertThat(fixture.message("one").moveTo(WORK)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.message("one").unmark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.serverFlags("one")).isEmpty();
    assertThat(fixture.message("one").copyTo(INBOX)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.mailbox.search(Query.all()).trash()).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.onServer(FolderPath.of("Trash"))).isEqualTo(4);
    assertThat(fixture.mailbox.search(Query.all()).delete()).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.onServer(FolderPath.of("Trash"))).isZero();
    assertThat(fixture.mailbox.find(id)).isEmpty();
    assertThat(fixture.mailbox.status().queuedActions()).isZero();
  }

  @Test
  void syncAfterActionsBringsNothingTwice() {
    fixture.message("one").moveTo(WORK);
    fixture.message("two").copyTo(WORK);
    fixture.message("three").trash();
    fixture.mailbox.sync();
    assertThat(fixture.total(INBOX)).isEqualTo(1);
    assertThat(fixture.total(WORK)).isEqualTo(2);
    assertThat(fixture.mailbox.folder(FolderRole.TRASH).orElseThrow().counts().total())
        .isEqualTo(1);
  }

  @Test
  void foldersAreChangedOnTheServer() {
    Folder folder = fixture.mailbox.createFolder(FolderPath.parse("a/b"));
    assertThat(folder.residence()).isEqualTo(Residence.SERVER);
    assertThat(fixture.remote.server.folders()).contains(FolderPath.parse("a/b"));
    assertThat(fixture.mailbox.folder(FolderPath.of("a")).orElseThrow().rename(FolderPath.of("z")))
        .isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.remote.server.folders()).contains(FolderPath.parse("z/b"));
    assertThat(fixture.mailbox.folder(FolderPath.of("z")).orElseThrow().delete())
        .isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.remote.server.folders())
        .containsExactlyInAnyOrder(INBOX, WORK, FolderPath.parse("z/b"));
  }

  @Test
  void offlineActionsAreShownAndReplayedInOrder() {
    fixture.goOffline();
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.message("one").moveTo(WORK)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.message("one").mark(Flag.FLAGGED)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.message("two").delete()).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.message("one").flags()).containsExactlyInAnyOrder(Flag.SEEN, Flag.FLAGGED);
    assertThat(fixture.total(INBOX)).isEqualTo(1);
    assertThat(fixture.mailbox.status().queuedActions()).isEqualTo(4);
    fixture.goOnline();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.serverFlags("one")).containsExactlyInAnyOrder(Flag.SEEN, Flag.FLAGGED);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.onServer(INBOX)).isEqualTo(1);
    assertThat(fixture.actions.applied).hasSize(4);
  }

  @Test
  void queueSurvivesReopening() {
    fixture.goOffline();
    fixture.message("one").mark(Flag.SEEN);
    fixture.message("one").moveTo(WORK);
    fixture.reopen();
    assertThat(fixture.mailbox.status().queuedActions()).isEqualTo(2);
    assertThat(fixture.message("one").folder()).isEqualTo(WORK);
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.status().queuedActions()).isZero();
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void statusTellsWhyTheQueueWaits() {
    fixture.goOffline();
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.mailbox.status().lastProblem())
        .map(MailboxException::reason)
        .contains(Reason.REFUSED);

    fixture.goOnline();
    assertThat(fixture.mailbox.flush(Duration.ofSeconds(30))).isTrue();

    assertThat(fixture.mailbox.status().lastProblem()).isEmpty();
  }

  @Test
  void syncDoesNotRunPastWhatItCannotBringToTheServer() {
    fixture.goOffline();
    fixture.message("one").moveTo(WORK);
    assertThatThrownBy(fixture.mailbox::sync).isInstanceOf(ConnectionException.class);
    assertThat(fixture.mailbox.status().lastProblem())
        .map(MailboxException::reason)
        .contains(Reason.REFUSED);
    assertThat(fixture.remote.syncs).hasValue(1);
  }

  @Test
  void renamedFolderKeepsItsQueuedActions() {
    fixture.goOffline();
    fixture.message("one").moveTo(WORK);
    fixture.goOnline();
    fixture.mailbox.flush(SOON);
    fixture.goOffline();
    fixture.message("one").mark(Flag.SEEN);
    fixture.mailbox.folder(WORK).orElseThrow().rename(FolderPath.of("Jobs"));
    fixture.message("one").mark(Flag.FLAGGED);
    fixture.goOnline();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.serverFlags("one")).containsExactlyInAnyOrder(Flag.SEEN, Flag.FLAGGED);
    assertThat(fixture.mailbox.failedActions()).isEmpty();
  }

  @Test
  void wrongPasswordQueuesTheActionToo() {
    fixture.actions.answer(
        action -> {
          throw new AuthenticationException(Reason.AUTHENTICATION_FAILED, "no", null, List.of());
        });
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
  }

  @Test
  void whatIsSoAlreadyIsToldAsFarAsItIs() {
    fixture.message("one").mark(Flag.SEEN);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
    fixture.goOffline();
    fixture.message("two").mark(Flag.SEEN);
    assertThat(fixture.message("two").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
  }

  @Test
  void movedHeaderStaysAHeader() {
    fixture.remote.bodies = BodyPolicy.onDemand();
    String text = StoreFixture.mail("later", "the body\r\n");
    fixture.remote.server.deliver(text);
    fixture.mailbox.sync();
    fixture.message("later").moveTo(WORK);
    fixture.message("later").copyTo(INBOX);
    fixture.remote.bodies = BodyPolicy.all();
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.search(Query.subject("later")).stream())
        .hasSize(2)
        .allMatch(Message::isDownloaded);
    assertThat(StoreFixture.raw(fixture.message("later"))).isEqualTo(text);
  }

  @Test
  void movedMessageWhoseKeyWasNotToldIsFoundByTheNextListing() {
    fixture.actions.answer(
        action -> {
          fixture.remote.server.perform(action);
          return new ActionResult.Done(Map.of());
        });
    MessageId id = fixture.message("one").id();
    fixture.message("one").moveTo(WORK);
    fixture.mailbox.sync();
    assertThat(fixture.total(WORK)).isEqualTo(1);
    assertThat(fixture.message("one").id()).isEqualTo(id);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
  }

  @Test
  void actionOnAMessageThatTheServerHasNotNamedIsToldNotDropped() {
    fixture.actions.answer(
        action -> {
          fixture.remote.server.perform(action);
          return new ActionResult.Done(Map.of());
        });
    fixture.message("one").moveTo(WORK);
    assertThatThrownBy(() -> fixture.message("one").mark(Flag.SEEN))
        .isInstanceOf(dev.mailbox.RejectedException.class);
    assertThat(fixture.message("one").flags()).isEmpty();
  }

  @Test
  void queueFirstNeverWaitsAndDrainsBehindTheCaller(@TempDir Path other) {
    CountDownLatch release = new CountDownLatch(1);
    try (ServerFixture first = new ServerFixture(other, ActionMode.QUEUE_FIRST)) {
      first.actions.answer(
          action -> {
            StoreFixture.await(() -> release.getCount() == 0);
            return first.remote.server.perform(action);
          });
      assertThat(first.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
      assertThat(first.message("two").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
      assertThat(first.mailbox.flush(Duration.ofMillis(50))).isFalse();
      release.countDown();
      StoreFixture.await(() -> first.mailbox.status().queuedActions() == 0);
      assertThat(first.serverFlags("two")).containsExactly(Flag.SEEN);
      assertThat(first.mailbox.flush(SOON)).isTrue();
    }
  }

  @Test
  void queueFirstTriesAgainWhenTheServerComesBack(@TempDir Path other) {
    try (ServerFixture first = new ServerFixture(other, ActionMode.QUEUE_FIRST)) {
      first.goOffline();
      first.message("one").mark(Flag.SEEN);
      assertThatThrownBy(() -> first.mailbox.flush(SOON)).isInstanceOf(ConnectionException.class);
      first.goOnline();
      StoreFixture.await(() -> first.mailbox.status().queuedActions() == 0);
      assertThat(first.serverFlags("one")).containsExactly(Flag.SEEN);
    }
  }

  @Test
  void refusedLoginIsNotTriedAgainBehindTheCaller(@TempDir Path other) {
    try (ServerFixture first = new ServerFixture(other, ActionMode.QUEUE_FIRST)) {
      first.actions.refuseLogin();
      first.message("one").mark(Flag.SEEN);
      StoreFixture.await(() -> first.actions.applied.size() == 1);
      assertThatThrownBy(() -> first.mailbox.flush(SOON))
          .isInstanceOf(AuthenticationException.class);
      for (int i = 0; i < 20; i++) {
        first.message("two").mark(Flag.keyword("k" + i));
      }
      assertThatThrownBy(() -> first.mailbox.flush(SOON))
          .isInstanceOf(AuthenticationException.class);
      assertThat(first.actions.applied).hasSize(3);
      first.actions.acceptLogin();
      assertThat(first.mailbox.flush(SOON)).isTrue();
    }
  }

  @Test
  void manyMessagesAreOneAction() {
    fixture.mailbox.search(Query.all()).mark(Flag.SEEN);
    assertThat(fixture.actions.applied)
        .singleElement()
        .isInstanceOfSatisfying(
            RemoteAction.ChangeFlags.class,
            change -> {
              assertThat(change.keys()).hasSize(3);
              assertThat(change.set()).isEqualTo(Set.of(Flag.SEEN));
            });
  }

  @Test
  void foldersChangedWhileTheyAreListedStayAsTheyAre() {
    FolderPath made = FolderPath.of("New");
    FolderPath jobs = FolderPath.of("Jobs");
    MessageId moved = fixture.message("one").id();
    fixture.message("two").moveTo(WORK);
    fixture.remote.afterListing =
        () -> {
          fixture.remote.afterListing = () -> {};
          // Another thread's: the sync's own would only queue them.
          CompletableFuture.runAsync(
                  () -> {
                    fixture.mailbox.createFolder(made);
                    fixture.message("one").moveTo(made);
                    fixture.mailbox.folder(WORK).orElseThrow().rename(jobs);
                  })
              .join();
        };
    FeedPosition before = fixture.mailbox.lastChange();
    fixture.mailbox.sync();
    assertThat(StoreFixture.kinds(fixture.mailbox, before))
        .containsExactly("FolderCreated", "Moved", "FolderRenamed");
    assertThat(fixture.mailbox.find(moved).orElseThrow().folder()).isEqualTo(made);
    assertThat(fixture.total(jobs)).isEqualTo(1);
    fixture.remote.server.removeFolder(jobs);
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.folder(jobs)).isEmpty();
  }

  @Test
  void listingThatBeganBeforeAnAnswerDoesNotUndoIt() {
    Replica replica = fixture.remote.lastReplica;
    String key = fixture.remote.server.inbox().keySet().iterator().next();
    try (ReplicaBatch listing = replica.batch(INBOX)) {
      assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
      listing.flags(key, Set.of());
      listing.commit().awaitDurable();
      assertThat(fixture.message("one").flags()).containsExactly(Flag.SEEN);
    }
    try (ReplicaBatch next = replica.batch(INBOX)) {
      next.flags(key, Set.of());
      next.commit().awaitDurable();
      assertThat(fixture.message("one").flags()).isEmpty();
    }
  }

  /** The move is under way: the server has done it, and the answer is still to come. */
  @Test
  void listingDuringAMoveDoesNotRemoveTheMessage() {
    Replica replica = fixture.remote.lastReplica;
    String key = fixture.remote.server.inbox().keySet().iterator().next();
    MessageId id = fixture.message("one").id();
    fixture.actions.answer(
        action -> {
          ActionResult result = fixture.remote.server.perform(action);
          try (ReplicaBatch listing = replica.batch(INBOX)) {
            listing.removed(key);
            listing.commit().awaitDurable();
          }
          return result;
        });

    assertThat(fixture.message("one").moveTo(WORK)).isEqualTo(Outcome.ON_SERVER);

    assertThat(fixture.message("one").id()).isEqualTo(id);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
    fixture.mailbox.sync();
    assertThat(fixture.message("one").id()).isEqualTo(id);
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void actionInASyncsListenerIsQueuedAndNotWaitedFor() {
    fixture.remote.progressNext = new Progress(Progress.Phase.LISTING, 0, 0, 0);
    List<Outcome> outcomes = new ArrayList<>();
    fixture.mailbox.sync(progress -> outcomes.add(fixture.message("one").mark(Flag.SEEN)));
    assertThat(outcomes).startsWith(Outcome.QUEUED);
    StoreFixture.await(() -> fixture.mailbox.status().queuedActions() == 0);
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
  }
}
