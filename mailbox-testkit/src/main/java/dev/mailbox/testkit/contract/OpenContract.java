// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.raw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ExportFormat;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.content.MessageContent;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Opening and closing: without the network, one at a time, and everything is still there. */
public interface OpenContract extends ContractSubject {
  @Test
  default void openingNeedsNoServer() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open(account.unreachable());

      assertThat(mailbox.inbox().newest(10)).isEmpty();
      assertThat(mailbox.folders()).extracting(Folder::path).contains(FolderPath.INBOX);
    }
  }

  @Test
  default void openingMakesTheDirectoryAndThoseAboveIt() {
    try (Account account = Account.of(this)) {
      var deep = account.store().resolve("a").resolve("b");

      account.open(account.config().keepIn(deep));

      assertThat(deep).isDirectory();
    }
  }

  @Test
  default void mailboxKnowsItsConfiguration() {
    try (Account account = Account.of(this)) {
      MailboxConfig config = account.config().build();

      try (Mailbox mailbox = open(config)) {
        assertThat(mailbox.config()).isSameAs(config);
      }
    }
  }

  @Test
  default void secondOpenOfAStoreIsRefusedAndNamesTheHolder() {
    try (Account account = Account.of(this)) {
      account.open();

      assertThatThrownBy(account::open)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_LOCKED))
          .hasMessageContaining(String.valueOf(ProcessHandle.current().pid()));
    }
  }

  @Test
  default void openingWaitsForTheLockAsLongAsItIsTold() {
    try (Account account = Account.of(this)) {
      Mailbox first = account.open();
      MailboxConfig.Builder patient = account.config().lockWait(Duration.ofSeconds(25));
      Background<Mailbox> second = Background.start(() -> account.open(patient));
      second.awaitWaiting();

      first.close();

      assertThat(second.result().inbox().newest(1)).isEmpty();
    }
  }

  @Test
  default void closedStoreCanBeOpenedAgainAtOnce() {
    try (Account account = Account.of(this)) {
      for (int i = 0; i < 3; i++) {
        Mailbox mailbox = account.open();
        assertThat(mailbox.inbox().counts().total()).isZero();
        mailbox.close();
      }
    }
  }

  @Test
  default void closingTwiceDoesNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open();

      mailbox.close();
      mailbox.close();

      assertThatIllegalStateException().isThrownBy(mailbox::folders);
    }
  }

  @Test
  default void closedMailboxRefusesUse() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder inbox = mailbox.inbox();
      Message message = onlyOne(mailbox);
      mailbox.close();

      assertThatIllegalStateException().isThrownBy(mailbox::check);
      assertThatIllegalStateException().isThrownBy(mailbox::sync);
      assertThatIllegalStateException().isThrownBy(mailbox::folders);
      assertThatIllegalStateException().isThrownBy(mailbox::status);
      assertThatIllegalStateException().isThrownBy(mailbox::lastChange);
      assertThatIllegalStateException().isThrownBy(() -> mailbox.find(message.id()));
      assertThatIllegalStateException().isThrownBy(() -> mailbox.changes(FeedPosition.START, 1));
      assertThatIllegalStateException().isThrownBy(() -> mailbox.search(Query.all()));
      assertThatIllegalStateException().isThrownBy(() -> mailbox.watch(change -> {}));
      assertThatIllegalStateException().isThrownBy(() -> inbox.newest(1));
      assertThatIllegalStateException().isThrownBy(inbox::counts);
      assertThatIllegalStateException().isThrownBy(message::content);
      assertThatIllegalStateException().isThrownBy(message::openRaw);
      assertThatIllegalStateException().isThrownBy(() -> message.mark(Flag.SEEN));
    }
  }

  @Test
  default void snapshotsCanBeReadAfterTheMailboxIsClosed() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);
      MessageId id = message.id();
      mailbox.close();

      assertThat(message.id()).isEqualTo(id);
      assertThat(message.envelope().subject()).isEqualTo("one");
      assertThat(message.folder()).isEqualTo(FolderPath.INBOX);
      assertThat(message.isDownloaded()).isTrue();
    }
  }

  @Test
  default void reopeningShowsEverythingWithoutAServer() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      mailbox.createFolder(FolderPath.of("Work", "2026"));
      Message message = mailbox.inbox().newest(1).get(0);
      message.mark(Flag.SEEN, Flag.keyword("later"));
      String before = raw(message);
      mailbox.close();

      Mailbox reopened = account.open(account.unreachable());

      Message after = reopened.find(message.id()).orElseThrow();
      assertThat(raw(after)).isEqualTo(before);
      assertThat(after.flags()).containsExactlyInAnyOrder(Flag.SEEN, Flag.keyword("later"));
      assertThat(after.contentId()).isEqualTo(message.contentId());
      assertThat(reopened.inbox().counts().total()).isEqualTo(3);
      assertThat(reopened.folder(FolderPath.of("Work", "2026"))).isPresent();
    }
  }

  @Test
  default void storeOfAnotherAccountIsRefusedAndLeftAsItWas() {
    try (Account owner = Account.of(this);
        Account other = Account.of(this)) {
      owner.synced(Mail.of("mine")).close();

      assertThatThrownBy(() -> other.open(other.config().keepIn(owner.store())))
          .isInstanceOfSatisfying(
              StoreException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.STORE_OTHER_ACCOUNT));

      assertThat(onlyOne(owner.open()).envelope().subject()).isEqualTo("mine");
    }
  }

  @Test
  default void fileInPlaceOfTheDirectoryIsAnUnreadableStore() throws IOException {
    try (Account account = Account.of(this)) {
      Files.writeString(account.store(), "precious");

      assertThatThrownBy(account::open)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_UNREADABLE))
          .hasMessageContaining(account.store().toString());
      assertThat(account.store()).hasContent("precious");
    }
  }

  @Test
  default void storeCanBeReadWithoutAnyServer() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(2)).close();

      Mailbox offline = account.openOffline();

      List<Message> messages = offline.inbox().newest(10);
      assertThat(messages).hasSize(2);
      assertThat(messages.get(0).content().text()).contains("message number 2");
      assertThat(offline.search(Query.subject("message 1")).size()).isEqualTo(1);
    }
  }

  @Test
  default void storeWithoutAServerRefusesWhatNeedsOne() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.of("one")).close();

      Mailbox offline = account.openOffline();

      assertThatIllegalStateException().isThrownBy(offline::check);
      assertThatIllegalStateException().isThrownBy(offline::sync);
      assertThat(offline.inbox().newest(10)).hasSize(1);
    }
  }

  @Test
  default void nothingIsReadFromAClosedMailbox() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Folder work = mailbox.createFolder(FolderPath.of("Work"));
      SearchResult result = mailbox.search(Query.all());
      Message message = result.page(0, 1).get(0);
      MessageContent content = message.content();
      mailbox.close();

      assertThatIllegalStateException().isThrownBy(content::text);
      assertThatIllegalStateException().isThrownBy(() -> content.root().open());
      assertThatIllegalStateException().isThrownBy(() -> content.root().headers());
      assertThatIllegalStateException().isThrownBy(message::headers);
      assertThatIllegalStateException().isThrownBy(message::toMimeMessage);
      assertThatIllegalStateException().isThrownBy(() -> result.page(0, 1));
      assertThatIllegalStateException().isThrownBy(() -> result.stream().toList());
      assertThatIllegalStateException().isThrownBy(result::delete);
      assertThatIllegalStateException().isThrownBy(() -> work.sync());
      assertThatIllegalStateException().isThrownBy(work::residence);
      assertThatIllegalStateException().isThrownBy(work::delete);
      assertThatIllegalStateException().isThrownBy(() -> work.rename(FolderPath.of("Job")));
      assertThat(content.root().contentType()).isEqualTo("text/plain");
      assertThat(content.attachments()).isEmpty();
      assertThat(result.ids()).hasSize(2);
    }
  }

  @Test
  default void closedMailboxHasNothingToTell() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder inbox = mailbox.inbox();
      Message message = onlyOne(mailbox);
      mailbox.close();

      assertThatIllegalStateException().isThrownBy(() -> mailbox.folder(FolderPath.INBOX));
      assertThatIllegalStateException().isThrownBy(() -> mailbox.folder(FolderRole.INBOX));
      assertThatIllegalStateException().isThrownBy(mailbox::failedActions);
      assertThatIllegalStateException().isThrownBy(mailbox::clearFailedActions);
      assertThatIllegalStateException().isThrownBy(() -> mailbox.flush(Duration.ZERO));
      assertThatIllegalStateException().isThrownBy(() -> mailbox.verify());
      assertThatIllegalStateException()
          .isThrownBy(() -> mailbox.export(ExportFormat.EML, account.directory("out")));
      assertThatIllegalStateException()
          .isThrownBy(() -> mailbox.createFolder(FolderPath.of("Work")));
      assertThatIllegalStateException()
          .isThrownBy(() -> mailbox.messages(List.of(message.id())).trash());
      assertThatIllegalStateException().isThrownBy(() -> inbox.olderThan(message.id(), 1));
      assertThatIllegalStateException().isThrownBy(() -> inbox.search(Query.all()));
      assertThatIllegalStateException()
          .isThrownBy(() -> inbox.append(message(), Instant.EPOCH, Set.of()));
      assertThat(mailbox.inbox().path()).isEqualTo(FolderPath.INBOX);
      assertThat(mailbox.config().store()).isPresent();
      assertThatThrownBy(() -> inbox.await(Query.all(), Duration.ZERO))
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    }
  }

  private static InputStream message() {
    return new ByteArrayInputStream("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
