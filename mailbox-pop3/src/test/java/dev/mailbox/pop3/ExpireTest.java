// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.spi.EntryState;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.Pop3Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that delete what was retrieved (EXPIRE 0, RFC 2449 section 6.7). */
class ExpireTest {
  private static byte[] change(byte[] reply, String from, String to) {
    String text = new String(reply, StandardCharsets.ISO_8859_1);
    return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void whatIsDeletedByTheServerItselfIsHere() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().deleteRetrieved();
      List<String> sent = drop.deliver(3);

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(drop.inbox().messages()).isEmpty();
      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(report.notes())
          .anyMatch(note -> note.contains("EXPIRE 0") && note.contains("kept"));
      assertThat(drop.sync(TestTask.keeping()).notes()).isEmpty();
    }
  }

  @Test
  void nothingIsSaidWhereNothingIsToBeKept() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().deleteRetrieved();
      List<String> sent = drop.deliver(3);

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isEqualTo(3);
      assertThat(report.notes()).isEmpty();
      assertThat(drop.replica().raws()).isEqualTo(sent);
    }
  }

  @Test
  void sessionWithAMessageThatIsNotHereEndsWithoutQuit() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().deleteRetrieved();
      byte[] raw = Maildrop.raw("moody", "text\r\n");
      drop.inbox().deliver(Pop3Message.of(raw).listedSize(9000));
      drop.pop3().on("RETR 1").once().rewrite(reply -> change(reply, "text", "other"));
      String fine = Maildrop.text(drop.deliver("fine"));

      SyncReport first = drop.sync();

      assertThat(first.problems()).hasSize(1);
      assertThat(first.deleted()).isZero();
      assertThat(first.unconfirmed()).isEqualTo(1);
      assertThat(first.notes()).anyMatch(note -> note.contains("without QUIT"));
      assertThat(drop.pop3().count("QUIT")).isZero();
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1", "uidl-2");
      assertThat(drop.replica().raws()).containsExactly(fine);

      SyncReport second = drop.sync();

      assertThat(second.deleted()).isEqualTo(1);
      assertThat(second.problems()).hasSize(1);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1");

      SyncReport third = drop.sync();

      assertThat(third.problems()).isEmpty();
      assertThat(drop.inbox().messages()).isEmpty();
      assertThat(drop.replica().raws())
          .containsExactly(fine, new String(raw, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void messageThatIsLargerThanListedAndThanTheLimitStays() {
    try (Maildrop drop = new Maildrop().with(config -> config.maxMessageBytes(10_000))) {
      drop.pop3().deleteRetrieved();
      byte[] raw = Maildrop.raw("large", "x\r\n".repeat(20_000));
      drop.inbox().deliver(Pop3Message.of(raw).listedSize(100));
      String fine = Maildrop.text(drop.deliver("fine"));

      drop.sync();
      SyncReport second = drop.sync();

      assertThat(drop.replica().raws()).containsExactly(fine);
      assertThat(drop.replica().entries().values())
          .anyMatch(entry -> entry.state() == EntryState.LEFT);
      assertThat(second.deleted()).isEqualTo(1);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1");
      assertThat(drop.pop3().count("RETR 1")).isEqualTo(1);
    }
  }

  @Test
  void otherMessageUnderAKnownUidlIsNotTakenForOneThatIsHere() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().deleteRetrieved();
      byte[] first = Maildrop.raw("first", "text\r\n");
      byte[] other = Maildrop.raw("other", "text\r\n");
      assertThat(other).hasSameSizeAs(first);
      drop.inbox().deliver(Pop3Message.of(first).uidl("recycled"));
      drop.pop3().on("QUIT").once().close();
      drop.sync();
      drop.inbox().remove("recycled");
      drop.inbox().deliver(Pop3Message.of(other).uidl("recycled"));
      drop.pop3().on("RETR").replyRaw("+OK\r\n.\r\n");

      SyncReport report = drop.sync();

      assertThat(report.problems()).hasSize(1);
      assertThat(report.notes()).anyMatch(note -> note.contains("without QUIT"));
      drop.pop3().heal();
      drop.sync();
      drop.sync();
      assertThat(drop.replica().raws())
          .containsExactly(
              new String(first, StandardCharsets.ISO_8859_1),
              new String(other, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void messagesThatAreHereAlreadyMayGo() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().deleteRetrieved().without("TOP");
      drop.deliver(2);
      drop.pop3().on("QUIT").once().close();
      drop.sync();

      SyncReport report = drop.sync();

      // Without TOP they are retrieved to see whether they are still the same.
      assertThat(report.deleted()).isEqualTo(2);
      assertThat(report.notes()).noneMatch(note -> note.contains("without QUIT"));
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }
}
