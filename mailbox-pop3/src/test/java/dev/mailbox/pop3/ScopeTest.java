// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.spi.EntryState;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class ScopeTest {
  private static String deliver(Maildrop drop, String subject, ZonedDateTime date) {
    String text =
        "Date: "
            + DateTimeFormatter.RFC_1123_DATE_TIME.format(date)
            + "\r\nSubject: "
            + subject
            + "\r\n\r\nbody\r\n";
    drop.inbox().deliver(text.getBytes(StandardCharsets.ISO_8859_1));
    return text;
  }

  private static ZonedDateTime day(String date) {
    return Instant.parse(date + "T12:00:00Z").atZone(ZoneOffset.UTC);
  }

  @Test
  void newestCountsFromTheHighestNumber() {
    try (Maildrop drop = new Maildrop()) {
      var sent = drop.deliver(5);

      SyncReport report = drop.sync(new TestTask().scope(SyncScope.everything().newest(2)));

      assertThat(drop.replica().raws()).isEqualTo(sent.subList(3, 5));
      assertThat(report.outOfScope()).isEqualTo(3);
      assertThat(drop.replica().leftOut()).isEqualTo(3);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1", "uidl-2", "uidl-3");
    }
  }

  @Test
  void sinceLeavesOlderMessagesAndAsksForTheirHeadersOnce() {
    try (Maildrop drop = new Maildrop()) {
      deliver(drop, "old", day("2026-01-31"));
      String young = deliver(drop, "young", day("2026-02-01"));
      SyncScope scope = SyncScope.everything().since(Instant.parse("2026-02-01T00:00:00Z"));

      SyncReport first = drop.sync(new TestTask().scope(scope));
      SyncReport second = drop.sync(new TestTask().scope(scope));

      assertThat(drop.replica().raws()).containsExactly(young);
      assertThat(first.outOfScope()).isEqualTo(1);
      assertThat(second.outOfScope()).isEqualTo(1);
      assertThat(drop.pop3().count("TOP 1")).isEqualTo(1);
      assertThat(drop.pop3().count("RETR 1")).isZero();
      assertThat(drop.replica().entries().values())
          .anyMatch(entry -> entry.state() == EntryState.LEFT);
    }
  }

  @Test
  void sinceMovedBackBringsOlderMessages() {
    try (Maildrop drop = new Maildrop()) {
      deliver(drop, "old", day("2026-01-31"));
      SyncScope february = SyncScope.everything().since(Instant.parse("2026-02-01T00:00:00Z"));
      drop.sync(TestTask.keeping().scope(february));

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(drop.replica().leftOut()).isZero();
    }
  }

  @Test
  void sinceWithoutTopRetrievesAndLeaves() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("TOP");
      deliver(drop, "old", day("2026-01-31"));
      String young = deliver(drop, "young", day("2026-02-01"));
      SyncScope scope = SyncScope.everything().since(Instant.parse("2026-02-01T00:00:00Z"));

      SyncReport report = drop.sync(new TestTask().scope(scope));

      assertThat(drop.replica().raws()).containsExactly(young);
      assertThat(report.outOfScope()).isEqualTo(1);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1");
    }
  }

  @Test
  void onDemandBringsHeadersNewestFirst() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);

      SyncReport report = drop.sync(new TestTask().bodies(BodyPolicy.onDemand()));

      assertThat(report.headersOnly()).isEqualTo(3);
      assertThat(report.downloaded()).isZero();
      assertThat(report.deleted()).isZero();
      assertThat(drop.pop3().count("RETR")).isZero();
      assertThat(drop.replica().held().get(0).raw()).contains("message 3");
      assertThat(drop.replica().held()).allMatch(held -> held.raw().endsWith("\r\n\r\n"));
      assertThat(drop.sync(new TestTask().bodies(BodyPolicy.onDemand())).headersOnly()).isZero();
    }
  }

  @Test
  void recentBringsBodiesOfYoungMessagesOnly() {
    try (Maildrop drop = new Maildrop()) {
      deliver(drop, "old", day("2020-01-01"));
      String young = deliver(drop, "young", ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));

      SyncReport report =
          drop.sync(TestTask.keeping().bodies(BodyPolicy.recent(Duration.ofDays(7))));

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.headersOnly()).isEqualTo(1);
      assertThat(drop.replica().raws()).containsExactly(young);
    }
  }

  @Test
  void widerPolicyBringsTheBodiesOfHeadersThatAreHere() {
    try (Maildrop drop = new Maildrop()) {
      var sent = drop.deliver(3);
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(3);
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(drop.replica().held()).hasSize(3);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void headersWithoutTopAreWholeMessages() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("TOP");
      var sent = drop.deliver(2);

      SyncReport report = drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));

      assertThat(report.notes()).anyMatch(note -> note.contains("no TOP"));
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void topThatIsOfferedAndRefusedIsDoneWithout() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("TOP").reply("-ERR not here");
      var sent = drop.deliver(2);

      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));

      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }
}
