// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.search.Query.flagged;
import static dev.mailbox.search.Query.header;
import static dev.mailbox.search.Query.largerThan;
import static dev.mailbox.search.Query.not;
import static dev.mailbox.search.Query.receivedAfter;
import static dev.mailbox.search.Query.receivedBefore;
import static dev.mailbox.search.Query.sentAfter;
import static dev.mailbox.search.Query.sentBefore;
import static dev.mailbox.search.Query.smallerThan;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.to;
import static dev.mailbox.search.Query.unread;
import static dev.mailbox.testkit.contract.Account.LATER;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.search.Query;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of condition, and how they combine. */
public interface QueryContract extends ContractSubject {
  @Test
  default void allMatchesEveryMessage() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));

      assertThat(mailbox.inbox().search(all()).size()).isEqualTo(3);
      assertThat(mailbox.inbox().search(not(all()))).isEmpty();
    }
  }

  @Test
  default void flagsAreFoundSetAndNotSet() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      bySubject(mailbox, "message 1").mark(Flag.SEEN);
      bySubject(mailbox, "message 2").mark(LATER);

      assertHits(mailbox, unread(), "message 3", "message 2");
      assertHits(mailbox, flagged(Flag.SEEN), "message 1");
      assertHits(mailbox, flagged(Flag.keyword("LATER")), "message 2");
      assertHits(mailbox, not(flagged(LATER)), "message 3", "message 1");
    }
  }

  @Test
  default void sendersAreFoundByNameAndAddress() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("bill").from("=?utf-8?Q?J=C3=BCrgen?= <billing@shop.example>"),
              Mail.of("hello").from("ann@example.org"));

      assertHits(mailbox, Query.from("billing@"), "bill");
      assertHits(mailbox, Query.from("jürgen"), "bill");
      assertHits(mailbox, Query.from("EXAMPLE"), "hello", "bill");
      assertHits(mailbox, Query.from("nobody"));
    }
  }

  @Test
  default void recipientsAreFoundInToCcAndBcc() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("to").to("target@example.org"),
              Mail.of("cc").field("Cc: target@example.org"),
              Mail.of("bcc").field("Bcc: Target <x@example.org>"),
              Mail.of("reply").field("Reply-To: target@example.org"));

      assertHits(mailbox, to("target"), "bcc", "cc", "to");
      assertHits(mailbox, new Query.InEnvelope(Query.Field.TO, "target"), "to");
      assertHits(mailbox, new Query.InEnvelope(Query.Field.CC, "target"), "cc");
    }
  }

  @Test
  default void subjectIsFoundAnywhereInItDecodedAndInAnyCase() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(Mail.of("=?utf-8?Q?=C3=9Cberweisung?= 42"), Mail.of("Привет, мир"));

      assertHits(mailbox, subject("WEISUNG 4"), "Überweisung 42");
      assertHits(mailbox, subject("überw"), "Überweisung 42");
      assertHits(mailbox, subject("ПРИВЕТ"), "Привет, мир");
      assertHits(mailbox, subject("=?utf-8?"));
    }
  }

  @Test
  default void charactersOfPatternsMeanThemselves() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("100% wool"), Mail.of("100 and 5 percent"), Mail.of("a_b"), Mail.of("axb"));

      assertHits(mailbox, subject("100%"), "100% wool");
      assertHits(mailbox, subject("a_b"), "a_b");
      for (String text : List.of("*", "?", "[a-z]", "'", "\"", "\\", "' OR 1=1 --", "\r\n")) {
        assertHits(mailbox, subject(text));
      }
    }
  }

  @Test
  default void messageIdIsFound() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      String id = bySubject(mailbox, "message 2").envelope().messageId();

      assertHits(mailbox, new Query.InEnvelope(Query.Field.MESSAGE_ID, id), "message 2");
    }
  }

  @Test
  default void headerFieldsAreFoundByDecodedValueOrPresence() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(
              Mail.of("with").field("X-Ticket: =?utf-8?Q?N=C3=BCrnberg?= 4711"),
              Mail.of("empty").field("X-Ticket:"),
              Mail.of("twice").field("X-Ticket: 1").field("X-Ticket: 4712"),
              Mail.of("without"));

      assertHits(mailbox, header("x-ticket", "nürnberg 47"), "with");
      assertHits(mailbox, header("X-Ticket", "471"), "twice", "with");
      assertHits(mailbox, header("X-Ticket", ""), "twice", "empty", "with");
    }
  }

  @Test
  default void nameThatIsNoHeaderFieldIsRefused() {
    for (String name : List.of("", "X Y", "X:", "X\r\nY", "Ü")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> header(name, "x"))
          .withMessageContaining("header field name");
    }
  }

  @Test
  default void arrivalIsBoundedFromBelowAndAbove() {
    try (Account account = Account.of(this)) {
      Instant noon = Instant.parse("2026-04-01T12:00:00Z");
      Mailbox mailbox =
          account.synced(
              Mail.of("before").arrived("2026-04-01T11:59:59Z"),
              Mail.of("at").arrived("2026-04-01T12:00:00Z"),
              Mail.of("after").arrived("2026-04-01T12:00:01Z"));

      assertHits(mailbox, receivedAfter(noon), "after", "at");
      assertHits(mailbox, receivedBefore(noon), "before");
      assertHits(mailbox, new Query.Received(noon, noon.plusSeconds(1)), "at");
    }
  }

  @Test
  default void dateIsBoundedAndUnreadableOnesNeverMatch() {
    try (Account account = Account.of(this)) {
      Instant noon = Instant.parse("2026-04-01T12:00:00Z");
      account.deliverRaw("Subject: undated\r\nDate: whenever\r\n\r\nx\r\n");
      Mailbox mailbox =
          account.synced(
              Mail.of("before").sent("2026-04-01T11:59:59Z"),
              Mail.of("at").sent("2026-04-01T12:00:00Z"));

      assertHits(mailbox, sentAfter(noon), "at");
      assertHits(mailbox, sentBefore(noon), "before");
    }
  }

  @Test
  default void sizeIsBoundedOnBothSides() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox =
          account.synced(Mail.of("small").body("x\n"), Mail.of("large").body("x\n".repeat(5000)));
      long size = bySubject(mailbox, "large").sizeInBytes();

      assertHits(mailbox, largerThan(size), "large");
      assertHits(mailbox, largerThan(size + 1));
      assertHits(mailbox, smallerThan(size), "large", "small");
      assertHits(mailbox, smallerThan(size - 1), "small");
    }
  }

  @Test
  default void conditionsCombine() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(4));
      bySubject(mailbox, "message 4").mark(Flag.SEEN);
      Query one = subject("1");
      Query four = subject("4");

      assertHits(mailbox, one.or(four), "message 4", "message 1");
      assertHits(mailbox, one.or(four).and(unread()), "message 1");
      assertHits(mailbox, not(one.or(four)), "message 3", "message 2");
      assertHits(mailbox, not(one).and(not(four)), "message 3", "message 2");
      assertHits(mailbox, one.and(four));
      assertHits(mailbox, not(not(one)), "message 1");
      assertHits(mailbox, new Query.Or(List.of()));
      assertThat(mailbox.inbox().search(new Query.And(List.of())).size()).isEqualTo(4);
    }
  }

  @Test
  default void conditionOfManyAlternativesIsAnswered() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Query any = subject("nothing like that");
      for (int i = 0; i < 1500; i++) {
        any = any.or(Query.from("user" + i + "@example.org"));
      }

      assertHits(mailbox, any);
      assertHits(mailbox, any.or(subject("message 2")), "message 2");
    }
  }

  private static void assertHits(Mailbox mailbox, Query query, String... subjects) {
    assertThat(subjects(mailbox.inbox().search(query))).as("%s", query).containsExactly(subjects);
  }
}
