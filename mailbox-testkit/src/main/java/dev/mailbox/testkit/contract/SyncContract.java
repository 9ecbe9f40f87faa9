// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.raw;
import static dev.mailbox.testkit.contract.Reading.raws;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.search.Search;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Bringing the copy in step: everything once, byte for byte, and told truthfully. */
public interface SyncContract extends ContractSubject {
  @Test
  default void syncDownloadsEveryMessageByteForByte() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(20));
      account.deliver(
          Mail.of("dots").body(".\n..\n.leading dot\n...\n\n.\n"),
          Mail.of("from").body("From the start of a line\n>From quoted\n"),
          Mail.of("long line").body("x".repeat(20_000) + "\n"),
          Mail.of("8 bit").body("Grüße aus Zürich\n").field("Content-Transfer-Encoding: 8bit"));
      List<String> expected = account.held();
      Mailbox mailbox = account.open();

      mailbox.sync();

      assertThat(raws(mailbox)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  default void largeMessageArrivesWhole() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("large").body("0123456789abcdef\n".repeat(250_000)));
      String expected = account.held().get(0);
      Mailbox mailbox = account.open();

      SyncReport report = mailbox.sync();

      assertThat(raw(bySubject(mailbox, "large")).equals(expected)).isTrue();
      assertThat(report.bytes()).isGreaterThanOrEqualTo(expected.length());
    }
  }

  @Test
  default void emptyInboxIsInStepAtOnce() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open();

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(report.problemCount()).isZero();
      assertThat(mailbox.inbox().counts().total()).isZero();
    }
  }

  @Test
  default void secondSyncDownloadsNothing() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(report.headersOnly()).isZero();
      assertThat(report.kept()).isEqualTo(3);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  default void syncAfterReopenDownloadsNothing() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(3)).close();
      Mailbox mailbox = account.open();

      assertThat(mailbox.sync().downloaded()).isZero();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  default void newMailArrivesWithTheNextSync() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      account.deliver(Mail.of("late"));

      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(subjects(mailbox.inbox().newest(10)))
          .containsExactly("late", "message 2", "message 1");
    }
  }

  @Test
  default void reportCountsWhatWasDone() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(4));
      long bytes = account.held().stream().mapToLong(String::length).sum();

      SyncReport report = account.open().sync();

      assertThat(report.downloaded()).isEqualTo(4);
      assertThat(report.bytes()).isGreaterThanOrEqualTo(bytes);
      assertThat(report.deleted()).isZero();
      assertThat(report.unconfirmed()).isZero();
      assertThat(report.outOfScope()).isZero();
      assertThat(report.problems()).isEmpty();
      assertThat(report.elapsed()).isPositive();
    }
  }

  @Test
  default void folderCanBeSyncedByItself() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();

      assertThat(mailbox.inbox().sync().downloaded()).isEqualTo(2);
      assertThat(mailbox.createFolder(FolderPath.of("Empty")).sync().downloaded()).isZero();
      assertThat(mailbox.sync().downloaded()).isZero();
    }
  }

  @Test
  default void identicalBytesDeliveredTwiceAreTwoMessages() {
    try (Account account = Account.of(this)) {
      Mail twin = Mail.of("twin").arrived("2026-11-02T10:00:00Z");
      Mailbox mailbox = account.synced(twin, twin);

      List<Message> messages = mailbox.inbox().newest(10);

      assertThat(messages).hasSize(2);
      assertThat(messages).extracting(Message::id).doesNotHaveDuplicates();
      assertThat(raw(messages.get(0))).isEqualTo(raw(messages.get(1)));
      assertThat(mailbox.sync().downloaded()).isZero();
    }
  }

  @Test
  default void messageDeliveredAgainLaterIsAnotherMessage() {
    try (Account account = Account.of(this)) {
      Mail twin = Mail.of("twin").arrived("2026-11-02T10:00:00Z");
      Mailbox mailbox = account.synced(twin);
      account.deliver(twin);

      assertThat(mailbox.sync().downloaded()).isEqualTo(1);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  default void progressIsToldAndNeverExceedsItsTotal() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(5));
      List<Progress> told = new ArrayList<>();

      account.open().sync(told::add);

      assertThat(told).extracting(Progress::phase).contains(Progress.Phase.DOWNLOADING);
      assertThat(told).allMatch(progress -> progress.done() <= progress.total());
      assertThat(told).allMatch(progress -> progress.done() >= 0 && progress.bytes() >= 0);
    }
  }

  @Test
  default void progressEndsWithAllBodiesOrAllHeaders() {
    for (boolean headers : new boolean[] {false, true}) {
      try (Account account = Account.of(this)) {
        account.deliver(Mail.several(5));
        List<Progress> told = new ArrayList<>();
        Mailbox mailbox = account.open(headers ? account.onDemand() : account.config());

        SyncReport report = mailbox.sync(told::add);

        Progress last = told.get(told.size() - 1);
        assertThat(told.get(0).phase()).isEqualTo(Progress.Phase.LISTING);
        assertThat(last.phase()).isEqualTo(Progress.Phase.DOWNLOADING);
        assertThat(last.done()).isEqualTo(5);
        assertThat(last.total()).isEqualTo(5);
        assertThat(last.bytes()).isEqualTo(report.bytes());
        assertThat(report.bytes()).isGreaterThan(5 * 200);
        assertThat(told).filteredOn(each -> each.phase() == last.phase()).hasSizeLessThan(6);
        told.clear();
        mailbox.sync(told::add);
        assertThat(told).extracting(Progress::phase).containsOnly(Progress.Phase.LISTING);
      }
    }
  }

  @Test
  default void whatStaysOnTheServerIsCountedOverPop3FromTheStart() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open();

      assertThat(mailbox.sync().kept()).isEqualTo(account.livesOnServer() ? 0 : 3);
      assertThat(mailbox.sync().kept()).isEqualTo(3);
    }
  }

  @Test
  default void listenerThatThrowsEndsTheSyncAndNothingIsLostOrDoubled() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(5));
      List<String> expected = account.held();
      Mailbox mailbox = account.open();
      var problem = new UnsupportedOperationException("enough");

      assertThatThrownBy(
              () ->
                  mailbox.sync(
                      progress -> {
                        throw problem;
                      }))
          .isSameAs(problem);

      mailbox.sync();
      assertThat(raws(mailbox)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  default void twoSyncsAtOnceJoin() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));
      Mailbox mailbox = account.open();
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      List<Progress> toldToSecond = new ArrayList<>();
      Background<SyncReport> first =
          Background.start(() -> mailbox.sync(progress -> pause(begun, goOn)));
      Wait.until("the first sync has begun", () -> begun.getCount() == 0);

      Background<SyncReport> second = Background.start(() -> mailbox.sync(toldToSecond::add));
      second.awaitWaiting();
      goOn.countDown();

      assertThat(first.result().downloaded()).isEqualTo(3);
      assertThat(second.result().downloaded()).isEqualTo(3);
      assertThat(toldToSecond).isEmpty();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
    }
  }

  private static void pause(CountDownLatch begun, CountDownLatch goOn) {
    begun.countDown();
    Wait.until("the sync may go on", () -> goOn.getCount() == 0);
  }

  @Test
  default void failedSyncLosesNothingAndTheNextGoesOn() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(2)).close();
      account.deliver(Mail.of("late"));
      Mailbox cutOff = account.open(account.unreachable());
      assertThatThrownBy(cutOff::sync).isInstanceOf(ConnectionException.class);
      assertThat(cutOff.inbox().counts().total()).isEqualTo(2);
      cutOff.close();

      Mailbox mailbox = account.open();

      assertThat(mailbox.sync().downloaded()).isEqualTo(1);
      assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
    }
  }

  @Test
  default void messageOverTheSizeLimitIsLeftAndReported() {
    try (Account account = Account.of(this)) {
      account.deliver(
          Mail.of("huge").body("too much\n".repeat(20_000)), Mail.of("small").body("fine\n"));
      Mailbox mailbox = account.open(account.config().maxMessageBytes(50_000));

      SyncReport report = mailbox.sync();

      assertThat(subjects(mailbox.inbox().newest(10))).contains("small");
      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
      assertThat(account.held()).hasSize(2);
    }
  }

  @Test
  default void messageOverTheSizeLimitIsListedWhereMailLivesOnTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("huge").body("too much\n".repeat(20_000)), Mail.of("small"));
      Mailbox mailbox = account.open(account.config().maxMessageBytes(50_000));

      SyncReport first = mailbox.sync();
      SyncReport second = mailbox.sync();

      boolean listed = account.livesOnServer();
      assertThat(first.headersOnly()).isEqualTo(listed ? 1 : 0);
      assertThat(first.outOfScope()).isEqualTo(listed ? 0 : 1);
      assertThat(second.problems()).isEmpty();
      assertThat(second.kept()).isEqualTo(listed ? 2 : 1);
      assertThat(second.outOfScope()).isEqualTo(listed ? 0 : 1);
      assertThat(subjects(mailbox.inbox().newest(10)))
          .isEqualTo(listed ? List.of("small", "huge") : List.of("small"));
      assertThat(mailbox.inbox().search(Search.of(all()).localOnly()).complete()).isEqualTo(listed);
      if (listed) {
        Message huge = mailbox.inbox().newest(2).get(1);
        assertThat(huge.isDownloaded()).isFalse();
        assertThat(huge.headers().first("Subject")).contains("huge");
        assertThatThrownBy(huge::content)
            .isInstanceOfSatisfying(
                LimitException.class, e -> assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED));
      }
    }
  }

  @Test
  default void limitThatIsRaisedBringsWhatWasTooLarge() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("huge").body("too much\n".repeat(20_000)));
      Mailbox before = account.open(account.config().maxMessageBytes(50_000));
      before.sync();
      before.close();

      Mailbox mailbox = account.open();

      assertThat(mailbox.sync().downloaded()).isEqualTo(1);
      assertThat(mailbox.inbox().newest(1).get(0).isDownloaded()).isTrue();
    }
  }
}
