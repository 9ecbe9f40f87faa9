// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.raw;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.MessageGoneException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Copying less than everything: the newest, the recent, headers first. */
public interface ScopeContract extends ContractSubject {
  @Test
  default void headersComeFirstAndBodiesWhenRead() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      String expected = account.held().get(2);
      Mailbox mailbox = account.open(account.onDemand());

      SyncReport report = mailbox.sync();

      assertThat(report.headersOnly()).isEqualTo(3);
      assertThat(report.downloaded()).isZero();
      assertThat(mailbox.inbox().counts().notDownloaded()).isEqualTo(3);
      Message message = bySubject(mailbox, "message 3");
      assertThat(message.isDownloaded()).isFalse();
      assertThat(message.content().text()).contains("message number 3");
      assertThat(raw(message)).isEqualTo(expected);
      assertThat(mailbox.inbox().counts().notDownloaded()).isEqualTo(2);
    }
  }

  @Test
  default void descriptionIsTheSameBeforeAndAfterTheBodyIsHere() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("same").body("some text\n".repeat(500)));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();
      Message before = onlyOne(mailbox);

      assertThat(raw(before)).isNotEmpty();

      Message after = now(mailbox, before);
      assertThat(after.isDownloaded()).isTrue();
      assertThat(before.isDownloaded()).isFalse();
      assertThat(after.envelope()).isEqualTo(before.envelope());
      assertThat(after.contentId()).isEqualTo(before.contentId());
      assertThat(after.receivedAt()).isEqualTo(before.receivedAt());
      assertThat(after.sizeInBytes()).isEqualTo(before.sizeInBytes());
    }
  }

  @Test
  default void headerOfABodyThatIsNotHereCanBeRead() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("headers").field("X-Ticket: 4711"));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();
      mailbox.close();

      Message message = onlyOne(account.open(account.unreachable(account.onDemand())));

      assertThat(message.headers().first("x-ticket")).contains("4711");
      assertThat(message.isDownloaded()).isFalse();
    }
  }

  @Test
  default void bodyThatWasReadIsKept() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(1));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();
      String read = raw(onlyOne(mailbox));
      mailbox.close();

      Message message = onlyOne(account.open(account.unreachable(account.onDemand())));

      assertThat(message.isDownloaded()).isTrue();
      assertThat(raw(message)).isEqualTo(read);
    }
  }

  @Test
  default void bodyThatCannotBeFetchedIsAConnectionProblem() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(1));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();
      mailbox.close();
      Message message = onlyOne(account.open(account.unreachable(account.onDemand())));

      assertThatThrownBy(message::content).isInstanceOf(ConnectionException.class);
      assertThatThrownBy(message::openRaw).isInstanceOf(ConnectionException.class);
      assertThatThrownBy(message::toMimeMessage).isInstanceOf(ConnectionException.class);
    }
  }

  @Test
  default void bodyThatTheServerHasLostIsGone() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(1));
      Mailbox mailbox = account.open(account.onDemand());
      mailbox.sync();
      Message message = onlyOne(mailbox);
      Mailbox other = account.open(account.otherDevice());
      other.sync();
      onlyOne(other).delete();
      other.sync();

      assertThatThrownBy(message::openRaw).isInstanceOf(MessageGoneException.class);
    }
  }

  @Test
  default void wideningTheScopeDownloadsTheBodies() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox headers = account.open(account.onDemand());
      headers.sync();
      Message message = bySubject(headers, "message 2");
      headers.close();
      Mailbox mailbox = account.open();

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(3);
      assertThat(now(mailbox, message).isDownloaded()).isTrue();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
      assertThat(mailbox.inbox().counts().notDownloaded()).isZero();
    }
  }

  @Test
  default void recentBodiesAreDownloadedAndOldOnesAreNot() {
    try (Account account = Account.of(this)) {
      Instant anHourAgo = Instant.now().minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
      account.deliver(
          Mail.of("old").arrived("2020-01-01T00:00:00Z"),
          Mail.of("new").arrived(anHourAgo.toString()));
      SyncScope recent = SyncScope.everything().bodies(BodyPolicy.recent(Duration.ofDays(7)));
      Mailbox mailbox = account.open(account.config().scope(recent));

      mailbox.sync();

      assertThat(bySubject(mailbox, "new").isDownloaded()).isTrue();
      assertThat(bySubject(mailbox, "old").isDownloaded()).isFalse();
    }
  }

  @Test
  default void newestBoundsHowManyAreCopied() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(5));
      SyncScope scope = SyncScope.everything().bodies(BodyPolicy.all()).newest(2);
      Mailbox mailbox = account.open(account.config().scope(scope));

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(2);
      assertThat(report.outOfScope()).isEqualTo(3);
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 5", "message 4");
    }
  }

  @Test
  default void sinceBoundsByArrival() {
    try (Account account = Account.of(this)) {
      account.deliver(
          Mail.of("old").arrived("2026-01-31T23:59:59Z"),
          Mail.of("first").arrived("2026-02-01T00:00:00Z"),
          Mail.of("later").arrived("2026-03-01T00:00:00Z"));
      SyncScope scope = SyncScope.everything().since(Instant.parse("2026-02-01T00:00:00Z"));
      Mailbox mailbox = account.open(account.config().scope(scope));

      SyncReport report = mailbox.sync();

      assertThat(report.outOfScope()).isEqualTo(1);
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("later", "first");
    }
  }

  @Test
  default void narrowingTheScopeRemovesNothing() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(4)).close();
      Mailbox mailbox = account.open(account.config().scope(SyncScope.everything().newest(1)));

      mailbox.sync();

      assertThat(mailbox.inbox().newest(10)).hasSize(4).allMatch(Message::isDownloaded);
      assertThat(account.held()).hasSize(4);
    }
  }

  @Test
  default void searchBringsWhatTheScopeLeftOutWhereTheServerCanSearch() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(5));
      SyncScope scope = SyncScope.everything().bodies(BodyPolicy.all()).newest(2);
      Mailbox mailbox = account.open(account.config().scope(scope));
      mailbox.sync();

      SearchResult result = mailbox.inbox().search(Query.subject("message 1"));

      assertThat(result.size()).isEqualTo(account.livesOnServer() ? 1 : 0);
      assertThat(result.complete()).isEqualTo(account.livesOnServer());
    }
  }
}
