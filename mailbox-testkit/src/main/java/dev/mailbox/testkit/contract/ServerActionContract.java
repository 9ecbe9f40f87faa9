// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.FolderPath.INBOX;
import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Account.FIRST_ARRIVAL;
import static dev.mailbox.testkit.contract.Account.LATER;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.bytes;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static dev.mailbox.testkit.contract.Reading.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Residence;
import dev.mailbox.sync.Removal;
import dev.mailbox.testkit.HeldMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Moving, copying, appending and deleting, as another client sees it on the server. */
public interface ServerActionContract extends ResidentSubject {
  @Test
  default void movedMessageIsMovedThereAsItWas() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      There there = There.of(this, account);
      HeldMessage before = there.message(INBOX, "message 1");
      mailbox.createFolder(ARCHIVE);
      Message message = bySubject(mailbox, "message 1");
      message.mark(Flag.SEEN, LATER);

      assertThat(message.moveTo(ARCHIVE)).isEqualTo(Outcome.ON_SERVER);

      assertThat(there.subjects(INBOX)).containsExactly("message 2");
      HeldMessage moved = there.message(ARCHIVE, "message 1");
      assertThat(moved.raw()).isEqualTo(before.raw());
      assertThat(moved.arrivedAt()).isEqualTo(before.arrivedAt());
      assertThat(moved.flags()).containsExactlyInAnyOrder("\\Seen", "later");
      assertThat(now(mailbox, message).serverId())
          .contains(there.mailbox().serverId(ARCHIVE, moved.id()));
    }
  }

  @Test
  default void copiedMessageIsCopiedThereAsItWas() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      There there = There.of(this, account);
      HeldMessage before = there.message(INBOX, "one");
      Folder archive = mailbox.createFolder(ARCHIVE);
      onlyOne(mailbox).mark(Flag.FLAGGED);

      assertThat(onlyOne(mailbox).copyTo(ARCHIVE)).isEqualTo(Outcome.ON_SERVER);
      mailbox.sync();

      HeldMessage copy = there.message(ARCHIVE, "one");
      assertThat(copy.raw()).isEqualTo(before.raw());
      assertThat(copy.arrivedAt()).isEqualTo(before.arrivedAt());
      assertThat(copy.flags()).containsExactly("\\Flagged");
      assertThat(there.subjects(INBOX)).containsExactly("one");
      assertThat(archive.newest(10)).hasSize(1);
      assertThat(archive.newest(1).get(0).serverId())
          .contains(there.mailbox().serverId(ARCHIVE, copy.id()));
    }
  }

  @Test
  default void appendedMessageIsThereWithItsBytesFlagsAndDate() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      There there = There.of(this, account);
      String raw = "Subject: mine\r\nX-Odd:   a \t\r\n\r\n.\r\n.dot\r\nGr\u00fc\u00dfe\r\n";

      Appended appended =
          mailbox
              .inbox()
              .append(
                  new ByteArrayInputStream(bytes(raw)), FIRST_ARRIVAL, Set.of(Flag.SEEN, LATER));
      mailbox.sync();

      HeldMessage held = there.message(INBOX, "mine");
      assertThat(text(held.raw())).isEqualTo(raw);
      assertThat(held.flags()).containsExactlyInAnyOrder("\\Seen", "later");
      assertThat(held.arrivedAt()).isEqualTo(FIRST_ARRIVAL);
      assertThat(onlyOne(mailbox).id()).isEqualTo(appended.id());
      assertThat(onlyOne(mailbox).serverId()).contains(there.mailbox().serverId(INBOX, held.id()));
    }
  }

  @Test
  default void deletingLeavesAloneWhatOthersHaveMarked() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      There there = There.of(this, account);
      there.flag(INBOX, "message 1", "\\Deleted");

      assertThat(bySubject(mailbox, "message 2").delete()).isEqualTo(Outcome.ON_SERVER);
      mailbox.sync();

      assertThat(there.subjects(INBOX)).containsExactly("message 1", "message 3");
      assertThat(there.message(INBOX, "message 1").flags()).containsExactly("\\Deleted");
    }
  }

  @Test
  default void movingLeavesAloneWhatOthersHaveMarked() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      There there = There.of(this, account);
      mailbox.createFolder(ARCHIVE);
      there.flag(INBOX, "message 1", "\\Deleted");

      bySubject(mailbox, "message 2").moveTo(ARCHIVE);
      mailbox.close();

      assertThat(there.subjects(INBOX)).containsExactly("message 1");
      assertThat(there.subjects(ARCHIVE)).containsExactly("message 2");
    }
  }

  @Test
  default void trashIsTheServersOwn() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      var trash = there.mailbox().createFolder(FolderRole.TRASH);
      Mailbox mailbox = account.synced(Mail.several(2));

      bySubject(mailbox, "message 1").trash();

      assertThat(there.subjects(INBOX)).containsExactly("message 2");
      assertThat(there.subjects(trash)).containsExactly("message 1");
      assertThat(there.mailbox().folders()).hasSize(2);
    }
  }

  @Test
  default void queuedActionsReachTheServerInTheirOrder() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(4));
      mailbox.createFolder(ARCHIVE);
      mailbox.close();
      There there = There.of(this, account);
      doOffline(account);
      assertThat(there.subjects(INBOX)).hasSize(4);

      Mailbox online = account.open();
      assertThat(online.flush(Duration.ofSeconds(20))).isTrue();

      assertThat(online.failedActions()).isEmpty();
      assertThat(online.status().queuedActions()).isZero();
      assertThat(there.subjects(INBOX)).containsExactly("message 1", "message 3", "mine");
      assertThat(there.message(INBOX, "message 1").flags()).containsExactly("\\Seen");
      assertThat(there.subjects(ARCHIVE)).containsExactlyInAnyOrder("message 2", "message 3");
      assertThat(there.message(ARCHIVE, "message 2").flags()).containsExactly("\\Flagged");
      online.sync();
      assertThat(subjects(online.inbox().newest(10)))
          .containsExactlyInAnyOrder("message 1", "message 3", "mine");
    }
  }

  private static void doOffline(Account account) {
    Mailbox offline = account.open(account.unreachable());
    bySubject(offline, "message 1").mark(Flag.SEEN);
    bySubject(offline, "message 2").mark(Flag.FLAGGED);
    bySubject(offline, "message 2").moveTo(ARCHIVE);
    bySubject(offline, "message 3").copyTo(ARCHIVE);
    bySubject(offline, "message 4").delete();
    byte[] raw = bytes("Subject: mine\r\n\r\nx\r\n");
    Appended appended =
        offline
            .inbox()
            .append(new ByteArrayInputStream(raw), FIRST_ARRIVAL.plusSeconds(3600), Set.of());
    assertThat(appended.outcome()).isEqualTo(Outcome.QUEUED);
    assertThat(offline.status().queuedActions()).isPositive();
    offline.close();
  }

  @Test
  default void messageRemovedFromTheServerAfterDownloadLivesHere() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      MailboxConfig.Builder config = account.config().removal(Removal.afterDownload());
      Mailbox mailbox = account.open(config);

      mailbox.sync();

      There there = There.of(this, account);
      assertThat(there.subjects(INBOX)).isEmpty();
      Message message = bySubject(mailbox, "message 1");
      assertThat(message.residence()).isEqualTo(Residence.LOCAL);
      assertThat(message.mark(Flag.SEEN)).isEqualTo(Outcome.LOCAL);
      mailbox.sync();
      assertThat(now(mailbox, message).has(Flag.SEEN)).isTrue();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void removalAfterDownloadLeavesAloneWhatOthersHaveMarkedUntilItIsHere() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      account.deliver(Mail.of("big").body("much\n".repeat(20_000)), Mail.of("small"));
      there.flag(INBOX, "big", "\\Deleted");
      Mailbox mailbox =
          account.open(account.config().maxMessageBytes(50_000).removal(Removal.afterDownload()));

      mailbox.sync();

      assertThat(there.subjects(INBOX)).containsExactly("big");
    }
  }
}
