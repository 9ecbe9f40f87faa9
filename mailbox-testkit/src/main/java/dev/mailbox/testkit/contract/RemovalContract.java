// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.raws;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the server loses: what was chosen, only what is durable here, and never more. */
public interface RemovalContract extends ContractSubject {
  @Test
  default void afterDownloadEmptiesTheServerAndTheCopyIsWhole() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(10));
      List<String> expected = account.held();
      Mailbox mailbox = account.open(account.config().removal(Removal.afterDownload()));

      SyncReport report = mailbox.sync();

      assertThat(report.deleted()).isEqualTo(10);
      assertThat(report.unconfirmed()).isZero();
      assertThat(account.held()).isEmpty();
      assertThat(raws(mailbox)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  default void whatWasRemovedAfterDownloadStaysHere() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      MailboxConfig.Builder config = account.config().removal(Removal.afterDownload());
      Mailbox mailbox = account.open(config);
      mailbox.sync();

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
      mailbox.close();
      assertThat(account.openOffline().inbox().newest(10))
          .hasSize(3)
          .allMatch(Message::isDownloaded);
    }
  }

  @Test
  default void neverKeepsEverythingOnTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      List<String> before = account.held();
      Mailbox mailbox = account.open(account.config().removal(Removal.never()));

      mailbox.sync();
      mailbox.sync();

      assertThat(account.held()).isEqualTo(before);
    }
  }

  @Test
  default void withoutAChoiceTheServerKeepsWhatLivesThere() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.inMemory().keepIn(account.store()));

      mailbox.sync();

      assertThat(account.held()).hasSize(account.livesOnServer() ? 2 : 0);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void ageKeepsYoungMessagesOnTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      MailboxConfig.Builder config = account.config().removal(Removal.after(Duration.ofDays(1)));
      Mailbox mailbox = account.open(config);

      mailbox.sync();
      mailbox.sync();

      assertThat(account.held()).hasSize(2);
    }
  }

  @Test
  default void ageThatHasPassedRemovesFromTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.config().removal(Removal.after(Duration.ZERO)));

      mailbox.sync();
      mailbox.sync();

      assertThat(account.held()).isEmpty();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void changingFromNeverToAfterDownloadRemovesWhatIsAlreadyHere() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(3)).close();
      Mailbox mailbox = account.open(account.config().removal(Removal.afterDownload()));

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(report.deleted()).isEqualTo(3);
      assertThat(account.held()).isEmpty();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  default void afterHandledRemovesWhatWasHandledAndNothingElse() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open(account.config().removal(Removal.afterHandled()));

      try (Receiver receiver = mailbox.receiver("tickets")) {
        int handled =
            receiver.handlePending(
                delivery -> {
                  if (delivery.message().envelope().subject().equals("message 2")) {
                    throw new IOException("not now");
                  }
                });
        assertThat(handled).isEqualTo(2);
      }

      assertThat(account.held()).singleElement().asString().contains("message 2");
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  default void afterHandledRemovesNothingWithoutAReceiver() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.config().removal(Removal.afterHandled()));

      mailbox.sync();
      mailbox.sync();

      assertThat(account.held()).hasSize(2);
    }
  }

  @Test
  default void afterHandledKeepsWhatThisProgramPutIntoTheInbox() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.config().removal(Removal.afterHandled()));
      mailbox.sync();
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();
      byte[] raw = Mail.of("appended").bytes(Account.FIRST_ARRIVAL);

      try (Receiver receiver = mailbox.receiver("tickets")) {
        receiver.handlePending(delivery -> {});
        assertThat(account.held()).isEmpty();
        mailbox.inbox().append(new ByteArrayInputStream(raw), Account.FIRST_ARRIVAL, Set.of());
        mailbox
            .folder(archive)
            .orElseThrow()
            .append(new ByteArrayInputStream(raw), Account.FIRST_ARRIVAL, Set.of());
        mailbox.folder(archive).orElseThrow().newest(1).get(0).moveTo(FolderPath.INBOX);
        receiver.handlePending(delivery -> {});
        mailbox.sync();
      }

      assertThat(account.held().isEmpty()).isEqualTo(!account.livesOnServer());
      assertThat(subjects(mailbox.inbox().newest(10))).contains("appended");
    }
  }

  @Test
  default void afterHandledWaitsForAllReceivers() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.config().removal(Removal.afterHandled()));
      try (Receiver tickets = mailbox.receiver("tickets")) {
        Receiver audit = mailbox.receiver("audit");
        tickets.handlePending(delivery -> {});
        assertThat(account.held()).hasSize(2);

        audit.forget();
        mailbox.sync();
      }

      assertThat(account.held()).isEmpty();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void changingToAfterHandledRemovesWhatWasHandledBefore() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      try (Receiver receiver = mailbox.receiver("tickets")) {
        receiver.handlePending(delivery -> {});
      }
      mailbox.close();
      account.deliver(Mail.of("new"));
      Mailbox reopened = account.open(account.config().removal(Removal.afterHandled()));

      reopened.sync();

      assertThat(account.held()).singleElement().asString().contains("new");
      assertThat(reopened.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  default void changingFromAfterHandledToNeverKeepsWhatWasHandled() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.config().removal(Removal.afterHandled()));
      mailbox.sync();
      mailbox.close();
      Mailbox reopened = account.open();

      try (Receiver receiver = reopened.receiver("tickets")) {
        receiver.handlePending(delivery -> {});
      }
      reopened.sync();

      assertThat(account.held()).hasSize(2);
    }
  }

  @Test
  default void afterHandledKeepsWhatIsOfAnotherFolder() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.config().removal(Removal.afterHandled()));
      mailbox.sync();
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();
      bySubject(mailbox, "message 1").moveTo(archive);

      try (Receiver receiver = mailbox.receiver("tickets")) {
        receiver.handlePending(delivery -> {});
      }
      mailbox.sync();

      assertThat(account.held()).isEmpty();
      assertThat(subjects(mailbox.folder(archive).orElseThrow().newest(10)))
          .containsExactly("message 1");
      Mailbox other = account.open(account.otherDevice());
      other.sync();
      assertThat(other.folder(archive).stream().mapToLong(f -> f.counts().total()).sum())
          .isEqualTo(account.livesOnServer() ? 1 : 0);
    }
  }

  @Test
  default void headersAloneRemoveNothing() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open(account.onDemand().removal(Removal.afterDownload()));

      SyncReport report = mailbox.sync();

      assertThat(report.headersOnly()).isEqualTo(3);
      assertThat(report.deleted()).isZero();
      assertThat(account.held()).hasSize(3);
    }
  }

  @Test
  default void messagesOutOfScopeAreNotRemoved() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(5));
      List<String> older = account.held().subList(0, 3);
      Mailbox mailbox =
          account.open(
              account
                  .config()
                  .scope(SyncScope.everything().bodies(BodyPolicy.all()).newest(2))
                  .removal(Removal.afterDownload()));

      mailbox.sync();

      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 5", "message 4");
      assertThat(account.held()).isEqualTo(older);
    }
  }

  @Test
  default void messageOverTheSizeLimitIsNotRemoved() {
    try (Account account = Account.of(this)) {
      account.deliver(
          Mail.of("huge").body("too much\n".repeat(20_000)), Mail.of("small").body("fine\n"));
      String huge = account.held().get(0);
      Mailbox mailbox =
          account.open(account.config().maxMessageBytes(50_000).removal(Removal.afterDownload()));

      mailbox.sync();

      assertThat(account.held()).containsExactly(huge);
      assertThat(subjects(mailbox.inbox().newest(10))).contains("small");
    }
  }

  @Test
  default void whatIsDeletedHereIsDeletedThereAndDoesNotComeBack() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      Message message = bySubject(mailbox, "message 2");
      message.delete();

      mailbox.sync();
      SyncReport again = mailbox.sync();

      assertThat(again.downloaded()).isZero();
      assertThat(mailbox.find(message.id())).isEmpty();
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 3", "message 1");
      assertThat(account.held()).hasSize(2).noneMatch(raw -> raw.contains("message 2"));
    }
  }

  @Test
  default void deletionIsRememberedAcrossReopen() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      bySubject(mailbox, "message 1").delete();
      mailbox.close();
      Mailbox reopened = account.open();

      reopened.sync();

      assertThat(subjects(reopened.inbox().newest(10))).containsExactly("message 2");
      assertThat(account.held()).hasSize(1).allMatch(raw -> raw.contains("message 2"));
    }
  }

  @Test
  default void movedMessageIsDeletedOnTheServerToo() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();
      Message message = bySubject(mailbox, "message 1");
      message.moveTo(archive);
      message.delete();

      mailbox.sync();

      assertThat(mailbox.find(message.id())).isEmpty();
      assertThat(account.held()).hasSize(1).allMatch(raw -> raw.contains("message 2"));
    }
  }

  @Test
  default void deletingACopyLeavesTheOriginalOnTheServer() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("original"));
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();
      bySubject(mailbox, "original").copyTo(archive);
      mailbox.folder(archive).orElseThrow().newest(1).get(0).delete();

      mailbox.sync();

      assertThat(account.held()).hasSize(1);
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("original");
    }
  }

  @Test
  default void whatAnotherDeviceRemovedStaysWhereMailLivesHere() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Mailbox other = account.open(account.otherDevice());
      other.sync();
      bySubject(other, "message 1").delete();
      other.sync();

      mailbox.sync();

      assertThat(account.held()).hasSize(1);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(account.livesOnServer() ? 1 : 2);
    }
  }
}
