// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.store.ServerFixture.INBOX;
import static dev.mailbox.store.ServerFixture.WORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FailedAction;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.search.Query;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown here once the server has said no. */
class RefusalTest {
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

  private void assertRefused(ThrowingCallable action) {
    fixture.actions.refuseNext();
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_PERMISSION))
        .hasMessageContaining("not allowed");
    assertThat(fixture.mailbox.failedActions()).isEmpty();
    assertThat(fixture.mailbox.status().queuedActions()).isZero();
  }

  /** The folders and, for each message, folder, id and flags. */
  private List<String> shown() {
    return java.util.stream.Stream.concat(
            fixture.mailbox.folders().stream().map(f -> f.path().toString()),
            fixture.mailbox.search(Query.all()).stream()
                .map(m -> m.folder() + " " + m.id() + " " + m.flags()))
        .sorted()
        .toList();
  }

  private Folder work() {
    return fixture.mailbox.folder(WORK).orElseThrow();
  }

  /** What comes behind it must not wait for ever. */
  @Test
  void whatTheProtocolCannotSayIsRefused() {
    fixture.goOffline();
    fixture.message("one").moveTo(WORK);
    fixture.message("two").mark(Flag.SEEN);
    fixture.actions.answer(
        action -> {
          throw new IllegalArgumentException("cannot be written");
        });
    fixture.goOnline();

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.message("one").folder()).isEqualTo(INBOX);
    assertThat(fixture.serverFlags("two")).containsExactly(Flag.SEEN);
    assertThat(fixture.mailbox.failedActions())
        .singleElement()
        .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.IMPOSSIBLE))
        .satisfies(failed -> assertThat(failed.serverText()).isEqualTo("cannot be written"));
  }

  /** An odd answer to what was done must not undo it here. */
  @Test
  void whatWasDoneAllTheSameIsLookedUp() {
    fixture.actions.find(new ActionResult.Done(Map.of()));
    fixture.actions.answer(
        action -> {
          ActionResult unread = fixture.remote.server.perform(action);
          throw new IllegalArgumentException("cannot be read: " + unread);
        });

    assertThat(fixture.message("one").moveTo(WORK)).isEqualTo(Outcome.ON_SERVER);

    assertThat(fixture.message("one").folder()).isEqualTo(WORK);
    assertThat(fixture.mailbox.failedActions()).isEmpty();
    fixture.mailbox.sync();
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void everyActionIsUndoneExactly() {
    fixture.message("two").moveTo(WORK);
    fixture.message("two").mark(Flag.SEEN);
    List<String> before = shown();
    assertRefused(() -> fixture.message("one").mark(Flag.SEEN, Flag.keyword("k")));
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> fixture.message("two").unmark(Flag.SEEN));
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> fixture.message("one").moveTo(WORK));
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> fixture.message("one").copyTo(WORK));
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> fixture.message("one").delete());
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> fixture.message("one").trash());
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> fixture.mailbox.createFolder(FolderPath.of("New")));
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> work().rename(FolderPath.of("Other")));
    assertThat(shown()).isEqualTo(before);
    assertRefused(() -> work().delete());
    assertThat(shown()).isEqualTo(before);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
  }

  @Test
  void refusalAtReplayIsInTheFeedAndAmongTheFailedActions() {
    fixture.goOffline();
    MessageId id = fixture.message("one").id();
    fixture.message("one").moveTo(WORK);
    fixture.goOnline();
    fixture.actions.refuseNext();
    FeedPosition before = fixture.mailbox.lastChange();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(StoreFixture.kinds(fixture.mailbox, before))
        .containsExactly("Moved", "ActionFailed");
    FailedAction failed = fixture.mailbox.failedActions().get(0);
    assertThat(failed.message()).contains(id);
    assertThat(failed.reason()).isEqualTo(Reason.NO_PERMISSION);
    assertThat(failed.serverText()).isEqualTo("not allowed");
    assertThat(failed.description()).isEqualTo("move 1 message from INBOX to Work");
    assertThat(fixture.mailbox.status().failedActions()).isEqualTo(1);
    fixture.mailbox.clearFailedActions();
    assertThat(fixture.mailbox.failedActions()).isEmpty();
    assertThat(fixture.message("one").folder()).isEqualTo(INBOX);
  }

  @Test
  void dependantsFailWithTheirParentAndOthersDoNot() {
    List<String> before = shown();
    fixture.goOffline();
    fixture.mailbox.createFolder(FolderPath.of("New"));
    fixture.message("one").moveTo(FolderPath.of("New"));
    fixture.message("one").mark(Flag.FLAGGED);
    fixture.message("one").moveTo(WORK);
    fixture.message("three").mark(Flag.SEEN);
    fixture.message("three").unmark(Flag.SEEN);
    fixture.goOnline();
    fixture.actions.refuseNext();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(shown()).isEqualTo(before);
    assertThat(fixture.mailbox.failedActions()).hasSize(4);
    assertThat(fixture.actions.applied).hasSize(3);
  }

  @Test
  void flagsFallBackToTheServersWithWhatStillWaits() {
    fixture.goOffline();
    fixture.message("one").mark(Flag.SEEN, Flag.keyword("a"));
    fixture.message("one").mark(Flag.FLAGGED);
    fixture.message("one").unmark(Flag.keyword("a"));
    fixture.goOnline();
    fixture.actions.refuseNext();
    fixture.mailbox.flush(SOON);
    assertThat(fixture.message("one").flags()).containsExactly(Flag.FLAGGED);
    assertThat(fixture.serverFlags("one")).containsExactly(Flag.FLAGGED);
  }

  @Test
  void nameThatARefusedRenameHadFreedIsGivenBack() {
    fixture.goOffline();
    work().rename(FolderPath.of("Old work"));
    fixture.mailbox.createFolder(WORK);
    fixture.message("one").moveTo(WORK);
    fixture.goOnline();
    fixture.actions.refuseNext();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.mailbox.folders()).extracting(Folder::path).containsExactly(INBOX, WORK);
    assertThat(fixture.total(INBOX)).isEqualTo(3);
  }

  @Test
  void nameThatARefusedDeletionHadFreedIsGivenBack() {
    fixture.message("two").moveTo(WORK);
    fixture.goOffline();
    work().delete();
    fixture.mailbox.createFolder(WORK);
    fixture.message("one").moveTo(WORK);
    fixture.goOnline();
    fixture.actions.refuseNext();
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.total(WORK)).isEqualTo(1);
    assertThat(fixture.message("two").folder()).isEqualTo(WORK);
    assertThat(fixture.total(INBOX)).isEqualTo(2);
  }

  @Test
  void refusalMetByAnothersDrainIsTold() {
    CountDownLatch release = new CountDownLatch(1);
    fixture.goOffline();
    fixture.message("two").mark(Flag.SEEN);
    fixture.actions.answer(
        action -> {
          StoreFixture.await(() -> release.getCount() == 0);
          return fixture.remote.server.perform(action);
        });
    fixture.actions.refuseNext();
    fixture.goOnline();
    CompletableFuture<Boolean> flushing =
        CompletableFuture.supplyAsync(() -> fixture.mailbox.flush(SOON));
    StoreFixture.await(() -> fixture.actions.applied.size() == 1);
    CompletableFuture<Outcome> marking =
        CompletableFuture.supplyAsync(() -> fixture.message("one").mark(Flag.SEEN));
    StoreFixture.await(() -> fixture.mailbox.status().queuedActions() == 2);
    release.countDown();
    assertThatThrownBy(marking::join).hasCauseInstanceOf(RejectedException.class);
    flushing.join();
    assertThat(fixture.message("one").flags()).isEmpty();
  }

  @Test
  void lostAnswerIsLookedUpBeforeItIsRepeated() {
    fixture.actions.loseNextAnswer();
    assertThat(fixture.message("one").copyTo(WORK)).isEqualTo(Outcome.QUEUED);
    String key = fixture.remote.server.list(WORK).keySet().iterator().next();
    fixture.actions.find(new ActionResult.Done(Map.of("k000001", key)));
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.actions.lookedUp).hasSize(1);
    assertThat(fixture.actions.applied).hasSize(1);
    fixture.mailbox.sync();
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  /** What was built on one message's refusal is no reason to undo what was asked for others. */
  @Test
  void laterActionsOnOtherMessagesStay() {
    fixture.goOffline();
    fixture.mailbox.inbox().search(Query.all()).moveTo(WORK);
    fixture.mailbox.folder(WORK).orElseThrow().search(Query.all()).mark(Flag.FLAGGED);
    fixture.actions.answer(
        action -> {
          RemoteAction.Move move = (RemoteAction.Move) action;
          List<String> keys = List.copyOf(move.keys());
          ActionResult done =
              fixture.remote.server.perform(
                  new RemoteAction.Move(
                      move.folder(), keys.subList(1, keys.size()), move.target()));
          ActionResult.Refused gone = new ActionResult.Refused(Reason.NOT_FOUND, "gone");
          return new ActionResult.Done(
              ((ActionResult.Done) done).newKeys(), Map.of(keys.get(0), gone));
        });
    fixture.goOnline();

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.message("one").folder()).isEqualTo(INBOX);
    assertThat(fixture.message("one").flags()).isEmpty();
    assertThat(fixture.message("two").folder()).isEqualTo(WORK);
    assertThat(fixture.message("two").flags()).containsExactly(Flag.FLAGGED);
    assertThat(fixture.serverFlags("two")).containsExactly(Flag.FLAGGED);
    assertThat(fixture.mailbox.failedActions())
        .allMatch(failed -> failed.message().equals(Optional.of(fixture.message("one").id())));
  }

  /** The message came back into the folder that was to go. */
  @Test
  void folderOfAMessageThatCouldNotBeMovedOutStays() {
    fixture.message("one").moveTo(WORK);
    fixture.goOffline();
    fixture.message("one").moveTo(INBOX);
    work().delete();
    fixture.actions.refuseNext();
    fixture.goOnline();

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.message("one").folder()).isEqualTo(WORK);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    fixture.mailbox.sync();
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void folderOfAMessageThatCouldNotBeCopiedOutStays() {
    fixture.message("one").moveTo(WORK);
    fixture.goOffline();
    fixture.message("one").copyTo(INBOX);
    work().delete();
    fixture.actions.refuseNext();
    fixture.goOnline();

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }

  @Test
  void originalOfACopyThatWasRefusedIsNotDeleted() {
    fixture.goOffline();
    Message one = fixture.message("one");
    one.copyTo(WORK);
    one.delete();
    fixture.actions.refuseNext();
    fixture.goOnline();

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.message("one").folder()).isEqualTo(INBOX);
    assertThat(fixture.onServer(INBOX)).isEqualTo(3);
    assertThat(fixture.onServer(WORK)).isZero();
  }

  @Test
  void actionThatCouldNotLogInWasNotSent() {
    fixture.actions.refuseLogin();
    assertThat(fixture.message("one").copyTo(WORK)).isEqualTo(Outcome.QUEUED);
    fixture.actions.acceptLogin();

    assertThat(fixture.mailbox.flush(SOON)).isTrue();

    assertThat(fixture.actions.lookedUp).isEmpty();
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
  }

  @Test
  void lostActionIsRepeatedOnceItWasLookedUp() {
    fixture.actions.loseNextAction();
    assertThat(fixture.message("one").copyTo(WORK)).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.mailbox.flush(SOON)).isTrue();
    assertThat(fixture.actions.lookedUp).hasSize(1);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
  }

  @Test
  void actionThatWasNeverSentIsNotLookedUp() {
    fixture.goOffline();
    fixture.message("one").copyTo(WORK);
    fixture.goOnline();
    fixture.mailbox.flush(SOON);
    assertThat(fixture.actions.lookedUp).isEmpty();
  }

  @Test
  void lostFateIsRememberedAcrossReopening() {
    fixture.actions.loseNextAnswer();
    fixture.message("one").copyTo(WORK);
    fixture.reopen();
    String key = fixture.remote.server.list(WORK).keySet().iterator().next();
    fixture.actions.find(new ActionResult.Done(Map.of("k000001", key)));
    fixture.mailbox.sync();
    assertThat(fixture.actions.lookedUp).hasSize(1);
    assertThat(fixture.onServer(WORK)).isEqualTo(1);
    assertThat(fixture.total(WORK)).isEqualTo(1);
  }
}
