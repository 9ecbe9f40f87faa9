// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import static dev.mailbox.search.Query.flagged;
import static dev.mailbox.search.Query.from;
import static dev.mailbox.search.Query.header;
import static dev.mailbox.search.Query.largerThan;
import static dev.mailbox.search.Query.not;
import static dev.mailbox.search.Query.smallerThan;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;
import static dev.mailbox.search.Query.to;
import static dev.mailbox.search.Query.unread;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.search.Query;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchProgramTest {
  private static final Flag WORK = Flag.keyword("$Work");

  private static String keys(Query query) {
    return SearchProgram.of(query).toString();
  }

  private static Command command(Query query) {
    Command.Builder builder = Command.tagged("A1", "SEARCH", Literals.AT_ONCE);
    return SearchProgram.of(query).appendTo(builder).build();
  }

  private static Instant at(String instant) {
    return Instant.parse(instant);
  }

  @Test
  void everythingAndNothing() {
    assertThat(keys(Query.all())).isEqualTo("ALL");
    assertThat(keys(not(Query.all()))).isEqualTo("NOT ALL");
    assertThat(keys(new Query.And(List.of()))).isEqualTo("ALL");
    assertThat(keys(new Query.Or(List.of()))).isEqualTo("NOT ALL");
    assertThat(keys(flagged(WORK).and(not(Query.all())))).isEqualTo("NOT ALL");
    assertThat(keys(unread().or(not(Query.all())))).isEqualTo("UNSEEN");
    assertThat(keys(unread().or(Query.all()))).isEqualTo("ALL");
    assertThat(keys(unread().and(Query.all()))).isEqualTo("UNSEEN");
  }

  @Test
  void flagsAreExact() {
    assertThat(keys(unread())).isEqualTo("UNSEEN");
    assertThat(keys(flagged(Flag.SEEN))).isEqualTo("SEEN");
    assertThat(keys(flagged(Flag.ANSWERED))).isEqualTo("ANSWERED");
    assertThat(keys(not(flagged(Flag.FLAGGED)))).isEqualTo("UNFLAGGED");
    assertThat(keys(not(flagged(Flag.DRAFT)))).isEqualTo("UNDRAFT");
    assertThat(keys(flagged(WORK))).isEqualTo("KEYWORD $Work");
    assertThat(keys(not(flagged(WORK)))).isEqualTo("UNKEYWORD $Work");
  }

  @Test
  void conditionsAreJoined() {
    assertThat(keys(unread().and(from("billing@")))).isEqualTo("UNSEEN FROM \"billing\"");
    assertThat(keys(unread().or(flagged(WORK)))).isEqualTo("OR UNSEEN KEYWORD $Work");
    assertThat(keys(unread().or(flagged(WORK).and(largerThan(5)))))
        .isEqualTo("OR UNSEEN (KEYWORD $Work LARGER 4)");
    assertThat(keys(unread().or(flagged(WORK)).or(flagged(Flag.DRAFT))))
        .isEqualTo("OR UNSEEN OR KEYWORD $Work DRAFT");
    assertThat(keys(unread().or(flagged(WORK)).or(flagged(Flag.DRAFT)).or(flagged(Flag.FLAGGED))))
        .isEqualTo("OR OR UNSEEN KEYWORD $Work OR DRAFT FLAGGED");
    assertThat(keys(unread().or(flagged(WORK)).and(largerThan(5))))
        .isEqualTo("OR UNSEEN KEYWORD $Work LARGER 4");
  }

  @Test
  void negationGoesDown() {
    assertThat(keys(not(unread().and(flagged(WORK))))).isEqualTo("OR SEEN UNKEYWORD $Work");
    assertThat(keys(not(unread().or(flagged(WORK))))).isEqualTo("SEEN UNKEYWORD $Work");
    assertThat(keys(not(new Query.And(List.of(not(subject("a")), flagged(WORK))))))
        .isEqualTo("OR SUBJECT \"a\" UNKEYWORD $Work");
    assertThat(keys(new Query.Not(new Query.Not(unread())))).isEqualTo("UNSEEN");
  }

  @Test
  void missingTextCannotBeAskedFor() {
    assertThat(keys(not(subject("a")))).isEqualTo("ALL");
    assertThat(keys(not(text("a")))).isEqualTo("ALL");
    assertThat(keys(not(header("X-Spam", "")))).isEqualTo("ALL");
    assertThat(keys(not(subject("a")).and(unread()))).isEqualTo("UNSEEN");
    assertThat(keys(not(subject("a").and(unread())))).isEqualTo("ALL");
    assertThat(keys(not(subject("a").or(unread())))).isEqualTo("SEEN");
  }

  private static void assertPieces(String text, String... pieces) {
    String keys = Stream.of(pieces).map(p -> "SUBJECT \"" + p + '"').collect(joining(" "));
    assertThat(keys(subject(text))).isEqualTo(keys.isEmpty() ? "ALL" : keys);
  }

  @Test
  void textIsCutIntoPieces() {
    assertPieces("hello", "hello");
    assertPieces("hello big world", "hello", "big", "world");
    assertPieces(" hello\u00a0\t hello\u3000", "hello");
    assertPieces("a\r\nb\u0000c\u0085d", "a", "b", "c", "d");
    assertPieces("\"a\\b\"(c;d),<e>", "a", "b", "c", "d", "e");
    assertPieces("a\uD83Db\uFFFDc\uDE00", "a", "b", "c");
    assertPieces("me@home [dev]", "me@home", "[dev]");
    assertPieces("ünï 😀", "ünï", "😀");
    assertPieces("< , >");
    assertPieces("");
  }

  @Test
  void addressesAreCutAtTheAt() {
    assertThat(keys(from("Ann Lee <ann@example.org>")))
        .isEqualTo("FROM \"Ann\" FROM \"Lee\" FROM \"ann\" FROM \"example.org\"");
    assertThat(keys(new Query.InEnvelope(Query.Field.TO, "ann"))).isEqualTo("TO \"ann\"");
    assertThat(keys(new Query.InEnvelope(Query.Field.CC, "ann"))).isEqualTo("CC \"ann\"");
    assertThat(keys(from("@"))).isEqualTo("ALL");
  }

  @Test
  void recipientsAreInThreeFields() {
    assertThat(keys(to("ann"))).isEqualTo("OR TO \"ann\" OR CC \"ann\" BCC \"ann\"");
    assertThat(keys(to("ann lee")))
        .isEqualTo(
            "OR (TO \"ann\" TO \"lee\") OR (CC \"ann\" CC \"lee\") (BCC \"ann\" BCC \"lee\")");
    assertThat(keys(to(" "))).isEqualTo("ALL");
  }

  @Test
  void headerFieldsAreNamed() {
    assertThat(keys(header("List-Id", "<dev list>")))
        .isEqualTo("HEADER \"List-Id\" \"dev\" HEADER \"List-Id\" \"list\"");
    assertThat(keys(header("X-Spam", ""))).isEqualTo("HEADER \"X-Spam\" \"\"");
    assertThat(keys(header("X-Spam", "<>"))).isEqualTo("HEADER \"X-Spam\" \"\"");
    assertThat(keys(new Query.InEnvelope(Query.Field.MESSAGE_ID, "<a.1@example.org>")))
        .isEqualTo("HEADER \"Message-ID\" \"a.1@example.org\"");
  }

  @Test
  void wordsAreSearchedEverywhere() {
    assertThat(keys(text("e-mail, Größe: 5 GB")))
        .isEqualTo("TEXT \"e\" TEXT \"mail\" TEXT \"Größe\" TEXT \"5\" TEXT \"GB\"");
    assertThat(keys(text("!?"))).isEqualTo("ALL");
  }

  @Test
  void daysHaveSomeToSpare() {
    Query.Received day = new Query.Received(at("2024-03-10T15:00:00Z"), at("2024-03-11T00:00:00Z"));
    assertThat(keys(day)).isEqualTo("SINCE 9-Mar-2024 BEFORE 12-Mar-2024");
    assertThat(keys(not(day))).isEqualTo("OR BEFORE 12-Mar-2024 SINCE 10-Mar-2024");
    assertThat(keys(Query.receivedBefore(at("2024-03-11T00:00:01Z"))))
        .isEqualTo("BEFORE 13-Mar-2024");
    assertThat(keys(not(Query.receivedBefore(at("2024-03-11T00:00:01Z")))))
        .isEqualTo("SINCE 10-Mar-2024");
    assertThat(keys(not(Query.receivedAfter(at("2024-03-11T00:00:01Z")))))
        .isEqualTo("BEFORE 13-Mar-2024");
    assertThat(keys(Query.sentAfter(at("2024-01-01T00:00:00Z"))))
        .isEqualTo("OR SENTSINCE 30-Dec-2023 SENTBEFORE 2-Jan-1980");
    assertThat(keys(Query.sentBefore(at("2024-01-01T00:00:00Z"))))
        .isEqualTo("SENTBEFORE 3-Jan-2024");
    assertThat(keys(not(Query.sentBefore(at("2024-01-01T00:00:00Z"))))).isEqualTo("ALL");
  }

  @Test
  void timeHasNoEnds() {
    assertThat(keys(new Query.Received(Instant.MIN, Instant.MAX))).isEqualTo("ALL");
    assertThat(keys(not(new Query.Received(Instant.MIN, Instant.MAX)))).isEqualTo("NOT ALL");
    assertThat(keys(new Query.Sent(Instant.MIN, Instant.MAX))).isEqualTo("ALL");
    assertThat(keys(new Query.Sent(Instant.MAX, Instant.MIN))).isEqualTo("NOT ALL");
    assertThat(keys(new Query.Received(Instant.EPOCH, Instant.EPOCH))).isEqualTo("NOT ALL");
    assertThat(keys(not(new Query.Received(Instant.EPOCH, Instant.EPOCH)))).isEqualTo("ALL");
    assertThat(keys(Query.receivedAfter(at("-5000-01-01T00:00:00Z")))).isEqualTo("ALL");
    assertThat(keys(Query.receivedBefore(at("-5000-01-01T00:00:00Z"))))
        .isEqualTo("BEFORE 2-Feb-1970");
    assertThat(keys(Query.receivedAfter(at("+20000-01-01T00:00:00Z"))))
        .isEqualTo("SINCE 30-Nov-9999");
    assertThat(keys(Query.receivedBefore(at("+20000-01-01T00:00:00Z")))).isEqualTo("ALL");
  }

  @Test
  void sizesAreExactWithinWhatServersCount() {
    assertThat(keys(largerThan(1000))).isEqualTo("LARGER 999");
    assertThat(keys(smallerThan(1000))).isEqualTo("SMALLER 1001");
    assertThat(keys(new Query.Size(10, 20))).isEqualTo("LARGER 9 SMALLER 21");
    assertThat(keys(not(new Query.Size(10, 20)))).isEqualTo("OR SMALLER 10 LARGER 20");
    assertThat(keys(not(largerThan(10)))).isEqualTo("SMALLER 10");
    assertThat(keys(not(smallerThan(10)))).isEqualTo("LARGER 10");
    assertThat(keys(largerThan(0))).isEqualTo("ALL");
    assertThat(keys(largerThan(1))).isEqualTo("LARGER 0");
    assertThat(keys(smallerThan(0))).isEqualTo("SMALLER 1");
    assertThat(keys(new Query.Size(20, 10))).isEqualTo("NOT ALL");
    assertThat(keys(not(new Query.Size(20, 10)))).isEqualTo("ALL");
    assertThat(keys(new Query.Size(-9, -1))).isEqualTo("NOT ALL");
    assertThat(keys(not(new Query.Size(0, Long.MAX_VALUE)))).isEqualTo("NOT ALL");
    assertThat(keys(largerThan(1L << 40))).isEqualTo("LARGER 4294967295");
    assertThat(keys(smallerThan(4294967294L))).isEqualTo("SMALLER 4294967295");
    assertThat(keys(smallerThan(4294967295L))).isEqualTo("ALL");
    assertThat(keys(not(largerThan(1L << 40)))).isEqualTo("ALL");
    assertThat(keys(not(smallerThan(1L << 40)))).isEqualTo("LARGER 4294967295");
  }

  @Test
  void whatIsTooDeepIsNotAskedFor() {
    Query deep = unread();
    for (int i = 0; i < 100_000; i++) {
      deep = new Query.And(List.of(i % 2 == 0 ? new Query.Not(deep) : deep, flagged(WORK)));
    }
    assertThat(keys(deep.and(largerThan(5)))).endsWith(" LARGER 4").hasSizeLessThan(2000);
    Query not = unread();
    for (int i = 0; i < 100_000; i++) {
      not = new Query.Not(not);
    }
    assertThat(keys(not)).isEqualTo("ALL");
  }

  @Test
  void whatIsTooLongIsNotAskedFor() {
    Query many = new Query.And(Collections.nCopies(10_000, unread()));
    assertThat(keys(many)).isEqualTo("UNSEEN" + " UNSEEN".repeat(499));
    Query any = new Query.Or(Collections.nCopies(10_000, unread()));
    assertThat(keys(any)).isEqualTo("ALL");
    assertThat(keys(any.and(flagged(WORK)))).isEqualTo("KEYWORD $Work");
    Query texts = new Query.And(Collections.nCopies(400, subject("ü".repeat(100))));
    assertThat(command(texts).sizeInBytes()).isBetween(6000L, 8000L);
  }

  @Test
  void aLongTextIsFoundByItsBeginning() {
    assertThat(keys(subject("x".repeat(100_000)))).isEqualTo("SUBJECT \"" + "x".repeat(200) + "\"");
    assertThat(keys(subject("a b c d e f g h i j k l m n o p q r s t u v w x y z")))
        .endsWith("SUBJECT \"t\"");
  }

  @Test
  void aCommandIsMadeOfTypedParts() {
    Query query =
        subject("a]b{5}").or(flagged(WORK).and(Query.receivedAfter(at("2024-03-10T00:00:00Z"))));
    assertThat(SearchProgram.of(query).needsUtf8()).isFalse();
    assertThat(command(query))
        .hasToString("A1 SEARCH OR SUBJECT \"a]b{5}\" (KEYWORD $Work SINCE 9-Mar-2024)");
  }

  @Test
  void textOutsideOfAsciiIsALiteral() {
    Query query = subject("Größe").and(largerThan(1));
    assertThat(SearchProgram.of(query).needsUtf8()).isTrue();
    assertThat(command(query)).hasToString("A1 SEARCH SUBJECT {7+} <7 bytes> LARGER 0");
    assertThat(SearchProgram.of(not(query)).needsUtf8()).isFalse();
  }
}
