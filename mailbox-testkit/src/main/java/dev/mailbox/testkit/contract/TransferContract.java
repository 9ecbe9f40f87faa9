// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.raw;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Moving and copying: ids, contents and flags, and what the next sync makes of them. */
public interface TransferContract extends ContractSubject {
  @Test
  default void movedMessageKeepsItsIdFlagsAndBytes() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Folder archive = mailbox.createFolder(ARCHIVE);
      Message message = bySubject(mailbox, "message 1");
      message.mark(Flag.SEEN);
      String before = raw(message);

      message.moveTo(ARCHIVE);

      Message moved = now(mailbox, message);
      assertThat(moved.folder()).isEqualTo(ARCHIVE);
      assertThat(moved.flags()).containsExactly(Flag.SEEN);
      assertThat(moved.contentId()).isEqualTo(message.contentId());
      assertThat(raw(moved)).isEqualTo(before);
      assertThat(subjects(archive.newest(10))).containsExactly("message 1");
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 2");
    }
  }

  @Test
  default void snapshotFromBeforeAMoveCanStillBeReadAndActedOn() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      mailbox.createFolder(ARCHIVE);
      Message before = onlyOne(mailbox);
      before.moveTo(ARCHIVE);

      before.mark(Flag.FLAGGED);

      assertThat(before.content().text()).contains("Hello.");
      assertThat(now(mailbox, before).has(Flag.FLAGGED)).isTrue();
    }
  }

  @Test
  default void movedMessageIsNeitherDownloadedAgainNorMovedBack() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      mailbox.createFolder(ARCHIVE);
      Message message = bySubject(mailbox, "message 1");
      message.moveTo(ARCHIVE);

      assertThat(mailbox.sync().downloaded()).isZero();
      mailbox.close();
      Mailbox reopened = account.open();
      assertThat(reopened.sync().downloaded()).isZero();

      assertThat(now(reopened, message).folder()).isEqualTo(ARCHIVE);
      assertThat(subjects(reopened.inbox().newest(10))).containsExactly("message 2");
      assertThat(reopened.folder(ARCHIVE).orElseThrow().counts().total()).isEqualTo(1);
    }
  }

  @Test
  default void movingThereAndBackKeepsTheId() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      mailbox.createFolder(ARCHIVE);
      Message message = onlyOne(mailbox);

      message.moveTo(ARCHIVE);
      message.moveTo(FolderPath.INBOX);
      mailbox.sync();

      assertThat(onlyOne(mailbox).id()).isEqualTo(message.id());
      assertThat(mailbox.folder(ARCHIVE).orElseThrow().counts().total()).isZero();
    }
  }

  @Test
  default void movingToTheSameFolderChangesNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);

      message.moveTo(FolderPath.INBOX);
      mailbox.sync();

      assertThat(onlyOne(mailbox).id()).isEqualTo(message.id());
    }
  }

  @Test
  default void copyHasItsOwnIdAndSharesTheContent() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder archive = mailbox.createFolder(ARCHIVE);
      Message original = onlyOne(mailbox);

      original.copyTo(ARCHIVE);

      Message copy = archive.newest(10).get(0);
      assertThat(copy.id()).isNotEqualTo(original.id());
      assertThat(copy.contentId()).isEqualTo(original.contentId());
      assertThat(raw(copy)).isEqualTo(raw(original));
      assertThat(copy.receivedAt()).isEqualTo(original.receivedAt());
      assertThat(now(mailbox, original).folder()).isEqualTo(FolderPath.INBOX);
    }
  }

  @Test
  default void copyTakesTheFlagsAndThenHasItsOwn() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder archive = mailbox.createFolder(ARCHIVE);
      Message original = onlyOne(mailbox);
      original.mark(Flag.SEEN);

      original.copyTo(ARCHIVE);
      original.unmark(Flag.SEEN);
      archive.newest(1).get(0).mark(Flag.FLAGGED);

      assertThat(archive.newest(1).get(0).flags())
          .containsExactlyInAnyOrder(Flag.SEEN, Flag.FLAGGED);
      assertThat(now(mailbox, original).flags()).isEmpty();
    }
  }

  @Test
  default void copyOutlivesItsOriginal() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder archive = mailbox.createFolder(ARCHIVE);
      Message original = onlyOne(mailbox);
      String before = raw(original);
      original.copyTo(ARCHIVE);

      original.delete();
      mailbox.sync();

      assertThat(archive.newest(10)).hasSize(1);
      assertThat(raw(archive.newest(10).get(0))).isEqualTo(before);
      assertThat(mailbox.inbox().counts().total()).isZero();
      assertThat(account.held()).isEmpty();
    }
  }

  @Test
  default void copyIntoTheSameFolderIsASecondMessage() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));

      onlyOne(mailbox).copyTo(FolderPath.INBOX);
      mailbox.sync();

      assertThat(mailbox.inbox().newest(10)).extracting(Message::id).doesNotHaveDuplicates();
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("one", "one");
    }
  }

  @Test
  default void copiesSurviveSyncAndReopen() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      mailbox.createFolder(ARCHIVE);
      List<MessageId> ids = mailbox.inbox().newest(3).stream().map(Message::id).toList();
      mailbox.messages(ids).copyTo(ARCHIVE);
      mailbox.sync();
      mailbox.close();

      Mailbox reopened = account.open();
      reopened.sync();

      assertThat(subjects(reopened.folder(ARCHIVE).orElseThrow().newest(10)))
          .containsExactly("message 3", "message 2", "message 1");
      assertThat(reopened.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  default void missingFolderIsRejectedAndNothingMoves() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Message message = bySubject(mailbox, "message 1");
      List<MessageId> ids = List.of(message.id(), bySubject(mailbox, "message 2").id());
      FolderPath nowhere = FolderPath.of("Nowhere");

      assertNotFound(() -> message.moveTo(nowhere));
      assertNotFound(() -> message.copyTo(nowhere));
      assertNotFound(() -> mailbox.messages(ids).moveTo(nowhere));

      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
      assertThat(mailbox.folder(nowhere)).isEmpty();
    }
  }

  private static void assertNotFound(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
        .hasMessageContaining("Nowhere");
  }
}
