// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.connect.ProtocolException;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.Pop3Message;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message that breaks every session must not stand in the way of the others. */
class SuspectTest {
  private static final String UNSTUFFED = "+OK\r\nSubject: a\r\n\r\nx\r\n.\r\nrest\r\n.\r\n";

  @Test
  void messageWithoutDotStuffingIsReportedAndTheOthersCome() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(4);
      drop.pop3().on("RETR 1").replyRaw(UNSTUFFED);
      drop.failing(ProtocolException.class);

      SyncReport second = drop.sync();
      drop.deliver("new");
      SyncReport third = drop.sync();

      assertThat(second.problems()).hasSize(1);
      assertThat(second.problems().get(0).serverKey()).isEqualTo("uidl-1");
      assertThat(third.problems()).hasSize(1);
      assertThat(third.downloaded()).isEqualTo(1);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1");
      assertThat(drop.replica().raws()).hasSize(4).doesNotContain(sent.get(0));
    }
  }

  @Test
  void suspectThatIsMendedComes() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(4);
      drop.pop3().on("RETR 2").replyRaw(UNSTUFFED);
      drop.failing(ProtocolException.class);
      drop.sync();
      drop.pop3().heal();

      SyncReport report = drop.sync();

      assertThat(report.problems()).isEmpty();
      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void twoSuspectsDoNotTakeTurnsInBlockingTheRest() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(7);
      drop.pop3().on("RETR 2").replyRaw(UNSTUFFED);
      drop.pop3().on("RETR 5").replyRaw(UNSTUFFED);
      drop.failing(ProtocolException.class);
      drop.failing(ProtocolException.class);

      SyncReport report = drop.sync();

      assertThat(report.problems()).hasSize(2);
      assertThat(drop.replica().raws()).hasSize(5);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-2", "uidl-5");
    }
  }

  @Test
  void connectionThatBreaksAtOneMessageDoesNotKeepTheOthersOnTheServer() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message first = drop.deliver("breaks");
      drop.deliver(3);
      drop.pop3().on("RETR 1").reset();
      drop.broken();

      SyncReport report = drop.sync();

      assertThat(report.problems()).hasSize(1);
      assertThat(drop.inbox().uidls()).containsExactly(first.uidl());
    }
  }
}
