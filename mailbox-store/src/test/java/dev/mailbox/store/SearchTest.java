// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.search.Query.flagged;
import static dev.mailbox.search.Query.from;
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
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.search.SortOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
  private static final Instant NOON = StoreFixture.NOON;
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    mailbox = StoreFixture.offline(directory);
    add("Anna <anna@a.example>", "Zebra", "Cc: carl@c.example\r\n", 0, Flag.SEEN);
    add("bob@b.example", "apple pie", "Bcc: dora@d.example\r\nX-Tag: Blue\r\n", 1, Flag.FLAGGED);
    add("=?UTF-8?Q?C=C3=A9line?= <c@c.example>", "=?UTF-8?Q?=C3=89T=C3=89?=", "", 2);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private void add(String from, String subject, String fields, int number, Flag... flags) {
    String text =
        "From: "
            + from
            + "\r\nTo: team@example.org\r\nSubject: "
            + subject
            + "\r\nDate: "
            + (number + 1)
            + " Mar 2026 10:00:00 +0000\r\nMessage-ID: <id"
            + number
            + "@example.org>\r\n"
            + fields
            + "\r\nbody "
            + "x".repeat(1000 * number);
    StoreFixture.append(mailbox.inbox(), text, NOON.plusSeconds(number), flags);
  }

  private List<String> found(Query query) {
    return found(Search.of(query));
  }

  private List<String> found(Search search) {
    return StoreFixture.subjects(mailbox.inbox().search(search).stream().toList());
  }

  @Test
  void everyQueryFindsWhatItSays() {
    assertThat(found(all())).containsExactly("ÉTÉ", "apple pie", "Zebra");
    assertThat(found(unread())).containsExactly("ÉTÉ", "apple pie");
    assertThat(found(flagged(Flag.FLAGGED))).containsExactly("apple pie");
    assertThat(found(from("ANNA"))).containsExactly("Zebra");
    assertThat(found(from("anna <anna@"))).containsExactly("Zebra");
    assertThat(found(from("céline"))).containsExactly("ÉTÉ");
    assertThat(found(to("team"))).hasSize(3);
    assertThat(found(to("CARL@"))).containsExactly("Zebra");
    assertThat(found(to("dora"))).containsExactly("apple pie");
    assertThat(found(subject("été"))).containsExactly("ÉTÉ");
    assertThat(found(new Query.InEnvelope(Query.Field.CC, "carl"))).containsExactly("Zebra");
    assertThat(found(new Query.InEnvelope(Query.Field.TO, "carl"))).isEmpty();
    assertThat(found(new Query.InEnvelope(Query.Field.MESSAGE_ID, "ID1")))
        .containsExactly("apple pie");
  }

  @Test
  void headersDatesAndSizesAreCompared() {
    assertThat(found(header("x-tag", "blue"))).containsExactly("apple pie");
    assertThat(found(header("X-TAG", ""))).containsExactly("apple pie");
    assertThat(found(header("X-None", ""))).isEmpty();
    assertThat(found(receivedAfter(NOON.plusSeconds(1)))).containsExactly("ÉTÉ", "apple pie");
    assertThat(found(receivedBefore(NOON.plusSeconds(1)))).containsExactly("Zebra");
    Instant second = Instant.parse("2026-03-02T10:00:00Z");
    assertThat(found(sentAfter(second))).containsExactly("ÉTÉ", "apple pie");
    assertThat(found(sentBefore(second))).containsExactly("Zebra");
    assertThat(found(largerThan(1000))).containsExactly("ÉTÉ", "apple pie");
    assertThat(found(smallerThan(1000))).containsExactly("Zebra");
  }

  @Test
  void queriesCombine() {
    assertThat(found(unread().and(from("bob")))).containsExactly("apple pie");
    assertThat(found(from("anna").or(from("bob")))).containsExactly("apple pie", "Zebra");
    assertThat(found(not(from("anna")).and(not(from("bob"))))).containsExactly("ÉTÉ");
    assertThat(found(not(not(unread())))).hasSize(2);
  }

  @Test
  void messageWithoutADateNeverMatchesSent() {
    StoreFixture.append(mailbox.inbox(), "Subject: undated\r\n\r\n");
    assertThat(found(sentAfter(Instant.EPOCH).or(sentBefore(Instant.EPOCH))))
        .hasSize(3)
        .doesNotContain("undated");
  }

  @Test
  void hitsAreSorted() {
    assertThat(found(all().sortedBy(SortOrder.OLDEST_FIRST)))
        .containsExactly("Zebra", "apple pie", "ÉTÉ");
    assertThat(found(all().sortedBy(SortOrder.SUBJECT)))
        .containsExactly("apple pie", "Zebra", "ÉTÉ");
    assertThat(found(all().sortedBy(SortOrder.FROM))).containsExactly("Zebra", "apple pie", "ÉTÉ");
    assertThat(found(all().sortedBy(SortOrder.LARGEST_FIRST)))
        .containsExactly("ÉTÉ", "apple pie", "Zebra");
  }

  @Test
  void tiesAreBrokenByArrivalNewestFirst() {
    add("bob@b.example", "apple pie", "", 5);
    List<Message> hits =
        mailbox.inbox().search(subject("apple").sortedBy(SortOrder.SUBJECT)).stream().toList();
    assertThat(hits)
        .extracting(Message::receivedAt)
        .containsExactly(NOON.plusSeconds(5), NOON.plusSeconds(1));
  }

  @Test
  void limitBoundsEveryOrder() {
    for (SortOrder order : SortOrder.values()) {
      assertThat(found(all().sortedBy(order).limit(2))).hasSize(2);
    }
  }

  @Test
  void resultStaysAsItWasWhileItIsActedOn() {
    SearchResult result = mailbox.inbox().search(unread());
    for (Message message : result) {
      message.mark(Flag.SEEN);
    }
    assertThat(result.size()).isEqualTo(2);
    assertThat(result.stream()).allMatch(message -> message.has(Flag.SEEN));
    assertThat(found(unread())).isEmpty();
    Iterator<Message> messages = mailbox.inbox().search(all()).iterator();
    mailbox.inbox().newest(1).get(0).delete();
    int left = 0;
    while (messages.hasNext()) {
      messages.next();
      left++;
    }
    assertThat(left).isBetween(2, 3);
  }

  @Test
  void resultIsReadInPages() {
    SearchResult result = mailbox.inbox().search(all());
    assertThat(StoreFixture.subjects(result.page(1, 1))).containsExactly("apple pie");
    assertThat(result.page(3, 10)).isEmpty();
    assertThat(result.page(99, 10)).isEmpty();
    assertThat(result.page(0, Integer.MAX_VALUE)).hasSize(3);
    assertThat(result.ids()).hasSize(3);
    assertThat(result.complete()).isTrue();
  }

  @Test
  void resultActsOnAllHits() {
    mailbox.createFolder(FolderPath.of("Done"));
    SearchResult result = mailbox.inbox().search(unread());
    assertThat(result.mark(Flag.SEEN)).isEqualTo(Outcome.LOCAL);
    assertThat(result.unmark(Flag.SEEN)).isEqualTo(Outcome.LOCAL);
    result.copyTo(FolderPath.of("Done"));
    result.moveTo(FolderPath.of("Done"));
    assertThat(mailbox.folder(FolderPath.of("Done")).orElseThrow().counts().total()).isEqualTo(4);
    result.trash();
    result.delete();
    assertThat(mailbox.search(all()).size()).isEqualTo(3);
  }

  @Test
  void mailboxSearchesAllFolders() {
    StoreFixture.append(
        mailbox.createFolder(FolderPath.of("A")),
        StoreFixture.mail("elsewhere"),
        NOON.minusSeconds(9));
    assertThat(StoreFixture.subjects(mailbox.search(all()).stream().toList()))
        .containsExactly("ÉTÉ", "apple pie", "Zebra", "elsewhere");
  }

  @Test
  void manyHitsAreReadPageByPage() {
    for (int i = 0; i < 250; i++) {
      StoreFixture.append(mailbox.inbox(), StoreFixture.mail("bulk " + i), NOON.plusSeconds(i));
    }
    SearchResult result = mailbox.inbox().search(subject("bulk"));
    assertThat(result.stream().map(Message::id)).hasSize(250).doesNotHaveDuplicates();
    assertThat(result.prefetch().stream()).hasSize(250);
  }
}
