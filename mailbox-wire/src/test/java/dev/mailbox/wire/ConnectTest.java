// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.wire.TimedOutException.Phase;
import dev.mailbox.wire.UnreachableException.Reason;
import dev.mailbox.wire.WireTestSupport.FullPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConnectTest {

  @Test
  void talksToAServer() throws Exception {
    try (TestServer server =
            TestServer.running(
                peer -> {
                  peer.send("+OK ready\r\n");
                  peer.send("+OK " + peer.line() + "\r\n");
                  peer.line();
                });
        Connection connection = Connection.to(server.options(Security.NONE).build())) {
      assertThat(connection.isOpen()).isFalse();
      connection.connect();
      assertThat(connection.isOpen()).isTrue();
      assertThat(connection.isSecure()).isFalse();
      assertThat(connection.tlsSession()).isEmpty();
      assertThat(connection.reader().readLine().text()).isEqualTo("+OK ready");

      connection.writer().write(Command.named("NOOP").build());
      connection.writer().flush();
      connection.expectReply();

      assertThat(connection.reader().readLine().text()).isEqualTo("+OK NOOP");
      assertThat(connection.transcript().lines())
          .containsExactly("S: +OK ready", "C: NOOP", "S: +OK NOOP");
      assertThat(connection).hasToString("Connection to localhost:" + server.port());
    }
  }

  @Test
  void refusedPortIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Connection connection = to(new Endpoint("127.0.0.1", port, Security.NONE));

    var error = catchThrowableOfType(UnreachableException.class, connection::connect);

    assertThat(error.reason()).isEqualTo(Reason.REFUSED);
    assertThat(error)
        .hasMessage("127.0.0.1:" + port + ": the connection was refused: nothing listens there");
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void unknownHostIsNamed() {
    Connection connection = to(new Endpoint("no-such-host.invalid", 995, Security.NONE));

    var error = catchThrowableOfType(UnreachableException.class, connection::connect);

    assertThat(error.reason()).isEqualTo(Reason.UNKNOWN_HOST);
    assertThat(error).hasMessageStartingWith("no-such-host.invalid:995: there is no such host");
  }

  @Test
  void lookupHasADeadlineAndCanBeCancelled() {
    Lookup unanswered = new Lookup("slow.example");

    assertThatThrownBy(() -> unanswered.await(1_000_000)).isInstanceOf(TimeoutException.class);
    unanswered.cancel();
    assertThatThrownBy(() -> unanswered.await(Long.MAX_VALUE))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void connectHasADeadline() throws Throwable {
    try (FullPort full = new FullPort()) {
      var timeouts = Timeouts.builder().connect(Duration.ofMillis(300)).build();
      Connection connection =
          Connection.to(
              ConnectOptions.to(new Endpoint("127.0.0.1", full.port(), Security.NONE))
                  .timeouts(timeouts)
                  .build());

      var error = new TimedOutException[1];
      Duration time =
          WireTestSupport.time(
              () -> error[0] = catchThrowableOfType(TimedOutException.class, connection::connect));

      assertThat(error[0].phase()).isEqualTo(Phase.CONNECT);
      assertThat(error[0]).hasMessageEndingWith("no connection within 300 ms");
      assertThat(time).isBetween(Duration.ofMillis(290), Duration.ofSeconds(2));
    }
  }

  @Test
  void totalDeadlineThatIsOverMakesNoConnection() throws Exception {
    try (TestServer server = TestServer.running(TestServer.Peer::hang)) {
      Connection connection = Connection.to(server.options(Security.NONE).build());
      connection.deadline(Deadline.after(Duration.ZERO));

      var error = catchThrowableOfType(TimedOutException.class, connection::connect);

      assertThat(error.phase()).isEqualTo(Phase.TOTAL);
    }
  }

  @Test
  void serverThatClosesAtOnceIsReported() throws Exception {
    try (TestServer server = TestServer.running(peer -> {});
        Connection connection = server.connect()) {
      assertThatThrownBy(() -> connection.reader().readLine())
          .isInstanceOf(PeerClosedException.class)
          .hasMessageContaining("the server closed the connection");
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void resetIsReportedAsClosedByTheServer() throws Exception {
    try (TestServer server =
            TestServer.running(
                peer -> {
                  peer.line();
                  peer.socket().setSoLinger(true, 0);
                });
        Connection connection = server.connect()) {
      connection.writer().write(Command.named("NOOP").build());
      connection.writer().flush();

      assertThatThrownBy(() -> connection.reader().readLine())
          .isInstanceOf(PeerClosedException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void failureIsToldAgainByLaterCalls() throws Exception {
    try (TestServer server = TestServer.running(peer -> peer.send("what?\r\n"));
        Connection connection = server.connect()) {
      connection.reader().readLine();

      GarbledReplyException garbled = connection.garbled("the greeting is none");

      assertThat(garbled).hasMessageEndingWith(": the greeting is none");
      assertThat(garbled.transcript()).containsExactly("S: what?");
      assertThatThrownBy(() -> connection.reader().readLine()).isSameAs(garbled);
    }
  }

  @Test
  void connectionIsMadeOnce() throws Exception {
    try (TestServer server = TestServer.running(TestServer.Peer::hang);
        Connection connection = server.connect()) {
      assertThatThrownBy(connection::connect).isInstanceOf(IllegalStateException.class);
    }
  }

  private static Connection to(Endpoint endpoint) {
    return Connection.to(ConnectOptions.to(endpoint).build());
  }
}
