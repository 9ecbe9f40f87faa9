// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.Pop3Message;
import dev.mailbox.testkit.proxy.FaultProxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that lie, break off, or leave things out. */
class OddServerTest {
  private static byte[] change(byte[] reply, String from, String to) {
    return new String(reply, StandardCharsets.ISO_8859_1)
        .replace(from, to)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void serverWithoutCapaWorks() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("CAPA", "AUTH");
      List<String> sent = drop.deliver(3);

      assertThat(drop.sync().deleted()).isEqualTo(3);
      assertThat(drop.replica().raws()).isEqualTo(sent);
    }
  }

  @Test
  void messagesThatOnlyListHasAreLeftAlone() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.pop3().on("UIDL").rewrite(reply -> change(reply, "2 uidl-2\r\n", ""));

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(2);
      assertThat(report.notes()).anyMatch(note -> note.contains("differ"));
      assertThat(drop.inbox().uidls()).containsExactly("uidl-2");
    }
  }

  @Test
  void messagesThatOnlyUidlHasAreLeftAlone() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(2);
      drop.pop3().on("UIDL").rewrite(reply -> change(reply, "2 uidl-2\r\n", "2 uidl-2\r\n3 x\r\n"));

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isEqualTo(2);
      assertThat(report.notes()).anyMatch(note -> note.contains("differ"));
    }
  }

  @Test
  void linesWithoutMeaningArePassedOver() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(2);
      String junk = "2 uidl-2\r\nx y\r\n-1 neg\r\n99999999999999 big\r\n2 again\r\n\r\n";
      drop.pop3().on("UIDL").rewrite(reply -> change(reply, "2 uidl-2\r\n", junk));
      drop.pop3().on("LIST").rewrite(reply -> change(reply, "\r\n.\r\n", "\r\n7 x\r\n8\r\n.\r\n"));

      SyncReport report = drop.sync();

      assertThat(report.deleted()).isEqualTo(2);
      assertThat(report.notes()).anyMatch(note -> note.contains("without meaning"));
    }
  }

  @Test
  void listingsOutOfOrderAreMatchedByNumber() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(3);
      drop.pop3().on("UIDL").replyRaw("+OK\r\n3 uidl-3\r\n1 uidl-1\r\n2 uidl-2\r\n.\r\n");

      drop.sync();

      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(drop.replica().entries().keySet()).anyMatch(key -> key.endsWith("uidl-3"));
    }
  }

  @Test
  void refusedListIsAnError() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(1);
      drop.pop3().on("LIST").reply("-ERR [SYS/PERM] broken maildrop");

      RejectedException e = drop.failing(RejectedException.class);

      assertThat(e.reason()).isEqualTo(Reason.PERMANENT);
      assertThat(e).hasMessageContaining("broken maildrop");
    }
  }

  @Test
  void listedSizeThatIsWrongIsSettledByEqualBytes() {
    try (Maildrop drop = new Maildrop()) {
      byte[] raw = Maildrop.raw("lie", "text\r\n");
      drop.inbox().deliver(Pop3Message.of(raw).listedSize(raw.length + 77));
      List<String> others = drop.deliver(5);

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(6);
      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).anyMatch(note -> note.contains("retrieved twice"));
      assertThat(drop.pop3().count("RETR 1")).isEqualTo(2);
      assertThat(drop.replica().raws()).containsAll(others).hasSize(6);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void sizeThatCountsLineEndsOnceIsNoLie() {
    try (Maildrop drop = new Maildrop()) {
      byte[] raw = Maildrop.raw("unix", "one\r\ntwo\r\n");
      long asFile = new String(raw, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").length();
      drop.inbox().deliver(Pop3Message.of(raw).listedSize(asFile));

      SyncReport report = drop.sync();

      assertThat(report.notes()).isEmpty();
      assertThat(report.deleted()).isEqualTo(1);
      assertThat(drop.pop3().count("RETR")).isEqualTo(1);
    }
  }

  @Test
  void lineEndThatTheServerHadToAddIsNoLie() {
    try (Maildrop drop = new Maildrop()) {
      byte[] raw = Maildrop.raw("unfinished", "one\r\ntwo\r\nthree");
      drop.inbox().deliver(raw);

      SyncReport report = drop.sync(TestTask.keeping());

      String text = new String(raw, StandardCharsets.ISO_8859_1);
      assertThat(drop.replica().raws()).containsExactly(text + "\r\n");
      assertThat(report.notes()).isEmpty();
      assertThat(drop.pop3().count("RETR")).isEqualTo(1);
    }
  }

  @Test
  void messageThatIsCutOnceIsRetrievedAgain() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(5);
      drop.pop3().on("RETR 2").once().rewrite(reply -> change(reply, "text of message 2\r\n", ""));

      SyncReport report = drop.sync();

      // The second time it has the size that was listed, so the first was the fault.
      assertThat(drop.replica().raws()).containsAll(sent.subList(2, 5)).contains(sent.get(0));
      assertThat(drop.replica().raws()).noneMatch(raw -> raw.endsWith("message 2\r\n\r\n"));
      assertThat(report.problemCount()).isZero();
      assertThat(drop.inbox().messages()).isEmpty();
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void messageThatIsNeverTheSameIsNotStored() {
    try (Maildrop drop = new Maildrop()) {
      byte[] raw = Maildrop.raw("moody", "text\r\n");
      drop.inbox().deliver(Pop3Message.of(raw).listedSize(9000));
      drop.pop3().on("RETR 1").once().rewrite(reply -> change(reply, "text", "other"));
      String fine = Maildrop.text(drop.deliver("fine"));

      SyncReport report = drop.sync();

      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0).description()).contains("stays on the server");
      assertThat(drop.replica().raws()).containsExactly(fine);
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1");
    }
  }

  @Test
  void messageOfWhichNoByteComesIsNotStoredAndStays() {
    try (Maildrop drop = new Maildrop()) {
      List<String> sent = drop.deliver(2);
      drop.pop3().on("RETR 1").replyRaw("+OK\r\n.\r\n");

      SyncReport report = drop.sync();

      assertThat(report.problems()).hasSize(1);
      assertThat(report.problems().get(0).description()).contains("no byte of the message");
      assertThat(drop.replica().raws()).containsExactly(sent.get(1));
      assertThat(drop.inbox().uidls()).containsExactly("uidl-1");

      drop.pop3().heal();
      drop.sync();

      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void missingTerminatorStoresNothingWrong() {
    try (Maildrop drop = new Maildrop().withTimeout(Duration.ofMillis(400))) {
      List<String> sent = drop.deliver(6);
      drop.pop3().on("RETR 3").withoutTerminator();

      ConnectionException e = drop.broken();

      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(drop.replica().raws()).isEqualTo(sent.subList(0, 2));
      assertThat(drop.inbox().messages()).hasSize(6);

      drop.pop3().heal();
      drop.sync();

      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void missingTerminatorAtTheEndOfTheConnectionStoresNothing() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Message message = drop.deliver("cut");
      long whole = "+OK message follows\r\n".length() + (long) message.raw().length;
      drop.pop3().on("RETR 1").once().closeAfter(whole);

      assertThat(drop.broken().reason()).isEqualTo(Reason.DISCONNECTED);

      assertThat(drop.replica().raws()).isEmpty();
      drop.sync();
      assertThat(drop.replica().raws()).containsExactly(Maildrop.text(message));
    }
  }

  @Test
  void garbledReplyNeverQuits() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);
      drop.pop3().on("RETR 2").once().replyRaw("* 1 EXISTS\r\n");

      ProtocolException e = drop.failing(ProtocolException.class);

      assertThat(e.reason()).isEqualTo(Reason.PROTOCOL_VIOLATION);
      assertThat(drop.pop3().count("QUIT")).isZero();
      assertThat(drop.inbox().messages()).hasSize(3);
      assertThat(drop.replica().raws()).hasSize(1);
    }
  }

  @Test
  void serverThatLosesCountIsAskedOneByOneFromThenOn() {
    try (Maildrop drop = new Maildrop();
        FaultProxy proxy = FaultProxy.to(drop.pop3().port())) {
      List<String> sent = drop.deliver(50);
      drop.pop3().on("RETR 2").once().replyRaw("what?\r\n");
      drop.failing(ProtocolException.class);

      drop.through(proxy).sync();

      assertThat(proxy.turns()).isGreaterThanOrEqualTo(100);
      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void superfluousReplyIsFoundBeforeQuit() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(1);
      drop.pop3().on("DELE 1").once().replyRaw("+OK deleted\r\n+OK deleted\r\n");

      drop.failing(ProtocolException.class);

      assertThat(drop.pop3().count("QUIT")).isZero();
      assertThat(drop.inbox().messages()).hasSize(1);
    }
  }

  @Test
  void endlessLineIsALimit() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("UIDL").replyRaw("+OK\r\n1 " + "x".repeat(100_000) + "\r\n.\r\n");

      LimitException e = drop.failing(LimitException.class);

      assertThat(e.reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    }
  }

  @Test
  void autologoutInTheMiddleIsAConnectionProblem() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(2);
      drop.pop3().on("RETR 2").once().replyRaw("-ERR autologout\r\n");
      drop.pop3().on("QUIT").once().reset();

      SyncReport report = drop.sync();

      assertThat(report.problemCount()).isEqualTo(1);
      assertThat(report.unconfirmed()).isEqualTo(1);
      assertThat(drop.sync().deleted()).isEqualTo(2);
    }
  }

  @Test
  void everyCutOfASessionLosesNothing() {
    int cuts = 0;
    for (long at = 0; at < 400; at += 7) {
      for (String command : List.of("RETR 2", "DELE 1", "UIDL", "LIST", "QUIT")) {
        try (Maildrop drop = new Maildrop()) {
          List<String> sent = drop.deliver(3);
          drop.pop3().on(command).once().closeAfter(at);
          try {
            drop.sync();
          } catch (MailboxException e) {
            assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
            cuts++;
          }
          drop.sync();
          assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
          assertThat(drop.inbox().messages()).isEmpty();
        }
      }
    }
    assertThat(cuts).isGreaterThan(50);
  }
}
