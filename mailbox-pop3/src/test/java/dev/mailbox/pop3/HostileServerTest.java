// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Reason;
import dev.mailbox.connect.LimitException;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.sync.SyncReport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Servers that want all the memory, or all the disk. */
class HostileServerTest {
  @Test
  void listingOfMoreMessagesThanAMaildropMayHaveIsALimit() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("UIDL").replyRaw("+OK\r\n" + "1 a\r\n".repeat(1_000_001) + ".\r\n");

      LimitException e = drop.failing(LimitException.class);

      assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
      assertThat(e).hasMessageContaining("1,000,000 messages");
    }
  }

  @Test
  void sizesOfMoreMessagesThanAMaildropMayHaveAreALimit() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("LIST").replyRaw("+OK\r\n" + "x\r\n".repeat(1_000_001) + ".\r\n");

      assertThat(drop.failing(LimitException.class)).hasMessageContaining("1,000,000 messages");
    }
  }

  @Test
  void numberThatIsRepeatedCountsOnce() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(1);
      drop.pop3().on("UIDL").replyRaw("+OK\r\n" + "1 uidl-1\r\n".repeat(10) + ".\r\n");

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.notes()).anyMatch(note -> note.contains("9 lines without meaning"));
    }
  }

  @Test
  void messageWithoutIdAboveTheLimitIsNotRetrievedForOne() {
    try (Maildrop drop = new Maildrop().with(config -> config.maxMessageBytes(200))) {
      drop.pop3().without("UIDL", "TOP");
      drop.inbox().deliver(Maildrop.raw("large", "x".repeat(1000) + "\r\n"));
      drop.deliver("small");

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
      assertThat(drop.pop3().count("RETR 1")).isZero();
    }
  }

  @Test
  void messageThatIsLargerThanListedGetsNoKey() {
    try (Maildrop drop = new Maildrop().with(config -> config.maxMessageBytes(200))) {
      drop.pop3().without("UIDL", "TOP");
      drop.deliver("liar");
      drop.pop3().on("RETR 1").replyRaw("+OK\r\nA: b\r\n\r\n" + "x".repeat(999) + "\r\n.\r\n");

      SyncReport report = drop.sync(TestTask.keeping());

      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0).reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
      assertThat(drop.replica().entries()).isEmpty();
    }
  }

  @Test
  void onlyTheHeaderGoesToTheSinkHoweverItIsCut() {
    byte[] message = "A: b\r\nC: d\r\n\r\nbody\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut <= message.length; cut++) {
      assertThat(passing(message, cut, 1000)).isEqualTo("A: b\r\nC: d\r\n\r\n");
    }
    assertThat(passing(message, 3, 5)).isEqualTo("A: b\r");
  }

  private static String passing(byte[] message, int cut, long most) {
    StringBuilder passed = new StringBuilder();
    MemorySink memory = new MemorySink(() -> {}, sink -> passed.append(text(sink)));
    MessageSink sink = new HeaderSink(memory, most);
    sink.write(message, 0, cut);
    sink.write(message, cut, message.length - cut);
    sink.complete();
    return passed.toString();
  }

  private static String text(MemorySink sink) {
    return new String(sink.bytes(), StandardCharsets.US_ASCII);
  }
}
