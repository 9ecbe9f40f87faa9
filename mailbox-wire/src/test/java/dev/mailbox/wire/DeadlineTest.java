// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.wire.LimitExceededException.Limit;
import dev.mailbox.wire.TestServer.Script;
import dev.mailbox.wire.TimedOutException.Phase;
import java.io.OutputStream;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeadlineTest {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Timeouts.Builder timeouts =
      Timeouts.builder().greeting(LONG).handshake(LONG).reply(LONG);

  @Test
  void silentServerMissesTheGreetingDeadline() throws Throwable {
    timeouts.greeting(SHORT);
    run(
        TestServer.Peer::hang,
        connection -> late(Phase.GREETING, () -> connection.reader().readLine()));
  }

  @Test
  void greetingThatDripsMissesItsDeadline() throws Throwable {
    timeouts.greeting(SHORT).progressBytes(1);
    run(
        peer -> peer.drip("+OK ", 20),
        connection -> late(Phase.GREETING, () -> connection.reader().readLine()));
  }

  @Test
  void silentServerMissesTheReplyDeadline() throws Throwable {
    timeouts.reply(SHORT);
    run(
        TestServer.Peer::hang,
        connection -> {
          connection.expectReply();
          TimedOutException error = late(Phase.REPLY, () -> connection.reader().readLine());
          assertThat(error).hasMessageEndingWith("no answer within 300 ms");
        });
  }

  @Test
  void replyThatDripsIsCutOff() throws Throwable {
    timeouts.reply(SHORT);
    run(
        peer -> peer.drip("x", 10),
        connection -> {
          connection.expectReply();
          late(Phase.PROGRESS, () -> connection.reader().readLine());
        });
  }

  @Test
  void bodyThatDripsIsCutOff() throws Throwable {
    timeouts.reply(SHORT);
    run(
        peer -> peer.drip("line\r\n", 10),
        connection -> {
          connection.expectReply();
          late(
              Phase.PROGRESS,
              () -> connection.reader().readTo(OutputStream.nullOutputStream(), 9_999));
        });
  }

  @Test
  void bodyThatFlowsMayLastLongerThanOneWindow() throws Throwable {
    timeouts.reply(Duration.ofMillis(100)).progressBytes(4);
    run(
        peer -> peer.drip("x", 5),
        connection -> {
          connection.expectReply();
          Duration time =
              WireTestSupport.time(
                  () -> connection.reader().readTo(OutputStream.nullOutputStream(), 60));
          assertThat(time).isGreaterThan(Duration.ofMillis(250));
          connection.close();
        });
  }

  @Test
  void totalDeadlineCutsOffWhatFlows() throws Throwable {
    timeouts.progressBytes(1);
    run(
        peer -> peer.drip("x", 10),
        connection -> {
          connection.deadline(Deadline.after(SHORT));
          connection.expectReply();
          late(Phase.TOTAL, () -> connection.reader().readLine());
        });
  }

  @Test
  void totalTimeoutStartsWithTheConnection() throws Throwable {
    timeouts.total(SHORT);
    run(
        TestServer.Peer::hang,
        connection -> late(Phase.TOTAL, () -> connection.reader().readLine()));
  }

  @Test
  void endlessLineIsCutOffAtTheLimit() throws Throwable {
    run(
        peer -> {
          byte[] block = new byte[64 * 1024];
          while (true) {
            peer.out().write(block);
          }
        },
        connection -> {
          var error =
              catchThrowableOfType(
                  LimitExceededException.class, () -> connection.reader().readLine());
          assertThat(error.limit()).isEqualTo(Limit.LINE);
          assertThat(connection.isOpen()).isFalse();
        });
  }

  @Test
  void blockedWriteIsEnded() throws Throwable {
    timeouts.reply(SHORT);
    run(
        TestServer.Peer::hang,
        connection -> {
          Command append =
              Command.tagged("a", "X", Literals.AT_ONCE).literal(WireTestSupport.ENDLESS).build();
          late(Phase.WRITE, () -> connection.writer().write(append));
        });
  }

  @Test
  void blockedWriteIsEndedByTheTotalDeadline() throws Throwable {
    run(
        TestServer.Peer::hang,
        connection -> {
          connection.deadline(Deadline.after(SHORT));
          Command append =
              Command.tagged("a", "X", Literals.AT_ONCE).literal(WireTestSupport.ENDLESS).build();
          late(Phase.TOTAL, () -> connection.writer().write(append));
        });
  }

  @Test
  void handshakeThatNeverEndsIsEnded() throws Throwable {
    timeouts.handshake(SHORT);
    run(TestServer.Peer::hang, connection -> late(Phase.HANDSHAKE, connection::startTls));
  }

  @Test
  void handshakeThatDripsIsEnded() throws Throwable {
    timeouts.handshake(SHORT).progressBytes(1);
    run(
        peer -> peer.drip("\u0016\u0003\u0003@\u0000" + "\u0002".repeat(900), 10),
        connection -> late(Phase.HANDSHAKE, connection::startTls));
  }

  private interface Check {
    void accept(Connection connection) throws Throwable;
  }

  private void run(Script script, Check check) throws Throwable {
    try (TestServer server = TestServer.running(script);
        Connection connection =
            Connection.to(server.options(Security.NONE).timeouts(timeouts.build()).build())) {
      connection.connect();
      check.accept(connection);
      assertThat(connection.isOpen()).isFalse();
    }
  }

  private static TimedOutException late(Phase phase, ThrowingCallable call) throws Throwable {
    var error = new TimedOutException[1];
    Duration time =
        WireTestSupport.time(() -> error[0] = catchThrowableOfType(TimedOutException.class, call));
    assertThat(error[0].phase()).isEqualTo(phase);
    assertThat(time).isBetween(Duration.ofMillis(250), Duration.ofSeconds(3));
    return error[0];
  }
}
