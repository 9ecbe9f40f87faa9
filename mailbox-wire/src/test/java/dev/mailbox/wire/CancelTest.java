// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static dev.mailbox.wire.WireTestSupport.blocked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.wire.TestServer.Peer;
import dev.mailbox.wire.WireTestSupport.Blocked;
import dev.mailbox.wire.WireTestSupport.FullPort;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CancelTest {
  private static final Duration AT_ONCE = Duration.ofMillis(400);
  private static final Duration TWO_TICKS = Duration.ofMillis(1500);

  @Test
  void closeWakesABlockedRead() throws Throwable {
    try (TestServer server = TestServer.running(Peer::hang);
        Connection connection = server.connect()) {
      closes(connection, blocked(() -> connection.reader().readLine()).awaitIn("park"));
    }
  }

  @Test
  void closeWakesABlockedReadUnderTls() throws Throwable {
    try (TestServer server =
            TestServer.running(
                peer -> {
                  peer.startTls(Certificates.good());
                  peer.hang();
                });
        Connection connection =
            Connection.to(
                server
                    .options(Security.IMPLICIT_TLS)
                    .sslContext(Certificates.trusting())
                    .build())) {
      connection.connect();
      closes(connection, blocked(() -> connection.reader().readLine()).awaitIn("park"));
    }
  }

  @Test
  void closeWakesABlockedWrite() throws Throwable {
    try (TestServer server = TestServer.running(Peer::hang);
        Connection connection = server.connect()) {
      closes(connection, blocked(endlessWrite(connection)).awaitIn("implWrite"));
    }
  }

  @Test
  void closeWakesAHandshake() throws Throwable {
    try (TestServer server = TestServer.running(Peer::hang);
        Connection connection = server.connect()) {
      closes(connection, blocked(connection::startTls).awaitIn("park"));
    }
  }

  @Test
  void closeWakesAConnect() throws Throwable {
    try (FullPort full = new FullPort()) {
      Connection connection =
          Connection.to(
              ConnectOptions.to(new Endpoint("127.0.0.1", full.port(), Security.NONE)).build());
      closes(connection, blocked(connection::connect).awaitIn("park"));
    }
  }

  @Test
  void closeBeforeConnectIsHeeded() throws Exception {
    try (TestServer server = TestServer.running(Peer::hang)) {
      Connection connection = Connection.to(server.options(Security.NONE).build());
      connection.close();

      assertThatThrownBy(connection::connect).isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void closeIsIdempotentAndLaterCallsSaySo() throws Exception {
    try (TestServer server = TestServer.running(Peer::hang)) {
      Connection connection = server.connect();
      connection.close();
      connection.close();

      assertThat(connection.isOpen()).isFalse();
      assertThatThrownBy(() -> connection.reader().readLine())
          .isInstanceOf(CancelledException.class)
          .hasMessageEndingWith("the connection was closed");
      connection.writer().write(Command.named("QUIT").build());
      assertThatThrownBy(() -> connection.writer().flush()).isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void interruptEndsABlockedRead() throws Throwable {
    try (TestServer server = TestServer.running(Peer::hang);
        Connection connection = server.connect()) {
      interrupts(connection, blocked(() -> connection.reader().readLine()).awaitIn("park"));
    }
  }

  @Test
  void interruptEndsABlockedWrite() throws Throwable {
    try (TestServer server = TestServer.running(Peer::hang);
        Connection connection = server.connect()) {
      interrupts(connection, blocked(endlessWrite(connection)).awaitIn("implWrite"));
    }
  }

  @Test
  void interruptEndsAHandshake() throws Throwable {
    try (TestServer server = TestServer.running(Peer::hang);
        Connection connection = server.connect()) {
      interrupts(connection, blocked(connection::startTls).awaitIn("park"));
    }
  }

  @Test
  void interruptEndsAConnect() throws Throwable {
    try (FullPort full = new FullPort()) {
      Connection connection =
          Connection.to(
              ConnectOptions.to(new Endpoint("127.0.0.1", full.port(), Security.NONE)).build());
      interrupts(connection, blocked(connection::connect).awaitIn("park"));
    }
  }

  @Test
  void threadThatIsInterruptedAlreadyReadsNothing() throws Throwable {
    try (TestServer server = TestServer.running(peer -> peer.send("+OK\r\n"));
        Connection connection = server.connect()) {
      Blocked call =
          blocked(
              () -> {
                Thread.currentThread().interrupt();
                connection.reader().readLine();
              });

      assertThat(call.failure()).isInstanceOf(CancelledException.class);
      assertThat(call.interruptFlag()).isTrue();
    }
  }

  private static ThrowingCallable endlessWrite(Connection connection) {
    Command append =
        Command.tagged("a", "X", Literals.AT_ONCE).literal(WireTestSupport.ENDLESS).build();
    return () -> connection.writer().write(append);
  }

  private static void closes(Connection connection, Blocked call) throws Throwable {
    Throwable[] failure = new Throwable[1];
    Duration time =
        WireTestSupport.time(
            () -> {
              connection.close();
              failure[0] = call.failure();
            });
    assertThat(failure[0]).isInstanceOf(CancelledException.class);
    assertThat(((CancelledException) failure[0]).interrupted()).isFalse();
    assertThat(time).isLessThan(AT_ONCE);
  }

  private static void interrupts(Connection connection, Blocked call) throws Throwable {
    Throwable[] failure = new Throwable[1];
    Duration time =
        WireTestSupport.time(
            () -> {
              call.thread().interrupt();
              failure[0] = call.failure();
            });
    assertThat(failure[0])
        .isInstanceOf(CancelledException.class)
        .hasMessageEndingWith("the thread was interrupted");
    assertThat(((CancelledException) failure[0]).interrupted()).isTrue();
    assertThat(call.interruptFlag()).isTrue();
    assertThat(connection.isOpen()).isFalse();
    assertThat(time).isLessThan(TWO_TICKS);
  }
}
