// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;
import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.raw;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.Removal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Without a store on disk: nothing is written, nothing is removed, and everything works. */
public interface MemoryStoreContract extends ContractSubject {
  @Test
  default void nothingIsWrittenWhereNobodySaidSo() throws IOException {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Set<Path> before = list(Path.of(""));
      Mailbox mailbox = account.open(account.inMemory());

      mailbox.sync();
      for (Message message : mailbox.inbox().search(all())) {
        assertThat(message.content().text()).isNotEmpty();
      }

      assertThat(mailbox.config().store()).isEmpty();
      assertThat(list(Path.of(""))).isEqualTo(before);
      assertThat(account.store()).doesNotExist();
    }
  }

  private static Set<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.collect(Collectors.toSet());
    }
  }

  @Test
  default void searchFindsWhatIsOnTheServerWithoutSync() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(5));
      Mailbox mailbox = account.open(account.inMemory());

      SearchResult result = mailbox.inbox().search(subject("message 2"));

      assertThat(subjects(result)).containsExactly("message 2");
      assertThat(result.complete()).isTrue();
    }
  }

  @Test
  default void searchLooksIntoBodiesOnTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one").body("xylophone\n"), Mail.of("two"));
      Mailbox mailbox = account.open(account.inMemory());

      assertThat(subjects(mailbox.inbox().search(text("xylophone")))).containsExactly("one");
      assertThat(subjects(mailbox.search(text("xylophone")))).containsExactly("one");
    }
  }

  @Test
  default void searchSeesWhatCameSinceTheLast() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("message one"));
      Mailbox mailbox = account.open(account.inMemory());
      assertThat(mailbox.inbox().search(subject("message")).size()).isEqualTo(1);

      account.deliver(Mail.of("message two"));

      assertThat(subjects(mailbox.inbox().search(subject("message"))))
          .containsExactly("message two", "message one");
    }
  }

  @Test
  default void searchWithoutAServerIsIncomplete() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      Mailbox mailbox = account.open(account.unreachable(account.inMemory()));

      SearchResult result = mailbox.inbox().search(subject("one"));

      assertThat(result.isEmpty()).isTrue();
      assertThat(result.complete()).isFalse();
    }
  }

  @Test
  default void syncWorksAndBytesAreEqual() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      String expected = account.held().get(0);
      Mailbox mailbox = account.open(account.inMemory());

      mailbox.sync();

      assertThat(subjects(mailbox.inbox().newest(10)))
          .containsExactly("message 3", "message 2", "message 1");
      assertThat(raw(bySubject(mailbox, "message 1"))).isEqualTo(expected);
      assertThat(mailbox.sync().downloaded()).isZero();
    }
  }

  @Test
  default void serverKeepsEverything() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      var before = account.held();
      Mailbox mailbox = account.open(account.inMemory());

      mailbox.sync();
      assertThat(mailbox.inbox().search(all()).prefetch()).allMatch(Message::isDownloaded);
      mailbox.sync();
      mailbox.close();

      assertThat(account.held()).isEqualTo(before);
    }
  }

  @Test
  default void copyEndsWithTheMailbox() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      Mailbox first = account.open(account.inMemory());
      first.sync();
      first.close();

      Mailbox second = account.open(account.unreachable(account.inMemory()));

      assertThat(second.inbox().newest(10)).isEmpty();
    }
  }

  @Test
  default void twoMailboxesInMemoryKnowNothingOfEachOther() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one"));
      Mailbox first = account.open(account.inMemory());
      Mailbox second = account.open(account.unreachable(account.inMemory()));

      first.sync();

      assertThat(first.inbox().newest(10)).hasSize(1);
      assertThat(second.inbox().newest(10)).isEmpty();
    }
  }

  @Test
  default void actionsAndFoldersWork() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.inMemory());
      mailbox.sync();
      mailbox.createFolder(ARCHIVE);
      Message message = bySubject(mailbox, "message 1");

      message.mark(Flag.SEEN);
      message.moveTo(ARCHIVE);

      assertThat(now(mailbox, message).folder()).isEqualTo(ARCHIVE);
      assertThat(now(mailbox, message).has(Flag.SEEN)).isTrue();
    }
  }

  @Test
  default void deletingReachesTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open(account.inMemory());
      mailbox.sync();

      bySubject(mailbox, "message 1").delete();
      mailbox.sync();

      assertThat(account.held()).hasSize(1).allMatch(raw -> raw.contains("message 2"));
    }
  }

  @Test
  default void syncWithoutAServerIsAConnectionProblem() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open(account.unreachable(account.inMemory()));

      assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
    }
  }

  @Test
  default void removalWithoutAStoreOnDiskIsRefusedWhenTheConfigurationIsBuilt() {
    try (Account account = Account.of(this)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> account.inMemory().removal(Removal.afterDownload()).build())
          .withMessageContaining("keepIn");
      assertThatIllegalStateException()
          .isThrownBy(() -> account.inMemory().removal(Removal.after(Duration.ofDays(1))).build())
          .withMessageContaining("keepIn");
      assertThat(account.inMemory().removal(Removal.never()).build().store()).isEmpty();
    }
  }
}
