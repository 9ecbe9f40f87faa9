// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderCounts;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalActionsTest {
  private static final FolderPath KEPT = FolderPath.of("Kept");
  private Path directory;
  private Mailbox mailbox;
  private Folder inbox;
  private final List<MessageId> ids = new ArrayList<>();

  @BeforeEach
  void open(@TempDir Path temporary) {
    directory = temporary;
    mailbox = StoreFixture.offline(directory);
    inbox = mailbox.inbox();
    mailbox.createFolder(KEPT);
    for (int i = 0; i < 3; i++) {
      ids.add(
          StoreFixture.append(inbox, StoreFixture.mail("m" + i), StoreFixture.NOON.plusSeconds(i)));
    }
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private Message message(int index) {
    return mailbox.find(ids.get(index)).orElseThrow();
  }

  private MessageActions all() {
    return mailbox.messages(ids);
  }

  private Folder kept() {
    return mailbox.folder(KEPT).orElseThrow();
  }

  @Test
  void flagsAreSetAndCleared() {
    FeedPosition before = mailbox.lastChange();
    assertThat(message(0).mark(Flag.SEEN, Flag.keyword("Work"))).isEqualTo(Outcome.LOCAL);
    assertThat(message(0).flags()).containsExactlyInAnyOrder(Flag.SEEN, Flag.keyword("work"));
    message(0).mark(Flag.SEEN);
    message(0).unmark(Flag.keyword("WORK"), Flag.DRAFT);
    assertThat(message(0).flags()).containsExactly(Flag.SEEN);
    assertThat(StoreFixture.kinds(mailbox, before)).containsExactly("FlagsChanged", "FlagsChanged");
    assertThat(inbox.counts()).isEqualTo(new FolderCounts(3, 2, 0));
  }

  @Test
  void manyAreMarkedAtOnce() {
    all().mark(Flag.SEEN);
    assertThat(inbox.counts().unread()).isZero();
    all().unmark(Flag.SEEN);
    assertThat(inbox.counts().unread()).isEqualTo(3);
  }

  @Test
  void movedMessagesKeepTheirIds() {
    FeedPosition before = mailbox.lastChange();
    assertThat(all().moveTo(KEPT)).isEqualTo(Outcome.LOCAL);
    assertThat(message(1).folder()).isEqualTo(KEPT);
    assertThat(inbox.counts().total()).isZero();
    assertThat(mailbox.changes(before, 10))
        .hasSize(3)
        .allSatisfy(
            change -> {
              Change.Moved moved = (Change.Moved) change;
              assertThat(moved.from()).isEqualTo(FolderPath.INBOX);
              assertThat(moved.folder()).isEqualTo(KEPT);
            });
  }

  @Test
  void moveToWhereItIsDoesNothing() {
    FeedPosition before = mailbox.lastChange();
    assertThat(message(0).moveTo(FolderPath.INBOX)).isEqualTo(Outcome.LOCAL);
    assertThat(mailbox.lastChange()).isEqualTo(before);
  }

  @Test
  void copiesHaveTheirOwnIdsAndShareTheContent() {
    message(0).mark(Flag.FLAGGED);
    message(0).copyTo(KEPT);
    Message copy = StoreFixture.only(kept());
    assertThat(copy.id()).isNotEqualTo(ids.get(0));
    assertThat(copy.contentId()).isEqualTo(message(0).contentId());
    assertThat(copy.flags()).containsExactly(Flag.FLAGGED);
    assertThat(copy.receivedAt()).isEqualTo(message(0).receivedAt());
    message(0).delete();
    assertThat(StoreFixture.raw(copy)).isEqualTo(StoreFixture.mail("m0"));
    copy.delete();
    assertThat(mailbox.verify().messages()).isEqualTo(2);
  }

  @Test
  void unknownTargetIsRefusedAndNothingMoves() {
    assertThatThrownBy(() -> all().moveTo(FolderPath.of("Nowhere")))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
    assertThatThrownBy(() -> all().copyTo(FolderPath.of("Nowhere")))
        .isInstanceOf(RejectedException.class);
    assertThat(inbox.counts().total()).isEqualTo(3);
  }

  @Test
  void trashIsMadeOnceAndKeepsWhatIsInIt() {
    message(0).trash();
    message(1).trash();
    all().trash();
    Folder trash = mailbox.folder(FolderRole.TRASH).orElseThrow();
    assertThat(trash.path()).isEqualTo(FolderPath.of("Trash"));
    assertThat(trash.counts().total()).isEqualTo(3);
    assertThat(mailbox.folders()).hasSize(3);
  }

  @Test
  void folderThatIsNamedTrashBecomesTheTrash() {
    mailbox.createFolder(FolderPath.of("Trash"));
    message(0).trash();
    assertThat(mailbox.folder(FolderRole.TRASH).orElseThrow().counts().total()).isEqualTo(1);
  }

  @Test
  void deletedMessagesAreGoneForGood() {
    FeedPosition before = mailbox.lastChange();
    Message snapshot = message(0);
    assertThat(all().delete()).isEqualTo(Outcome.LOCAL);
    assertThat(mailbox.find(ids.get(0))).isEmpty();
    assertThatThrownBy(snapshot::content).isInstanceOf(dev.mailbox.MessageGoneException.class);
    assertThatThrownBy(snapshot::headers).isInstanceOf(dev.mailbox.MessageGoneException.class);
    assertThat(mailbox.changes(before, 10))
        .hasSize(3)
        .allMatch(c -> ((Change.Removed) c).cause() == Change.Cause.DELETED_HERE);
    assertThat(mailbox.verify().messages()).isZero();
  }

  @Test
  void actionsOnWhatIsGoneDoNothing() {
    Message snapshot = message(0);
    snapshot.delete();
    FeedPosition before = mailbox.lastChange();
    snapshot.mark(Flag.SEEN);
    snapshot.moveTo(KEPT);
    snapshot.copyTo(KEPT);
    snapshot.delete();
    mailbox.messages(List.of(new MessageId("foreign-1"), new MessageId("x"))).delete();
    mailbox.messages(List.of()).mark(Flag.SEEN);
    assertThat(mailbox.lastChange()).isEqualTo(before);
  }

  @Test
  void messageNamedTwiceIsActedOnOnce() {
    List<MessageId> twice = List.of(ids.get(0), ids.get(0));
    mailbox.messages(twice).copyTo(KEPT);
    assertThat(kept().counts().total()).isEqualTo(1);
  }

  @Test
  void everythingIsThereAfterReopening() {
    message(0).mark(Flag.SEEN, Flag.keyword("k"));
    message(1).moveTo(KEPT);
    message(2).delete();
    FeedPosition last = mailbox.lastChange();
    mailbox.close();
    mailbox = StoreFixture.offline(directory);
    assertThat(message(0).flags()).containsExactlyInAnyOrder(Flag.SEEN, Flag.keyword("k"));
    assertThat(message(1).folder()).isEqualTo(KEPT);
    assertThat(mailbox.find(ids.get(2))).isEmpty();
    assertThat(mailbox.lastChange()).isEqualTo(last);
    message(0).unmark(Flag.SEEN);
    assertThat(mailbox.lastChange().value()).isEqualTo(last.value() + 1);
  }

  @Test
  void pagesFollowTheOrderOfArrival() {
    for (int i = 3; i < 25; i++) {
      StoreFixture.append(inbox, StoreFixture.mail("m" + i), StoreFixture.NOON.plusSeconds(i / 4));
    }
    List<Message> all = inbox.newest(100);
    List<MessageId> paged = new ArrayList<>();
    List<Message> page = inbox.newest(7);
    while (!page.isEmpty()) {
      page.forEach(message -> paged.add(message.id()));
      page = inbox.olderThan(page.get(page.size() - 1).id(), 7);
    }
    assertThat(paged).containsExactlyElementsOf(all.stream().map(Message::id).toList());
    assertThat(all).isSortedAccordingTo((a, b) -> b.receivedAt().compareTo(a.receivedAt()));
    assertThat(inbox.olderThan(new MessageId("foreign-1"), 5)).isEmpty();
    assertThatThrownBy(() -> inbox.newest(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> inbox.olderThan(ids.get(0), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
