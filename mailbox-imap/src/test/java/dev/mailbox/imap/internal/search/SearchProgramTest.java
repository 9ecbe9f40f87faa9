// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import static dev.mailbox.search.Query.all;
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
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.search.Query;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchProgramTest {
  private static final Query SEEN = flagged(Flag.SEEN);
  private static final Query DRAFT = flagged(Flag.DRAFT);
  private static final Query JUNK = flagged(Flag.JUNK);

  private static String line(Query query) {
    return SearchKeys.line(query);
  }

  private static boolean findsNothing(Query query) {
    return SearchProgram.of(query).findsNothing();
  }

  @Test
  void messagesThatAreDeletedAreNeverAskedFor() {
    assertThat(SearchKeys.command(all())).hasToString("A1 SEARCH UNDELETED");
    assertThat(SearchKeys.command(SEEN)).hasToString("A1 SEARCH UNDELETED SEEN");
  }

  @Test
  void flagsAreExact() {
    assertThat(line(SEEN)).isEqualTo("SEEN");
    assertThat(line(unread())).isEqualTo("NOT SEEN");
    assertThat(line(flagged(Flag.FLAGGED))).isEqualTo("FLAGGED");
    assertThat(line(flagged(Flag.ANSWERED))).isEqualTo("ANSWERED");
    assertThat(line(JUNK)).isEqualTo("KEYWORD $Junk");
    assertThat(line(not(JUNK))).isEqualTo("NOT KEYWORD $Junk");
  }

  @Test
  void textOfTheEnvelopeIsAskedForByItsPieces() {
    assertThat(line(from("bob"))).isEqualTo("FROM \"bob\"");
    assertThat(line(from("Bob Smith <bob@x.org>")))
        .isEqualTo("FROM \"Bob\" FROM \"Smith\" FROM \"bob@x.org\"");
    assertThat(line(subject("re: re: x"))).isEqualTo("SUBJECT \"re:\" SUBJECT \"x\"");
    assertThat(line(to("bob"))).isEqualTo("OR TO \"bob\" OR CC \"bob\" BCC \"bob\"");
    assertThat(line(to("a b")))
        .isEqualTo("OR (TO \"a\" TO \"b\") OR (CC \"a\" CC \"b\") (BCC \"a\" BCC \"b\")");
    assertThat(line(new Query.InEnvelope(Query.Field.CC, "x"))).isEqualTo("CC \"x\"");
    assertThat(line(new Query.InEnvelope(Query.Field.TO, "x"))).isEqualTo("TO \"x\"");
    assertThat(line(new Query.InEnvelope(Query.Field.MESSAGE_ID, "<1@x>")))
        .isEqualTo("HEADER \"Message-ID\" \"1@x\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "<>", "\"\\", "\r\n\t", "\0", "\uD83D", "(,;)"})
  void textWithoutPiecesAsksForNothing(String text) {
    for (Query.Field field : Query.Field.values()) {
      assertThat(line(new Query.InEnvelope(field, text))).isEmpty();
    }
  }

  @Test
  void fieldsOfTheHeaderAreAskedForByName() {
    assertThat(line(header("List-Id", "dev list")))
        .isEqualTo("HEADER \"List-Id\" \"dev\" HEADER \"List-Id\" \"list\"");
    assertThat(line(header("X-Spam", ""))).isEqualTo("HEADER \"X-Spam\" \"\"");
    assertThat(line(header("X-Spam", " <>"))).isEqualTo("HEADER \"X-Spam\" \"\"");
    assertThat(line(header("X\"\\Y", "a"))).isEqualTo("HEADER \"X\\\"\\\\Y\" \"a\"");
  }

  @Test
  void wordsAreAskedForOneByOne() {
    assertThat(line(text("annual report-2024, annual!")))
        .isEqualTo("TEXT \"annual\" TEXT \"report\" TEXT \"2024\"");
    assertThat(line(text("!?"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-03-01T00:00:00Z,29-Feb-2024",
    "2024-03-01T23:59:59Z,29-Feb-2024",
    "2024-01-01T12:00:00Z,31-Dec-2023",
  })
  void daysBeginOneEarlier(Instant from, String day) {
    assertThat(line(Query.receivedAfter(from))).isEqualTo("SINCE " + day);
    assertThat(line(Query.sentAfter(from))).isEqualTo("SENTSINCE " + day);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-02-28T00:00:00Z,1-Mar-2024",
    "2024-02-28T23:59:59Z,1-Mar-2024",
    "2023-12-31T12:00:00Z,2-Jan-2024",
  })
  void daysEndOneLater(Instant until, String day) {
    assertThat(line(Query.receivedBefore(until))).isEqualTo("BEFORE " + day);
    assertThat(line(Query.sentBefore(until))).isEqualTo("SENTBEFORE " + day);
  }

  @Test
  void daysThatNoServerKnowsAreNotAskedFor() {
    assertThat(line(new Query.Received(Instant.MIN, Instant.MAX))).isEmpty();
    assertThat(line(new Query.Sent(Instant.MAX, Instant.MAX))).isEqualTo("SENTSINCE 31-Dec-8999");
    assertThat(line(new Query.Sent(Instant.MIN, Instant.MIN))).isEqualTo("SENTBEFORE 5-Jan-1000");
  }

  @Test
  void sizesAreExactAsFarAsServersCount() {
    assertThat(line(largerThan(100))).isEqualTo("LARGER 99");
    assertThat(line(largerThan(1))).isEqualTo("LARGER 0");
    assertThat(line(largerThan(0))).isEmpty();
    assertThat(line(largerThan(Long.MIN_VALUE))).isEmpty();
    assertThat(line(largerThan(Long.MAX_VALUE))).isEqualTo("LARGER 4294967295");
    assertThat(line(smallerThan(100))).isEqualTo("SMALLER 101");
    assertThat(line(smallerThan(4_294_967_294L))).isEqualTo("SMALLER 4294967295");
    assertThat(line(smallerThan(4_294_967_295L))).isEmpty();
    assertThat(line(smallerThan(Long.MAX_VALUE))).isEmpty();
    assertThat(line(smallerThan(-5))).isEqualTo("SMALLER 0");
    assertThat(line(new Query.Size(10, 20))).isEqualTo("LARGER 9 SMALLER 21");
  }

  @Test
  void severalConditionsAreJoined() {
    assertThat(line(SEEN.and(DRAFT).and(JUNK))).isEqualTo("SEEN DRAFT KEYWORD $Junk");
    assertThat(line(SEEN.or(DRAFT))).isEqualTo("OR SEEN DRAFT");
    assertThat(line(SEEN.or(DRAFT).or(JUNK))).isEqualTo("OR SEEN OR DRAFT KEYWORD $Junk");
    assertThat(line(SEEN.and(DRAFT.or(JUNK)))).isEqualTo("SEEN OR DRAFT KEYWORD $Junk");
  }

  @Test
  void conditionsWithinAnOrStandInParentheses() {
    assertThat(line(SEEN.and(DRAFT).or(JUNK))).isEqualTo("OR (SEEN DRAFT) KEYWORD $Junk");
    assertThat(line(JUNK.or(SEEN.and(DRAFT)))).isEqualTo("OR KEYWORD $Junk (SEEN DRAFT)");
    assertThat(line(new Query.And(List.of(SEEN, DRAFT.and(JUNK)))))
        .isEqualTo("SEEN (DRAFT KEYWORD $Junk)");
  }

  @Test
  void denialGoesDownToTheFlags() {
    assertThat(line(not(SEEN.and(DRAFT)))).isEqualTo("OR NOT SEEN NOT DRAFT");
    assertThat(line(not(SEEN.or(DRAFT)))).isEqualTo("NOT SEEN NOT DRAFT");
    assertThat(line(not(unread()))).isEqualTo("SEEN");
    assertThat(line(new Query.Not(new Query.Not(SEEN)))).isEqualTo("SEEN");
  }

  @Test
  void absenceOfWhatIsAskedForWidelyIsNotAskedFor() {
    assertThat(line(not(subject("x")))).isEmpty();
    assertThat(line(not(largerThan(5)))).isEmpty();
    assertThat(line(not(header("X", "")))).isEmpty();
    assertThat(line(SEEN.and(not(text("x"))))).isEqualTo("SEEN");
    assertThat(line(SEEN.or(not(text("x"))))).isEmpty();
  }

  @Test
  void whatMatchesNothingIsKnownAhead() {
    assertThat(findsNothing(not(all()))).isTrue();
    assertThat(findsNothing(new Query.Or(List.of()))).isTrue();
    assertThat(findsNothing(SEEN.and(not(all())))).isTrue();
    assertThat(findsNothing(SEEN.or(not(all())))).isFalse();
    assertThat(findsNothing(new Query.And(List.of()))).isFalse();
    assertThat(line(SEEN.or(not(all())))).isEqualTo("SEEN");
    assertThat(line(new Query.And(List.of()))).isEmpty();
    assertThat(line(SEEN.or(all()))).isEmpty();
  }

  @Test
  void utf8IsSaidWhereItIsNeeded() {
    assertThat(SearchProgram.of(subject("x")).needsUtf8()).isFalse();
    assertThat(SearchProgram.of(subject("ü")).needsUtf8()).isTrue();
    assertThat(SearchProgram.of(SEEN.or(DRAFT.and(header("X", "ü")))).needsUtf8()).isTrue();
    assertThat(SearchProgram.of(not(subject("ü"))).needsUtf8()).isFalse();
    assertThat(line(subject("ü"))).isEqualTo("SUBJECT {2+} <2 bytes>");
  }

  @Test
  void deepQueriesAreAskedForAsFarAsServersGo() {
    Query deep = SEEN;
    for (int i = 0; i < 5_000; i++) {
      deep = new Query.And(List.of(DRAFT, new Query.Or(List.of(JUNK, deep))));
    }
    assertThat(line(deep)).startsWith("DRAFT").doesNotContain("SEEN");
    assertThat(SearchKeys.command(deep).sizeInBytes()).isLessThan(8_000);
    Query denied = SEEN;
    for (int i = 0; i < 5_001; i++) {
      denied = new Query.Not(denied);
    }
    assertThat(line(denied)).isEmpty();
  }

  @Test
  void wideQueriesFitIntoTheLineOfAServer() {
    List<Query> many = Collections.nCopies(10_000, subject("x".repeat(150)));

    assertThat(SearchKeys.command(new Query.And(many)).sizeInBytes()).isBetween(1_000L, 8_000L);
    assertThat(line(new Query.Or(many))).isEmpty();
    assertThat(SearchKeys.command(new Query.And(Collections.nCopies(10_000, SEEN))).sizeInBytes())
        .isBetween(500L, 8_000L);
  }

  @Test
  void longTextFitsIntoTheLineOfAServer() {
    for (Query.Field field : Query.Field.values()) {
      Query query = new Query.InEnvelope(field, "x".repeat(10_000));
      assertThat(SearchKeys.command(query).sizeInBytes()).isBetween(100L, 8_000L);
    }
    assertThat(SearchKeys.command(text("漢字 ".repeat(10_000))).sizeInBytes()).isLessThan(8_000);
    Query mixed = text("a b c d e f g h i j k l m n o p q r s t u v w x y z ü ".repeat(500));
    assertThat(SearchKeys.command(mixed).sizeInBytes()).isBetween(100L, 8_000L);
  }
}
