// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.raw;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static dev.mailbox.testkit.contract.Reading.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ContentId;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageGoneException;
import dev.mailbox.MessageId;
import dev.mailbox.ServerId;
import dev.mailbox.content.MessageContent;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SortOrder;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages as snapshots: listed in order, found by id, with exactly their bytes. */
public interface MessageContract extends ContractSubject {
  @Test
  default void newestComeFirst() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(5));

      assertThat(subjects(mailbox.inbox().newest(3)))
          .containsExactly("message 5", "message 4", "message 3");
      assertThat(mailbox.inbox().newest(100)).hasSize(5);
    }
  }

  @Test
  default void arrivalOrdersMessagesWhateverTheOrderOfDelivery() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("second").arrived("2026-06-01T00:00:00Z"),
              Mail.of("third").arrived("2026-07-01T00:00:00Z"),
              Mail.of("first").arrived("2026-05-01T00:00:00Z"));

      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("third", "second", "first");
    }
  }

  @Test
  default void pagesHaveNeitherGapsNorRepeats() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(10));

      assertThat(readInPages(mailbox, 3))
          .containsExactlyElementsOf(mailbox.inbox().newest(100).stream().map(Message::id).toList())
          .hasSize(10);
    }
  }

  @Test
  default void pagesHaveNeitherGapsNorRepeatsWhenAllArrivedAtOnce() {
    try (Account account = Account.of(this)) {
      Mail[] mails = Mail.several(10);
      for (Mail mail : mails) {
        mail.arrived("2026-11-02T10:00:00Z");
      }
      Mailbox mailbox = account.synced(mails);

      assertThat(readInPages(mailbox, 3)).doesNotHaveDuplicates().hasSize(10);
    }
  }

  private static List<MessageId> readInPages(Mailbox mailbox, int size) {
    List<MessageId> ids = new ArrayList<>();
    List<Message> page = mailbox.inbox().newest(size);
    while (!page.isEmpty() && ids.size() < 1000) {
      page.forEach(message -> ids.add(message.id()));
      page = mailbox.inbox().olderThan(page.get(page.size() - 1).id(), size);
    }
    return ids;
  }

  @Test
  default void newMailDoesNotShiftThePages() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(4));
      List<Message> first = mailbox.inbox().newest(2);
      account.deliver(Mail.of("late"));
      mailbox.sync();

      List<Message> second = mailbox.inbox().olderThan(first.get(1).id(), 2);

      assertThat(subjects(second)).containsExactly("message 2", "message 1");
    }
  }

  @Test
  default void messageIsFoundByItsPrintedId() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      Message message = bySubject(mailbox, "message 2");

      MessageId parsed = MessageId.parse(message.id().toString());

      assertThat(mailbox.find(parsed).map(Message::id)).contains(message.id());
      assertThat(ContentId.parse(message.contentId().toString())).isEqualTo(message.contentId());
    }
  }

  @Test
  default void unknownIdFindsNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));

      for (String id : List.of("0", "no-such-id", "99999999999999999999999999", "-1", "a.b")) {
        assertThat(mailbox.find(MessageId.parse(id))).as(id).isEmpty();
      }
    }
  }

  @Test
  default void snapshotDoesNotChange() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      FolderPath archive = mailbox.createFolder(FolderPath.of("Archive")).path();
      Message before = onlyOne(mailbox);

      before.mark(Flag.SEEN);
      before.moveTo(archive);

      assertThat(before.flags()).isEmpty();
      assertThat(before.has(Flag.SEEN)).isFalse();
      assertThat(before.folder()).isEqualTo(FolderPath.INBOX);
      assertThat(now(mailbox, before).has(Flag.SEEN)).isTrue();
      assertThat(now(mailbox, before).folder()).isEqualTo(archive);
    }
  }

  @Test
  default void flagsOfASnapshotCannotBeChangedByHand() {
    try (Account account = Account.of(this)) {
      Message message = onlyOne(account.synced(Mail.of("one")));

      assertThatThrownBy(() -> message.flags().add(Flag.SEEN))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  default void messageKnowsWhereItIsAndWhenItCame() {
    try (Account account = Account.of(this)) {
      Mail mail = Mail.of("one").arrived("2026-03-04T05:06:07Z");
      Message message = onlyOne(account.synced(mail));

      assertThat(message.folder()).isEqualTo(FolderPath.INBOX);
      assertThat(message.residence()).isEqualTo(server().residence());
      assertThat(message.receivedAt()).isEqualTo(Instant.parse("2026-03-04T05:06:07Z"));
      assertThat(message.sizeInBytes()).isEqualTo(account.held().get(0).length());
      assertThat(message.isDownloaded()).isTrue();
      assertThat(message.flags()).isEmpty();
    }
  }

  @Test
  default void serverIdIsTheServersAndCanBeParsed() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Mailbox other = account.open(account.otherDevice());
      other.sync();

      ServerId id = bySubject(mailbox, "message 1").serverId().orElseThrow();

      assertThat(bySubject(other, "message 1").serverId()).contains(id);
      assertThat(bySubject(other, "message 2").serverId()).isPresent().isNotEqualTo(id);
      assertThat(ServerId.parse(id.toString())).isEqualTo(id);
    }
  }

  @Test
  default void contentIdIsTheSameInARebuiltStore() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Mailbox rebuilt = account.open(account.otherDevice());
      rebuilt.sync();

      ContentId id = bySubject(mailbox, "message 1").contentId();

      assertThat(bySubject(rebuilt, "message 1").contentId()).isEqualTo(id);
      assertThat(bySubject(rebuilt, "message 2").contentId()).isNotEqualTo(id);
    }
  }

  @Test
  default void jakartaMessageHasTheSameBytes() throws MessagingException {
    try (Account account = Account.of(this)) {
      Message message =
          onlyOne(account.synced(Mail.of("Grüße").body("zwei\n\n.drei\n").field("X-A:  odd   ")));

      MimeMessage mime = message.toMimeMessage();

      assertThat(mime.getHeader("X-A")).isNotEmpty();
      assertThat(written(mime)).isEqualTo(raw(message));
    }
  }

  @Test
  default void changingTheJakartaMessageChangesNothingHere() throws MessagingException {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      String before = raw(onlyOne(mailbox));

      MimeMessage mime = onlyOne(mailbox).toMimeMessage();
      mime.setSubject("changed");
      mime.setText("changed");
      mime.saveChanges();

      assertThat(raw(onlyOne(mailbox))).isEqualTo(before);
      assertThat(onlyOne(mailbox).envelope().subject()).isEqualTo("one");
    }
  }

  @Test
  default void readingAMessageThatIsGoneSaysSo() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);

      message.delete();

      assertThat(mailbox.find(message.id())).isEmpty();
      assertThatThrownBy(message::openRaw).isInstanceOf(MessageGoneException.class);
      assertThatThrownBy(message::headers).isInstanceOf(MessageGoneException.class);
      assertThatThrownBy(message::toMimeMessage).isInstanceOf(MessageGoneException.class);
      assertThatThrownBy(() -> message.content().text()).isInstanceOf(MessageGoneException.class);
      assertThat(message.envelope().subject()).isEqualTo("one");
    }
  }

  @Test
  default void messagesOfTheSameSecondAreListedLatestFirst() {
    try (Account account = Account.of(this)) {
      List<Mail> messages = new ArrayList<>();
      for (Mail each : Mail.several(5)) {
        messages.add(each.arrived("2026-06-01T00:00:00Z"));
      }
      Mailbox mailbox = account.synced(messages.toArray(new Mail[0]));

      List<Message> newest = mailbox.inbox().newest(3);

      assertThat(subjects(newest)).containsExactly("message 5", "message 4", "message 3");
      assertThat(subjects(mailbox.inbox().olderThan(newest.get(2).id(), 10)))
          .containsExactly("message 2", "message 1");
      assertThat(subjects(mailbox.search(Search.of(Query.all()).sortedBy(SortOrder.OLDEST_FIRST))))
          .startsWith("message 1", "message 2");
    }
  }

  @Test
  default void idsOfOneStoreAreNoneOfAnother() {
    try (Account account = Account.of(this)) {
      MessageId here = onlyOne(account.synced(Mail.of("one"))).id();
      Mailbox other = account.open(account.otherDevice());
      other.sync();

      assertThat(onlyOne(other).id()).isNotEqualTo(here);
      assertThat(other.find(here)).isEmpty();
      assertThat(other.inbox().olderThan(here, 1)).isEmpty();
      other.messages(List.of(here)).delete();
      assertThat(other.inbox().counts().total()).isEqualTo(1);
    }
  }

  @Test
  default void contentOfAMessageThatIsDeletedMeanwhileSaysSo() {
    try (Account account = Account.of(this)) {
      Message message = onlyOne(account.synced(Mail.of("one")));
      MessageContent content = message.content();
      assertThat(content.text()).contains("Hello.");

      message.delete();

      assertThatThrownBy(content::text).isInstanceOf(MessageGoneException.class);
      assertThatThrownBy(() -> content.root().open()).isInstanceOf(MessageGoneException.class);
      assertThatThrownBy(() -> content.root().headers()).isInstanceOf(MessageGoneException.class);
      assertThatThrownBy(() -> content.root().saveTo(account.directory("saved")))
          .isInstanceOf(MessageGoneException.class);
      assertThat(content.root().sizeInBytes()).isEqualTo(8);
    }
  }

  @Test
  default void contentThatACopySharesOutlivesTheMessage() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Message message = onlyOne(mailbox);
      mailbox.createFolder(Account.ARCHIVE);
      message.copyTo(Account.ARCHIVE);
      MessageContent content = message.content();

      message.delete();

      assertThat(content.text()).contains("Hello.");
    }
  }
}
