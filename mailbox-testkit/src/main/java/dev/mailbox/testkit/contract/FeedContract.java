// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.raw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.search.Query;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The change feed: every change once, in order, also across reopening. */
public interface FeedContract extends ContractSubject {
  @Test
  default void arrivalsAreTold() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));

      List<Change> arrived =
          all(mailbox).stream().filter(change -> change instanceof Change.Arrived).toList();

      assertThat(arrived)
          .extracting(change -> ((Change.Arrived) change).message())
          .containsExactlyInAnyOrderElementsOf(
              mailbox.inbox().newest(10).stream().map(Message::id).toList());
      assertThat(arrived)
          .allMatch(change -> ((Change.Arrived) change).folder().equals(FolderPath.INBOX));
    }
  }

  @Test
  default void positionsRiseAndTheLastIsTheLastChange() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      bySubject(mailbox, "message 1").mark(Flag.SEEN);

      List<Change> changes = all(mailbox);

      assertThat(changes).extracting(Change::position).isSorted().doesNotHaveDuplicates();
      assertThat(changes.get(changes.size() - 1).position()).isEqualTo(mailbox.lastChange());
      assertThat(mailbox.changes(mailbox.lastChange(), 10)).isEmpty();
      FeedPosition position = mailbox.lastChange();
      assertThat(FeedPosition.parse(position.toString())).isEqualTo(position);
    }
  }

  @Test
  default void feedOfANewStoreStartsEmptyOfMessages() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open(account.unreachable());

      assertThat(all(mailbox)).noneMatch(change -> change instanceof Change.Arrived);
      assertThat(mailbox.changes(mailbox.lastChange(), 10)).isEmpty();
    }
  }

  @Test
  default void changesAreReadInPiecesWithoutGapsOrRepeats() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(5));
      List<Change> pieces = new ArrayList<>();
      FeedPosition position = FeedPosition.START;
      List<Change> piece = mailbox.changes(position, 2);
      while (!piece.isEmpty()) {
        assertThat(piece).hasSizeLessThanOrEqualTo(2);
        pieces.addAll(piece);
        position = piece.get(piece.size() - 1).position();
        piece = mailbox.changes(position, 2);
      }

      assertThat(pieces).isEqualTo(all(mailbox));
    }
  }

  @Test
  default void readingTakesNothingAway() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));

      assertThat(all(mailbox)).isEqualTo(all(mailbox)).isNotEmpty();
    }
  }

  @Test
  default void changesAreToldOnceAcrossReopening() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      List<Change> before = all(mailbox);
      FeedPosition position = mailbox.lastChange();
      mailbox.close();
      Mailbox reopened = account.open();

      assertThat(reopened.lastChange()).isEqualTo(position);
      assertThat(all(reopened)).isEqualTo(before);
      account.deliver(Mail.of("late"));
      reopened.sync();

      MessageId late = bySubject(reopened, "late").id();
      List<Change> more = reopened.changes(position, 100);
      assertThat(more)
          .containsExactly(new Change.Arrived(reopened.lastChange(), late, FolderPath.INBOX));
    }
  }

  @Test
  default void syncWithoutNewsTellsNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      mailbox.createFolder(ARCHIVE);
      bySubject(mailbox, "message 1").mark(Flag.SEEN);
      bySubject(mailbox, "message 2").moveTo(ARCHIVE);
      FeedPosition position = mailbox.lastChange();

      mailbox.sync();
      mailbox.sync();

      assertThat(mailbox.changes(position, 100)).isEmpty();
    }
  }

  @Test
  default void actionsAreTold() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      mailbox.createFolder(ARCHIVE);
      MessageId id = onlyOne(mailbox).id();
      FeedPosition start = mailbox.lastChange();

      onlyOne(mailbox).mark(Flag.SEEN);
      assertThat(next(mailbox, start))
          .isEqualTo(new Change.FlagsChanged(mailbox.lastChange(), id, FolderPath.INBOX));

      start = mailbox.lastChange();
      onlyOne(mailbox).moveTo(ARCHIVE);
      assertThat(next(mailbox, start))
          .isEqualTo(new Change.Moved(mailbox.lastChange(), id, FolderPath.INBOX, ARCHIVE));

      start = mailbox.lastChange();
      mailbox.messages(List.of(id)).delete();
      assertThat(next(mailbox, start))
          .isEqualTo(
              new Change.Removed(mailbox.lastChange(), id, ARCHIVE, Change.Cause.DELETED_HERE));
    }
  }

  @Test
  default void copiesAndAppendedMessagesArrive() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder archive = mailbox.createFolder(ARCHIVE);
      FeedPosition start = mailbox.lastChange();

      onlyOne(mailbox).copyTo(ARCHIVE);
      MessageId copy = archive.newest(1).get(0).id();
      assertThat(next(mailbox, start))
          .isEqualTo(new Change.Arrived(mailbox.lastChange(), copy, ARCHIVE));

      start = mailbox.lastChange();
      byte[] raw = Reading.bytes("Subject: mine\r\n\r\nx\r\n");
      Appended appended =
          archive.append(new ByteArrayInputStream(raw), Account.FIRST_ARRIVAL, Set.of());
      assertThat(next(mailbox, start))
          .isEqualTo(new Change.Arrived(mailbox.lastChange(), appended.id(), ARCHIVE));
    }
  }

  @Test
  default void actionsThatChangeNothingAreNotTold() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      onlyOne(mailbox).mark(Flag.SEEN);
      FeedPosition position = mailbox.lastChange();

      onlyOne(mailbox).mark(Flag.SEEN);
      onlyOne(mailbox).unmark(Flag.FLAGGED);
      onlyOne(mailbox).moveTo(FolderPath.INBOX);
      mailbox.createFolder(FolderPath.INBOX);

      assertThat(mailbox.changes(position, 100)).isEmpty();
    }
  }

  @Test
  default void foldersAreTold() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      FeedPosition start = mailbox.lastChange();

      Folder folder = mailbox.createFolder(FolderPath.of("Work"));
      assertThat(next(mailbox, start))
          .isEqualTo(new Change.FolderCreated(mailbox.lastChange(), FolderPath.of("Work")));

      start = mailbox.lastChange();
      folder.rename(FolderPath.of("Job"));
      assertThat(next(mailbox, start))
          .isEqualTo(
              new Change.FolderRenamed(
                  mailbox.lastChange(), FolderPath.of("Work"), FolderPath.of("Job")));

      start = mailbox.lastChange();
      mailbox.folder(FolderPath.of("Job")).orElseThrow().delete();
      assertThat(next(mailbox, start))
          .isEqualTo(new Change.FolderDeleted(mailbox.lastChange(), FolderPath.of("Job")));
    }
  }

  @Test
  default void messagesOfADeletedFolderAreRemovedBeforeIt() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Folder archive = mailbox.createFolder(ARCHIVE);
      mailbox.inbox().search(Query.all()).moveTo(ARCHIVE);
      FeedPosition start = mailbox.lastChange();

      archive.delete();

      List<Change> changes = mailbox.changes(start, 100);
      assertThat(changes).hasSize(3);
      assertThat(changes.subList(0, 2)).allMatch(change -> change instanceof Change.Removed);
      assertThat(changes.get(2)).isInstanceOf(Change.FolderDeleted.class);
    }
  }

  @Test
  default void bodyThatArrivesLaterIsTold() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();
      FeedPosition start = mailbox.lastChange();
      Message message = onlyOne(mailbox);

      assertThat(raw(message)).isNotEmpty();

      assertThat(next(mailbox, start))
          .isEqualTo(new Change.BodyArrived(mailbox.lastChange(), message.id(), FolderPath.INBOX));
    }
  }

  @Test
  default void removalByAnotherDeviceIsToldWhereMailLivesOnTheServer() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      MessageId id = onlyOne(mailbox).id();
      FeedPosition start = mailbox.lastChange();
      Mailbox other = account.open(account.otherDevice());
      other.sync();
      onlyOne(other).delete();
      other.sync();

      mailbox.sync();

      List<Change> changes = mailbox.changes(start, 100);
      if (account.livesOnServer()) {
        assertThat(changes)
            .containsExactly(
                new Change.Removed(
                    mailbox.lastChange(), id, FolderPath.INBOX, Change.Cause.REMOVED_ON_SERVER));
      } else {
        assertThat(changes).isEmpty();
      }
    }
  }

  private static List<Change> all(Mailbox mailbox) {
    return mailbox.changes(FeedPosition.START, 1000);
  }

  private static Change next(Mailbox mailbox, FeedPosition after) {
    List<Change> changes = mailbox.changes(after, 100);
    assertThat(changes).hasSize(1);
    return changes.get(0);
  }
}
