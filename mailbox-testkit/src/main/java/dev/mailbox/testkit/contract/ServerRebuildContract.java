// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.FolderPath.INBOX;
import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Account.LATER;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.HeldMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The copy after a loss: of itself, or of the server's numbers. */
public interface ServerRebuildContract extends ResidentSubject {
  @Test
  default void lostStoreIsRebuiltFromTheServer() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(4));
      mailbox.createFolder(ARCHIVE);
      bySubject(mailbox, "message 1").mark(Flag.SEEN, LATER);
      bySubject(mailbox, "message 2").moveTo(ARCHIVE);
      bySubject(mailbox, "message 3").delete();
      List<List<Object>> before = all(mailbox);
      mailbox.close();
      deleteAll(account.store());

      Mailbox rebuilt = account.open();
      SyncReport report = rebuilt.sync();

      assertThat(report.downloaded()).isEqualTo(3);
      assertThat(all(rebuilt)).isEqualTo(before);
    }
  }

  /** What each message is, but for its id. */
  private static List<List<Object>> all(Mailbox mailbox) {
    return mailbox.folders().stream()
        .flatMap(folder -> folder.newest(100).stream())
        .map(
            message ->
                List.<Object>of(
                    message.folder(),
                    Reading.raw(message),
                    message.flags(),
                    message.receivedAt(),
                    message.serverId(),
                    message.sizeInBytes()))
        .toList();
  }

  @Test
  default void renumberedFolderKeepsIdsAndFetchesNoBodyAgain() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(5));
      bySubject(mailbox, "message 2").mark(Flag.SEEN, LATER);
      Map<String, MessageId> before = ids(mailbox);
      FeedPosition start = mailbox.lastChange();
      mailbox.close();
      There there = There.of(this, account);
      there.remove(INBOX, "message 1");
      there.mailbox().renumber(INBOX);

      Mailbox renumbered = account.open();
      SyncReport report = renumbered.sync();

      assertThat(report.downloaded()).isZero();
      before.remove("message 1");
      assertThat(ids(renumbered)).isEqualTo(before);
      assertThat(bySubject(renumbered, "message 2").flags())
          .containsExactlyInAnyOrder(Flag.SEEN, LATER);
      assertThat(renumbered.changes(start, 100)).singleElement().isInstanceOf(Change.Removed.class);
      HeldMessage third = there.message(INBOX, "message 3");
      assertThat(bySubject(renumbered, "message 3").serverId())
          .contains(there.mailbox().serverId(INBOX, third.id()));
    }
  }

  private static Map<String, MessageId> ids(Mailbox mailbox) {
    Map<String, MessageId> ids = new HashMap<>();
    mailbox.inbox().newest(100).forEach(m -> ids.put(m.envelope().subject(), m.id()));
    return ids;
  }

  @Test
  default void renumberedTwinsStayTwo() {
    try (Account account = Account.of(this)) {
      Mail twin = Mail.of("twin").arrived("2026-11-02T10:00:00Z");
      Mailbox mailbox = account.synced(twin, twin, Mail.of("other"));
      List<MessageId> before = mailbox.inbox().newest(10).stream().map(Message::id).toList();
      mailbox.close();
      There.of(this, account).mailbox().renumber(INBOX);

      Mailbox renumbered = account.open();
      renumbered.sync();

      assertThat(subjects(renumbered.inbox().newest(10)))
          .containsExactlyInAnyOrder("twin", "twin", "other");
      assertThat(renumbered.inbox().newest(10))
          .extracting(Message::id)
          .contains(idOf(renumbered, "other", before));
    }
  }

  private static MessageId idOf(Mailbox mailbox, String subject, List<MessageId> known) {
    MessageId id = bySubject(mailbox, subject).id();
    assertThat(known).contains(id);
    return id;
  }

  @Test
  default void actionsAfterARenumberingMeanTheSameMessages() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      Message second = bySubject(mailbox, "message 2");
      mailbox.close();
      There there = There.of(this, account);
      there.remove(INBOX, "message 1");
      there.mailbox().renumber(INBOX);
      Mailbox renumbered = account.open();
      renumbered.sync();

      now(renumbered, second).mark(Flag.FLAGGED);

      assertThat(there.message(INBOX, "message 2").flags()).containsExactly("\\Flagged");
      assertThat(there.message(INBOX, "message 3").flags()).isEmpty();
    }
  }

  @Test
  default void queuedActionsAreNotDoneToOtherMessagesAfterARenumbering() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(3)).close();
      Mailbox offline = account.open(account.unreachable());
      bySubject(offline, "message 1").delete();
      bySubject(offline, "message 2").mark(Flag.SEEN);
      offline.close();
      There there = There.of(this, account);
      there.remove(INBOX, "message 1");
      there.mailbox().renumber(INBOX);

      Mailbox mailbox = account.open();
      mailbox.sync();

      assertThat(there.subjects(INBOX)).containsExactly("message 2", "message 3");
      assertThat(there.message(INBOX, "message 3").flags()).isEmpty();
      Folder inbox = mailbox.inbox();
      assertThat(subjects(inbox.newest(10))).containsExactly("message 3", "message 2");
    }
  }

  private static void deleteAll(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
