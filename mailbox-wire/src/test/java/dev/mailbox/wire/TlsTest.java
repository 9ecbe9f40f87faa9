// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.wire.TlsFailedException.Problem;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class TlsTest {

  @Test
  void goodCertificateIsAccepted() throws Exception {
    try (TestServer server = greetingWith(Certificates.good());
        Connection connection = to(server, Security.IMPLICIT_TLS)) {
      connection.connect();

      assertThat(connection.isSecure()).isTrue();
      assertThat(connection.tlsSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      assertThat(connection.reader().readLine().text()).isEqualTo("+OK over TLS");
      assertThat(connection.transcript().lines().get(0)).startsWith("-- TLSv1.3 TLS_");
    }
  }

  @Test
  void expiredCertificateIsToldApart() throws Exception {
    refused(Certificates.expired(), Problem.EXPIRED, "the server's certificate has expired (NotAf");
  }

  @Test
  void certificateOfTheFutureIsToldApart() throws Exception {
    refused(Certificates.notYetValid(), Problem.NOT_YET_VALID, "is not valid yet");
  }

  @Test
  void certificateForAnotherHostIsToldApart() throws Exception {
    refused(Certificates.wrongHost(), Problem.WRONG_HOST, "is for another host (No ");
  }

  @Test
  void selfSignedCertificateIsToldApart() throws Exception {
    refused(Certificates.selfSigned(), Problem.UNTRUSTED, "not issued by a trusted authority");
  }

  @Test
  void certificateForANameIsNotGoodForAnAddress() throws Exception {
    try (TestServer server = greetingWith(Certificates.good())) {
      var endpoint = new Endpoint("127.0.0.1", server.port(), Security.IMPLICIT_TLS);
      Connection connection =
          Connection.to(ConnectOptions.to(endpoint).sslContext(Certificates.trusting()).build());

      var error = catchThrowableOfType(TlsFailedException.class, connection::connect);

      assertThat(error.problem()).isEqualTo(Problem.WRONG_HOST);
    }
  }

  @Test
  void serverWithoutTlsIsToldApart() throws Exception {
    try (TestServer server =
        TestServer.running(
            peer -> {
              peer.send("+OK POP3 in clear text, ready for you\r\n");
              peer.hang();
            })) {
      Connection connection = to(server, Security.IMPLICIT_TLS);

      var error = catchThrowableOfType(TlsFailedException.class, connection::connect);

      assertThat(error.problem()).isEqualTo(Problem.NOT_TLS);
      assertThat(error).hasMessageContaining("does not speak TLS on this port");
    }
  }

  @Test
  void serverThatClosesInTheHandshakeIsReported() throws Exception {
    try (TestServer server = TestServer.running(peer -> peer.in().read(new byte[10_000]))) {
      Connection connection = to(server, Security.IMPLICIT_TLS);

      assertThatThrownBy(connection::connect)
          .isInstanceOf(PeerClosedException.class)
          .hasMessageContaining("during the TLS handshake");
    }
  }

  @Test
  void oldVersionsOfTlsAreNotOffered() throws Exception {
    try (TestServer server = TestServer.running(TestServer.Peer::hang);
        Socket raw = new Socket("localhost", server.port());
        SSLSocket tls = TlsLayer.over(raw, server.options(Security.IMPLICIT_TLS).build())) {
      assertThat(tls.getEnabledProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
    }
  }

  @ParameterizedTest
  @CsvSource({"mail.example.org,true", "localhost,true", "my_host,false", "::1,false"})
  void serverIsToldTheNameWhereThereIsOne(String host, boolean told) throws Exception {
    var endpoint = new Endpoint(host, 995, Security.IMPLICIT_TLS);
    try (TestServer server = TestServer.running(TestServer.Peer::hang);
        Socket raw = new Socket("localhost", server.port());
        SSLSocket tls = TlsLayer.over(raw, ConnectOptions.to(endpoint).build())) {
      assertThat(tls.getSSLParameters().getServerNames())
          .isEqualTo(told ? List.of(new SNIHostName(host)) : List.of());
    }
  }

  @Test
  void startTlsUpgradesTheConnection() throws Exception {
    SSLContext context = Certificates.good();
    try (TestServer server =
            TestServer.running(
                peer -> {
                  peer.send("+OK\r\n");
                  peer.line();
                  peer.send("+OK begin\r\n");
                  peer.startTls(context);
                  peer.send("+OK " + peer.line() + "\r\n");
                });
        Connection connection = to(server, Security.STARTTLS_REQUIRED)) {
      connection.connect();
      connection.reader().readLine();
      ask(connection, Command.named("STLS").build());
      connection.startTls();

      assertThat(ask(connection, Command.named("PASS").secret("password", "open sesame").build()))
          .isEqualTo("+OK PASS open sesame");
      assertThat(connection.transcript().toString()).doesNotContain("sesame");
      assertThatThrownBy(connection::startTls).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void injectedReplyAbortsStartTls() throws Exception {
    AtomicInteger handshakes = new AtomicInteger();
    SSLContext context = Certificates.good();
    try (TestServer server =
            TestServer.running(
                peer -> {
                  peer.send("+OK\r\n");
                  peer.line();
                  peer.send("+OK begin\r\n+OK injected\r\n");
                  peer.startTls(context);
                  handshakes.incrementAndGet();
                });
        Connection connection = to(server, Security.STARTTLS_REQUIRED)) {
      connection.connect();
      connection.reader().readLine();
      ask(connection, Command.named("STLS").build());

      var error = catchThrowableOfType(TlsFailedException.class, connection::startTls);

      assertThat(error.problem()).isEqualTo(Problem.INJECTION);
      assertThat(connection.isOpen()).isFalse();
      assertThat(handshakes).hasValue(0);
    }
  }

  @Test
  void unsentCommandForbidsStartTls() throws Exception {
    try (TestServer server = TestServer.running(TestServer.Peer::hang);
        Connection connection = server.connect()) {
      connection.writer().write(Command.named("NOOP").build());

      assertThatThrownBy(connection::startTls).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void secretInClearTextNeedsPermission() throws Exception {
    Command pass = Command.named("PASS").secret("password", "open sesame").build();
    try (TestServer server = TestServer.running(peer -> peer.send("+OK " + peer.line() + "\r\n"));
        Connection strict = to(server, Security.NONE);
        Connection lenient =
            Connection.to(server.options(Security.NONE).allowCleartextSecrets(true).build())) {
      strict.connect();
      assertThatThrownBy(() -> strict.writer().write(pass))
          .isInstanceOf(IllegalStateException.class);

      lenient.connect();
      assertThat(ask(lenient, pass)).isEqualTo("+OK PASS open sesame");
    }
  }

  @Test
  void recordThatTakesManyTicksIsReadWhole() throws Exception {
    SSLContext context = Certificates.good();
    try (TestServer server =
            TestServer.running(
                peer -> {
                  Pacer pacer = new Pacer(peer.socket());
                  peer.startTls(context, pacer, "TLSv1.3");
                  pacer.slow = true;
                  peer.send("+OK slow\r\n");
                });
        Connection connection = to(server, Security.IMPLICIT_TLS)) {
      connection.connect();

      assertThat(connection.reader().readLine().text()).isEqualTo("+OK slow");
    }
  }

  @Test
  void dripOfTinyRecordsIsCutOff() throws Exception {
    SSLContext context = Certificates.good();
    var timeouts = Timeouts.builder().reply(Duration.ofMillis(400)).progressBytes(100).build();
    try (TestServer server =
            TestServer.running(
                peer -> {
                  peer.startTls(context);
                  peer.drip("x", 10);
                });
        Connection connection =
            Connection.to(
                server
                    .options(Security.IMPLICIT_TLS)
                    .sslContext(Certificates.trusting())
                    .timeouts(timeouts)
                    .build())) {
      connection.connect();
      connection.expectReply();

      var error =
          catchThrowableOfType(TimedOutException.class, () -> connection.reader().readLine());

      assertThat(error.phase()).isEqualTo(TimedOutException.Phase.PROGRESS);
    }
  }

  @Test
  void blockedWriteUnderTlsIsEndedAtItsDeadline() throws Exception {
    var timeouts = Timeouts.builder().reply(Duration.ofMillis(300)).build();
    try (TestServer server = silentWith(Certificates.good());
        Connection connection =
            Connection.to(
                server
                    .options(Security.IMPLICIT_TLS)
                    .sslContext(Certificates.trusting())
                    .timeouts(timeouts)
                    .build())) {
      connection.connect();

      var late =
          catchThrowableOfType(TimedOutException.class, () -> connection.writer().write(endless()));

      assertThat(late.phase()).isEqualTo(TimedOutException.Phase.WRITE);
    }
  }

  @Test
  void closeWakesABlockedWriteUnderTls() throws Exception {
    try (TestServer server = silentWith(Certificates.good())) {
      Connection connection = to(server, Security.IMPLICIT_TLS);
      connection.connect();
      var call = WireTestSupport.blocked(() -> connection.writer().write(endless()));
      call.awaitIn("implWrite");

      connection.close();

      assertThat(call.failure()).isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void closeEndsTlsInOrder() throws Exception {
    SSLContext context = Certificates.good();
    CountDownLatch ended = new CountDownLatch(1);
    try (TestServer server =
        TestServer.running(
            peer -> {
              peer.startTls(context);
              if (peer.in().read() == -1) {
                ended.countDown();
              }
            })) {
      Connection connection = to(server, Security.IMPLICIT_TLS);
      connection.connect();
      connection.close();

      assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closeDoesNotWaitForAServerThatKeepsSilent() throws Throwable {
    for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
      SSLContext context = Certificates.good();
      try (TestServer server =
          TestServer.running(
              peer -> {
                peer.startTls(context, version);
                peer.send("+OK over TLS\r\n");
                peer.hang();
              })) {
        Connection connection = to(server, Security.IMPLICIT_TLS);
        connection.connect();
        connection.reader().readLine();
        assertThat(connection.tlsSession().orElseThrow().getProtocol()).isEqualTo(version);

        assertThat(WireTestSupport.time(connection::close)).isLessThan(Duration.ofMillis(300));
      }
    }
  }

  private static Command endless() {
    return Command.tagged("a", "X", Literals.AT_ONCE).literal(WireTestSupport.ENDLESS).build();
  }

  private static TestServer silentWith(SSLContext context) throws Exception {
    return TestServer.running(
        peer -> {
          peer.startTls(context);
          peer.hang();
        });
  }

  private static TestServer greetingWith(SSLContext context) throws Exception {
    return TestServer.running(
        peer -> {
          peer.startTls(context);
          peer.send("+OK over TLS\r\n");
          peer.hang();
        });
  }

  private static Connection to(TestServer server, Security security) {
    return Connection.to(server.options(security).sslContext(Certificates.trusting()).build());
  }

  private static String ask(Connection connection, Command command) throws Exception {
    connection.writer().write(command);
    connection.writer().flush();
    connection.expectReply();
    return connection.reader().readLine().text();
  }

  private static void refused(SSLContext context, Problem problem, String words) throws Exception {
    try (TestServer server = greetingWith(context)) {
      Connection connection = to(server, Security.IMPLICIT_TLS);

      var error = catchThrowableOfType(TlsFailedException.class, connection::connect);

      assertThat(error.problem()).isEqualTo(problem);
      assertThat(error).hasMessageStartingWith("localhost:").hasMessageContaining(words);
      assertThat(connection.isOpen()).isFalse();
      assertThat(connection.isSecure()).isFalse();
    }
  }
}
