// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Account.LATER;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.change.FeedPosition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flags, trash and deletion, for one message or many, and how far they got. */
public interface ActionContract extends ContractSubject {
  @Test
  default void markedFlagsAreSetAndStay() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);

      message.mark(Flag.SEEN, Flag.FLAGGED);
      message.mark(Flag.SEEN, Flag.ANSWERED);
      mailbox.sync();

      assertThat(now(mailbox, message).flags())
          .containsExactlyInAnyOrder(Flag.SEEN, Flag.FLAGGED, Flag.ANSWERED);
    }
  }

  @Test
  default void unmarkedFlagsAreClearedAndTheOthersStay() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);
      message.mark(Flag.SEEN, Flag.FLAGGED);

      message.unmark(Flag.SEEN, Flag.DRAFT);
      mailbox.sync();

      assertThat(now(mailbox, message).flags()).containsExactly(Flag.FLAGGED);
    }
  }

  @Test
  default void keywordsAreKeptAndCompareWithoutRegardToCase() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);

      message.mark(LATER, Flag.FORWARDED);
      message.mark(Flag.keyword("LATER"));

      assertThat(now(mailbox, message).flags()).containsExactlyInAnyOrder(LATER, Flag.FORWARDED);
      message.unmark(Flag.keyword("Later"));
      assertThat(now(mailbox, message).flags()).containsExactly(Flag.FORWARDED);
    }
  }

  @Test
  default void outcomeTellsWhereTheActionIsDone() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Outcome expected = account.livesOnServer() ? Outcome.ON_SERVER : Outcome.LOCAL;
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();

      assertThat(onlyOne(mailbox).mark(Flag.SEEN)).isEqualTo(expected);
      assertThat(onlyOne(mailbox).unmark(Flag.SEEN)).isEqualTo(expected);
      assertThat(onlyOne(mailbox).copyTo(archive)).isEqualTo(expected);
      assertThat(onlyOne(mailbox).moveTo(archive)).isEqualTo(expected);
    }
  }

  @Test
  default void queueFirstNeverWaitsForTheServer() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.of("one")).close();
      Mailbox mailbox = account.open(account.unreachable().actions(ActionMode.QUEUE_FIRST));
      Message message = onlyOne(mailbox);

      Outcome outcome = message.mark(Flag.SEEN);

      assertThat(outcome).isEqualTo(account.livesOnServer() ? Outcome.QUEUED : Outcome.LOCAL);
      assertThat(now(mailbox, message).has(Flag.SEEN)).isTrue();
    }
  }

  @Test
  default void actionsDoneOfflineAreKeptAndReachTheServerLater() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.of("one")).close();
      Mailbox offline = account.open(account.unreachable());
      Message message = onlyOne(offline);
      assertThat(message.mark(Flag.SEEN)).isNotEqualTo(Outcome.ON_SERVER);
      offline.close();

      Mailbox mailbox = account.open();

      assertThat(now(mailbox, message).has(Flag.SEEN)).isTrue();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
      assertThat(mailbox.status().queuedActions()).isZero();
      assertThat(onOtherDevice(account).has(Flag.SEEN)).isEqualTo(account.livesOnServer());
    }
  }

  @Test
  default void anotherDeviceSeesAnActionWhereMailLivesOnTheServer() {
    try (Account account = Account.of(this)) {
      onlyOne(account.synced(Mail.of("one"))).mark(Flag.FLAGGED);

      assertThat(onOtherDevice(account).has(Flag.FLAGGED)).isEqualTo(account.livesOnServer());
    }
  }

  private static Message onOtherDevice(Account account) {
    Mailbox other = account.open(account.otherDevice());
    other.sync();
    return onlyOne(other);
  }

  @Test
  default void emptyQueueIsFlushedAtOnce() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      onlyOne(mailbox).mark(Flag.SEEN);

      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
      assertThat(mailbox.failedActions()).isEmpty();
    }
  }

  @Test
  default void manyMessagesAreActedOnAtOnce() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(10));
      List<MessageId> ids = mailbox.inbox().newest(7).stream().map(Message::id).toList();

      mailbox.messages(ids).mark(Flag.SEEN);
      mailbox.messages(ids.subList(0, 2)).delete();

      assertThat(mailbox.inbox().counts().total()).isEqualTo(8);
      assertThat(mailbox.inbox().counts().unread()).isEqualTo(3);
    }
  }

  @Test
  default void messagesThatAreGoneAreLeftOut() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Message gone = bySubject(mailbox, "message 1");
      Message there = bySubject(mailbox, "message 2");
      gone.delete();

      mailbox
          .messages(List.of(gone.id(), there.id(), MessageId.parse("no-such-id")))
          .mark(Flag.FLAGGED);

      assertThat(now(mailbox, there).has(Flag.FLAGGED)).isTrue();
      assertThat(mailbox.find(gone.id())).isEmpty();
    }
  }

  @Test
  default void actionsOnNothingDoNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message gone = onlyOne(mailbox);
      gone.delete();
      FeedPosition position = mailbox.lastChange();

      for (MessageActions actions : List.of(gone, mailbox.messages(List.of()))) {
        actions.mark(Flag.SEEN);
        actions.unmark(Flag.SEEN);
        actions.moveTo(FolderPath.INBOX);
        actions.copyTo(FolderPath.INBOX);
        actions.delete();
      }

      assertThat(mailbox.lastChange()).isEqualTo(position);
      assertThat(mailbox.inbox().counts().total()).isZero();
    }
  }

  @Test
  default void trashMovesToTheTrashFolderWhichIsMadeIfMissing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Message message = bySubject(mailbox, "message 1");

      message.trash();

      Folder trash = mailbox.folder(FolderRole.TRASH).orElseThrow();
      assertThat(subjects(trash.newest(10))).containsExactly("message 1");
      assertThat(now(mailbox, message).folder()).isEqualTo(trash.path());
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 2");
    }
  }

  @Test
  default void whatIsInTheTrashStaysThere() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);
      message.trash();

      now(mailbox, message).trash();

      Folder trash = mailbox.folder(FolderRole.TRASH).orElseThrow();
      assertThat(subjects(trash.newest(10))).containsExactly("one");
      assertThat(mailbox.folders()).filteredOn(f -> f.role().equals(trash.role())).hasSize(1);
    }
  }

  @Test
  default void trashedMailDoesNotComeBackToTheInbox() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Message message = bySubject(mailbox, "message 1");
      message.trash();

      mailbox.sync();

      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 2");
      assertThat(mailbox.find(message.id())).isPresent();
    }
  }

  @Test
  default void deleteIsForGoodAndOnlyForThatMessage() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      Message message = bySubject(mailbox, "message 2");

      message.delete();

      assertThat(mailbox.find(message.id())).isEmpty();
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 3", "message 1");
      assertThat(mailbox.folder(FolderRole.TRASH).map(trash -> trash.newest(10)).orElse(List.of()))
          .isEmpty();
    }
  }

  @Test
  default void deleteIsNotSaidToBeOnTheServerBeforeItIs() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));

      Outcome outcome = bySubject(mailbox, "message 1").delete();

      int stillThere = outcome == Outcome.ON_SERVER ? 1 : 2;
      assertThat(account.held()).hasSize(stillThere);
      assertThat(mailbox.status().pendingRemovals() + mailbox.status().queuedActions())
          .isEqualTo(stillThere - 1);
      mailbox.sync();
      assertThat(account.held()).hasSize(1);
      assertThat(mailbox.status().pendingRemovals()).isZero();
    }
  }
}
