// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;
import static dev.mailbox.search.Query.unread;
import static dev.mailbox.testkit.contract.Account.ARCHIVE;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.search.SearchResult;
import dev.mailbox.search.SortOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Results of a search: their order, their bounds, and what can be done with them. */
public interface SearchResultContract extends ContractSubject {
  @Test
  default void hitsComeInTheOrderAskedFor() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("banana").from("Zoe <a@example.org>").body("x\n".repeat(10)),
              Mail.of("Cherry").from("adam@example.org").body("x\n".repeat(3000)),
              Mail.of("apple").from("Mia <z@example.org>").body("x\n".repeat(500)));

      assertOrder(mailbox, SortOrder.NEWEST_FIRST, "apple", "Cherry", "banana");
      assertOrder(mailbox, SortOrder.OLDEST_FIRST, "banana", "Cherry", "apple");
      assertOrder(mailbox, SortOrder.LARGEST_FIRST, "Cherry", "apple", "banana");
      assertOrder(mailbox, SortOrder.SUBJECT, "apple", "banana", "Cherry");
      assertOrder(mailbox, SortOrder.FROM, "Cherry", "apple", "banana");
    }
  }

  @Test
  default void tiesAreBrokenByArrivalNewestFirst() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("same").arrived("2026-01-01T00:00:00Z"),
              Mail.of("SAME").arrived("2026-01-03T00:00:00Z"),
              Mail.of("Same").arrived("2026-01-02T00:00:00Z"));

      assertOrder(mailbox, SortOrder.SUBJECT, "SAME", "Same", "same");
      assertOrder(mailbox, SortOrder.FROM, "SAME", "Same", "same");
    }
  }

  private static void assertOrder(Mailbox mailbox, SortOrder order, String... subjects) {
    assertThat(subjects(mailbox.inbox().search(all().sortedBy(order))))
        .as("%s", order)
        .containsExactly(subjects);
  }

  @Test
  default void limitGivesTheFirstOfThatOrder() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(5));

      assertThat(subjects(mailbox.inbox().search(all().limit(2))))
          .containsExactly("message 5", "message 4");
      assertThat(subjects(mailbox.inbox().search(all().sortedBy(SortOrder.OLDEST_FIRST).limit(1))))
          .containsExactly("message 1");
      assertThatIllegalArgumentException().isThrownBy(() -> all().limit(0));
    }
  }

  @Test
  default void resultStaysTheSameWhileItsMessagesChange() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(5));
      mailbox.createFolder(ARCHIVE);
      SearchResult unread = mailbox.inbox().search(unread());
      int seen = 0;

      for (Message message : unread) {
        message.mark(Flag.SEEN);
        message.moveTo(ARCHIVE);
        seen++;
      }

      assertThat(seen).isEqualTo(5);
      assertThat(unread.size()).isEqualTo(5);
      assertThat(mailbox.inbox().counts().total()).isZero();
      assertThat(mailbox.inbox().search(unread()).isEmpty()).isTrue();
      assertThat(mailbox.folder(ARCHIVE).orElseThrow().counts().unread()).isZero();
    }
  }

  @Test
  default void messagesRemovedMeanwhileAreLeftOut() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(4));
      SearchResult result = mailbox.inbox().search(all());

      bySubject(mailbox, "message 3").delete();
      bySubject(mailbox, "message 1").mark(Flag.FLAGGED);

      assertThat(result.ids()).hasSize(4);
      assertThat(subjects(result)).containsExactly("message 4", "message 2", "message 1");
      assertThat(result.page(1, 2)).hasSizeBetween(1, 2);
      try (Stream<Message> messages = result.stream()) {
        assertThat(messages.filter(message -> message.has(Flag.FLAGGED))).hasSize(1);
      }
    }
  }

  @Test
  default void pagesCoverAllHitsInOrder() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(7));
      SearchResult result = mailbox.inbox().search(all());

      assertThat(subjects(result.page(0, 3)))
          .containsExactly("message 7", "message 6", "message 5");
      assertThat(subjects(result.page(5, 3))).containsExactly("message 2", "message 1");
      assertThat(result.page(7, 3)).isEmpty();
      try (Stream<Message> messages = result.stream()) {
        assertThat(messages.map(Message::id)).containsExactlyElementsOf(result.ids());
      }
    }
  }

  @Test
  default void resultOfManyHitsIsIteratedWhole() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("many"));
      MessageId first = mailbox.inbox().newest(1).get(0).id();
      for (int i = 0; i < 9; i++) {
        List<MessageId> ids = mailbox.inbox().search(all()).ids();
        mailbox.messages(ids).copyTo(FolderPath.INBOX);
      }

      SearchResult result = mailbox.inbox().search(all());

      assertThat(result.size()).isEqualTo(512);
      assertThat(subjects(result)).hasSize(512);
      assertThat(result.ids()).contains(first).doesNotHaveDuplicates();
    }
  }

  @Test
  default void actionsApplyToAllHits() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(4));
      SearchResult two = mailbox.inbox().search(subject("1").or(subject("2")));
      bySubject(mailbox, "message 1").delete();

      two.mark(Flag.SEEN);

      assertThat(mailbox.inbox().counts().unread()).isEqualTo(2);
      assertThat(bySubject(mailbox, "message 2").has(Flag.SEEN)).isTrue();
    }
  }

  @Test
  default void mailboxIsSearchedAcrossItsFolders() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      mailbox.createFolder(ARCHIVE);
      bySubject(mailbox, "message 2").moveTo(ARCHIVE);

      assertThat(subjects(mailbox.search(all())))
          .containsExactly("message 3", "message 2", "message 1");
      assertThat(subjects(mailbox.inbox().search(all()))).containsExactly("message 3", "message 1");
      assertThat(subjects(mailbox.search(text("message number 2")))).containsExactly("message 2");
      assertThat(mailbox.search(all().limit(2)).size()).isEqualTo(2);
    }
  }

  @Test
  default void searchWithEverythingHereIsComplete() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));

      assertThat(mailbox.inbox().search(text("number 2")).complete()).isTrue();
      assertThat(mailbox.inbox().search(subject("2")).complete()).isTrue();
    }
  }

  @Test
  default void searchFindsWordsInBodiesThatAreNotHere() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("far").body("xylophone\n"), Mail.of("other"));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();

      SearchResult result = mailbox.inbox().search(text("xylophone"));

      assertThat(subjects(result)).containsExactly("far");
      assertThat(result.complete()).isTrue();
    }
  }

  @Test
  default void searchThatCannotAskTheServerSaysThatItIsIncomplete() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("xylophone"), Mail.of("far").body("xylophone\n"));
      Mailbox online = account.open(account.onDemand());
      online.sync();
      SearchResult local = online.inbox().search(text("xylophone").localOnly());
      online.close();
      Mailbox offline = account.open(account.unreachable(account.onDemand()));

      SearchResult result = offline.inbox().search(text("xylophone"));

      assertThat(result.complete()).isFalse();
      assertThat(subjects(result)).containsExactly("xylophone");
      assertThat(local.complete()).isFalse();
    }
  }

  @Test
  default void localSearchDoesNotUseTheNetwork() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(2)).close();
      Mailbox mailbox = account.open(account.unreachable());

      SearchResult result = mailbox.inbox().search(subject("message").localOnly());

      assertThat(result.size()).isEqualTo(2);
      assertThat(mailbox.status().lastProblem()).isEmpty();
    }
  }

  @Test
  default void prefetchedHitsAreDownloadedWhenTheyAreReached() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(6));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();

      SearchResult result = mailbox.inbox().search(all()).prefetch();

      assertThat(result.size()).isEqualTo(6);
      assertThat(result).allMatch(Message::isDownloaded);
      assertThat(result).allMatch(m -> now(mailbox, m).content().text().contains("number"));
      assertThat(mailbox.inbox().counts().notDownloaded()).isZero();
    }
  }
}
