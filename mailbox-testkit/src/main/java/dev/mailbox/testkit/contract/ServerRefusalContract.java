// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.FolderPath.INBOX;
import static dev.mailbox.testkit.contract.Account.FIRST_ARRIVAL;
import static dev.mailbox.testkit.contract.Reading.bytes;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static dev.mailbox.testkit.contract.There.SHARED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the server refuses is undone here, at once or when its turn in the queue comes. */
public interface ServerRefusalContract extends ResidentSubject {
  /** What was synchronized before the folder became one that can only be read. */
  private There readOnly(Account account) {
    There there = There.of(this, account);
    there.mailbox().createFolder(SHARED);
    there.deliver(SHARED, Mail.of("kept"));
    account.synced(Mail.of("one")).close();
    there.mailbox().makeReadOnly(SHARED);
    return there;
  }

  private static Message shared(Mailbox mailbox) {
    return mailbox.folder(SHARED).orElseThrow().newest(1).get(0);
  }

  @Test
  default void flagOfAFolderThatCanOnlyBeReadIsRolledBack() {
    try (Account account = Account.of(this)) {
      There there = readOnly(account);
      Mailbox mailbox = account.open();

      assertRejected(() -> shared(mailbox).mark(Flag.FLAGGED));

      assertThat(shared(mailbox).flags()).isEmpty();
      mailbox.sync();
      assertThat(shared(mailbox).flags()).isEmpty();
      assertThat(there.message(SHARED, "kept").flags()).isEmpty();
      assertThat(mailbox.status().queuedActions()).isZero();
    }
  }

  @Test
  default void deletionInAFolderThatCanOnlyBeReadIsRolledBack() {
    try (Account account = Account.of(this)) {
      There there = readOnly(account);
      Mailbox mailbox = account.open();
      Message message = shared(mailbox);

      assertRejected(message::delete);
      assertRejected(() -> message.moveTo(INBOX));

      assertThat(shared(mailbox).id()).isEqualTo(message.id());
      mailbox.sync();
      assertThat(shared(mailbox).id()).isEqualTo(message.id());
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("one");
      assertThat(there.subjects(SHARED)).containsExactly("kept");
      assertThat(there.subjects(INBOX)).containsExactly("one");
    }
  }

  @Test
  default void nothingIsPutIntoAFolderThatCanOnlyBeRead() {
    try (Account account = Account.of(this)) {
      There there = readOnly(account);
      Mailbox mailbox = account.open();
      Folder shared = mailbox.folder(SHARED).orElseThrow();
      Message message = onlyOne(mailbox);

      assertRejected(() -> append(shared, "mine"));
      assertRejected(() -> message.copyTo(SHARED));
      assertRejected(() -> message.moveTo(SHARED));

      assertThat(subjects(shared.newest(10))).containsExactly("kept");
      assertThat(onlyOne(mailbox).id()).isEqualTo(message.id());
      assertThat(there.subjects(SHARED)).containsExactly("kept");
      assertThat(there.subjects(INBOX)).containsExactly("one");
    }
  }

  @Test
  default void queuedActionThatIsRefusedIsRolledBackAndTold() {
    try (Account account = Account.of(this)) {
      There there = readOnly(account);
      Mailbox offline = account.open(account.unreachable());
      assertThat(shared(offline).mark(Flag.FLAGGED)).isEqualTo(Outcome.QUEUED);
      assertThat(onlyOne(offline).mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
      FeedPosition start = offline.lastChange();
      offline.close();

      Mailbox mailbox = account.open();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();

      assertThat(shared(mailbox).flags()).isEmpty();
      assertThat(mailbox.failedActions())
          .singleElement()
          .satisfies(failed -> assertThat(failed.message()).contains(shared(mailbox).id()));
      assertThat(mailbox.changes(start, 100))
          .filteredOn(change -> change instanceof Change.ActionFailed)
          .hasSize(1);
      assertThat(there.message(INBOX, "one").flags()).containsExactly("\\Seen");
    }
  }

  @Test
  default void whatWasBuiltOnARefusedMoveFallsWithIt() {
    try (Account account = Account.of(this)) {
      There there = readOnly(account);
      Mailbox offline = account.open(account.unreachable());
      Message message = onlyOne(offline);
      message.moveTo(SHARED);
      message.mark(Flag.FLAGGED);
      offline.close();

      Mailbox mailbox = account.open();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();

      assertThat(onlyOne(mailbox).id()).isEqualTo(message.id());
      assertThat(onlyOne(mailbox).flags()).isEmpty();
      assertThat(mailbox.failedActions())
          .hasSize(2)
          .allSatisfy(failed -> assertThat(failed.message()).contains(message.id()));
      assertThat(there.message(INBOX, "one").flags()).isEmpty();
    }
  }

  @Test
  default void queuedAppendThatIsRefusedStaysHere() {
    try (Account account = Account.of(this)) {
      There there = readOnly(account);
      Mailbox offline = account.open(account.unreachable());
      append(offline.folder(SHARED).orElseThrow(), "mine");
      offline.close();

      Mailbox mailbox = account.open();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
      mailbox.sync();

      assertThat(mailbox.failedActions()).hasSize(1);
      assertThat(subjects(mailbox.folder(SHARED).orElseThrow().newest(10)))
          .containsExactlyInAnyOrder("mine", "kept");
      assertThat(there.subjects(SHARED)).containsExactly("kept");
    }
  }

  @Test
  default void whatDoesNotFitIsRejectedAndNotKept() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      account.synced(Mail.of("one")).close();
      there.mailbox().limit(5_000);
      Mailbox mailbox = account.open();

      assertThatThrownBy(() -> append(mailbox.inbox(), "much\r\n\r\n" + "x".repeat(9_000)))
          .isInstanceOfSatisfying(
              RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVER_QUOTA));

      mailbox.sync();
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("one");
      assertThat(there.subjects(INBOX)).containsExactly("one");
    }
  }

  private static void append(Folder folder, String subject) {
    byte[] raw = bytes("Subject: " + subject + "\r\n\r\n");
    assertThat(folder.append(new ByteArrayInputStream(raw), FIRST_ARRIVAL, Set.of())).isNotNull();
  }

  private static void assertRejected(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(RejectedException.class);
  }
}
