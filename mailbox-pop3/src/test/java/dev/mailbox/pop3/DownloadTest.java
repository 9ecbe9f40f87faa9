// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.spi.EntryState;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.Pop3Message;
import dev.mailbox.testkit.mail.MailFixtures;
import dev.mailbox.testkit.proxy.Direction;
import dev.mailbox.testkit.proxy.FaultProxy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DownloadTest {
  @Test
  void everyByteArrivesAndTheServerIsEmptied() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(3);

      SyncReport report = drop.sync();

      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(report.downloaded()).isEqualTo(3);
      assertThat(report.deleted()).isEqualTo(3);
      assertThat(report.bytes()).isEqualTo(sent.stream().mapToLong(String::length).sum());
      assertThat(report.notes()).isEmpty();
      assertThat(report.problems()).isEmpty();
      assertThat(drop.inbox().messages()).isEmpty();
      assertThat(drop.replica().state("u" + sent.get(0).length() + " uidl-1"))
          .isEqualTo(EntryState.REMOVED);
    }
  }

  @Test
  void fiveHundredMessagesArriveThroughTheWindow() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(500);

      SyncReport report = drop.sync();

      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(report.downloaded()).isEqualTo(500);
      assertThat(report.deleted()).isEqualTo(500);
      assertThat(drop.pop3().connections()).isEqualTo(1);
    }
  }

  @Test
  void nothingIsSentAheadWithoutPipelining() {
    try (Maildrop drop = new Maildrop();
        FaultProxy proxy = FaultProxy.to(drop.pop3().port())) {
      drop.pop3().capabilities("TOP", "UIDL", "USER");
      List<String> sent = drop.deliver(50);

      drop.through(proxy).sync();

      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(proxy.turns()).isGreaterThanOrEqualTo(100);
    }
  }

  @Test
  void retrievalIsSentAheadWithPipelining() {
    try (Maildrop drop = new Maildrop();
        FaultProxy proxy = FaultProxy.to(drop.pop3().port())) {
      List<String> sent = drop.deliver(50);

      drop.through(proxy).sync();

      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(proxy.turns()).isLessThan(25);
    }
  }

  @Test
  void windowHoldsAtMostSixteenKibibytesOfCommands() {
    try (Maildrop drop = new Maildrop();
        FaultProxy proxy = FaultProxy.to(drop.pop3().port())) {
      drop.deliver(2000);
      drop.pop3().on("RETR 1").stall();

      drop.through(proxy).withTimeout(Duration.ofMillis(500)).broken();

      String first = String.join("\r\n", drop.pop3().commands());
      long sent = proxy.bytes(Direction.TO_SERVER);
      assertThat(sent).isBetween(15_000L, 16_384L + first.length());
      assertThat(drop.replica().raws()).isEmpty();
    }
  }

  @Test
  void secondSyncDownloadsNothing() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.sync(TestTask.keeping());

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.downloaded()).isZero();
      assertThat(report.kept()).isEqualTo(3);
      assertThat(drop.pop3().count("RETR")).isEqualTo(3);
      assertThat(drop.pop3().count("DELE")).isZero();
    }
  }

  @Test
  void emptyMaildropIsInStep() {
    try (Maildrop drop = new Maildrop()) {
      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(drop.pop3().count("QUIT")).isEqualTo(1);
    }
  }

  @Test
  void listRefusedOfAnEmptyMaildropIsEmpty() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("LIST").reply("-ERR no messages");
      drop.pop3().on("UIDL").reply("-ERR no messages");

      assertThat(drop.sync().downloaded()).isZero();
    }
  }

  @Test
  void dropInTheMiddleKeepsWhatCameAndResumes() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(20);
      drop.pop3().on("RETR 11").closeAfter(40);

      ConnectionException e = drop.broken();

      assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
      assertThat(e.transcript()).isNotEmpty();
      assertThat(drop.replica().raws()).isEqualTo(sent.subList(0, 10));
      assertThat(drop.inbox().messages()).hasSize(20);
      assertThat(drop.pop3().count("QUIT")).isZero();

      drop.pop3().heal();
      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(10);
      assertThat(report.deleted()).isEqualTo(20);
      assertThat(drop.pop3().count("RETR 1")).isEqualTo(1);
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void messageThatBreaksTheSessionComesLastTheNextTime() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(5);
      drop.pop3().on("RETR 2").closeAfter(40);
      drop.broken();

      drop.sync();

      assertThat(drop.replica().raws())
          .containsExactly(sent.get(0), sent.get(2), sent.get(3), sent.get(4));
    }
  }

  @Test
  void refusedMessageDoesNotBlockTheOthers() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(3);
      drop.pop3().on("RETR 2").reply("-ERR [SYS/TEMP] cannot read it");

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(2);
      assertThat(report.problemCount()).isEqualTo(1);
      assertThat(report.problems().get(0).reason()).isEqualTo(Reason.TEMPORARY);
      assertThat(report.problems().get(0).serverKey()).isEqualTo("uidl-2");
      assertThat(drop.inbox().uidls()).containsExactly("uidl-2");
      drop.pop3().heal();
      drop.sync();
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void tooLargeMessageStaysAndIsReportedOnce() {
    try (Maildrop drop = new Maildrop().with(config -> config.maxMessageBytes(5000))) {
      drop.deliver("small");
      drop.inbox().deliver(Maildrop.raw("large", "x".repeat(6000) + "\r\n"));

      SyncReport first = drop.sync();
      SyncReport second = drop.sync();

      assertThat(first.problems()).hasSize(1);
      assertThat(first.problems().get(0).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
      assertThat(first.problems().get(0).description()).contains("5000").contains("stays");
      assertThat(second.problems()).isEmpty();
      assertThat(second.outOfScope()).isEqualTo(1);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-2");
      assertThat(drop.pop3().count("RETR 2")).isZero();
    }
  }

  @Test
  void tooLargeMessageComesWhenTheLimitIsRaised() {
    try (Maildrop drop = new Maildrop().with(config -> config.maxMessageBytes(5000))) {
      Pop3Message large = drop.inbox().deliver(Maildrop.raw("large", "x".repeat(6000) + "\r\n"));
      drop.sync();

      drop.with(config -> config.maxMessageBytes(10_000)).sync();

      assertThat(drop.replica().raws()).containsExactly(Maildrop.text(large));
    }
  }

  @Test
  void messageThatIsLargerThanItSaysIsNotStored() {
    try (Maildrop drop = new Maildrop().with(config -> config.maxMessageBytes(5000))) {
      byte[] large = Maildrop.raw("large", "x".repeat(60_000) + "\r\n");
      drop.inbox().deliver(Pop3Message.of(large).listedSize(100));
      String small = Maildrop.text(drop.deliver("small"));

      SyncReport report = drop.sync();

      assertThat(report.problems().get(0).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
      assertThat(drop.replica().raws()).containsExactly(small);
      assertThat(drop.sync().problems()).isEmpty();
    }
  }

  @Test
  void largeMessageTakesTheWindowForItself() {
    try (Maildrop drop = new Maildrop()) {
      drop.inbox().deliver(Pop3Message.of(MailFixtures.huge(5 * MailFixtures.MB)));
      drop.deliver("after");

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(2);
      assertThat(report.problems()).isEmpty();
      List<String> commands = drop.pop3().commands();
      assertThat(commands.indexOf("RETR 2")).isGreaterThan(commands.indexOf("RETR 1"));
    }
  }

  @Test
  void progressIsToldInPhases() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      TestTask task = new TestTask();

      drop.sync(task);

      assertThat(task.told().stream().map(Progress::phase).distinct())
          .containsExactly(
              Progress.Phase.LISTING, Progress.Phase.DOWNLOADING, Progress.Phase.REMOVING);
      assertThat(task.told()).allMatch(p -> p.done() <= p.total());
      assertThat(task.told()).anyMatch(p -> p.done() == 3 && p.total() == 3 && p.bytes() > 0);
    }
  }
}
