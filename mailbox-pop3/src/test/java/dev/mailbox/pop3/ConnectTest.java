// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.script.Script;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.ServerCertificate;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectTest {
  private static final TestCertificates CERTIFICATES = TestCertificates.shared();

  private static MailboxConfig.Builder at(String url) {
    return MailboxConfig.at(url)
        .login("alice", "secret")
        .trust(CERTIFICATES.clientContext())
        .timeouts(Maildrop.TIMEOUTS);
  }

  private static String check(MailboxConfig.Builder config) {
    try (Pop3Remote remote = new Pop3Remote(config.build())) {
      return remote.check().security();
    }
  }

  private static <E extends MailboxException> E failing(
      MailboxConfig.Builder config, Class<E> type) {
    List<E> thrown = new ArrayList<>();
    assertThatThrownBy(() -> check(config))
        .isInstanceOfSatisfying(type, thrown::add)
        .hasMessageContaining(config.build().host() + ":" + config.build().port());
    return thrown.get(0);
  }

  @Test
  void implicitTlsIsNamedInTheReport() {
    try (FakeMailServer server = CommonServer.start()) {
      assertThat(check(at(server.pop3sUrl()))).startsWith("TLSv1.");
    }
  }

  @Test
  void stlsIsDoneBeforeTheLogin() {
    try (FakeMailServer server = CommonServer.start()) {
      assertThat(check(at(server.pop3Url()))).startsWith("TLSv1.");
      assertThat(server.pop3().commands()).startsWith("CAPA", "STLS", "CAPA");
    }
  }

  @Test
  void apopIsTakenWithinTlsWhereNothingElseIsOffered() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().apop().without("AUTH", "USER");
      try (Pop3Remote remote = new Pop3Remote(at(server.pop3sUrl()).build())) {
        assertThat(remote.check().mechanism()).isEqualTo("APOP");
      }
    }
  }

  @Test
  void apopIsNotTakenInClearText() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().apop().without("AUTH", "USER");

      failing(at(server.pop3Url() + "?tls=none"), MailboxException.class);

      assertThat(server.pop3().count("APOP")).isZero();
    }
  }

  @Test
  void wrongPasswordByApopIsAnAuthenticationProblem() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().apop().without("AUTH", "USER");

      assertThat(
              failing(at(server.pop3sUrl()).login("alice", "wrong"), MailboxException.class)
                  .reason())
          .isEqualTo(Reason.AUTHENTICATION_FAILED);
    }
  }

  @Test
  void stlsThatIsNotOfferedEndsTheConnectionWithoutASecret() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().without("STLS");
      TlsException e = failing(at(server.pop3Url()), TlsException.class);

      assertThat(e.reason()).isEqualTo(Reason.TLS_NOT_OFFERED);
      assertThat(e.transcript()).isNotEmpty();
      assertThat(server.pop3().commands()).containsExactly("CAPA");
    }
  }

  @Test
  void stlsThatWasStrippedEndsTheConnectionWithoutASecret() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().on("CAPA").replyRaw("+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n");

      assertThat(failing(at(server.pop3Url()), TlsException.class).reason())
          .isEqualTo(Reason.TLS_NOT_OFFERED);
      assertThat(server.pop3().commands()).containsExactly("CAPA");
    }
  }

  @Test
  void stlsThatIsRefusedEndsTheConnectionWithoutASecret() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().on("STLS").reply("-ERR no");

      assertThat(failing(at(server.pop3Url()), TlsException.class).reason())
          .isEqualTo(Reason.TLS_NOT_OFFERED);
      assertThat(server.pop3().commands()).containsExactly("CAPA", "STLS");
    }
  }

  @Test
  void stlsIsTriedOnAServerWithoutCapa() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().without("CAPA");
      assertThat(check(at(server.pop3Url()))).startsWith("TLSv1.");
    }
  }

  @Test
  void clearTextBehindStlsIsAnInjection() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(
          Script.script()
              .sendLine("+OK hello")
              .expect("CAPA")
              .sendLine("+OK", "STLS", "USER", ".")
              .expect("STLS")
              .send("+OK begin TLS\r\n+OK\r\nUSER\r\n.\r\n+OK logged in\r\n")
              .stall());

      TlsException e = failing(at(server.url("pop3")), TlsException.class);

      assertThat(e.reason()).isEqualTo(Reason.TLS_FAILED);
      assertThat(server.received()).containsExactly("CAPA", "STLS");
    }
  }

  @Test
  void capabilitiesFromBeforeTlsAreForgotten() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().on("CAPA").once().replyRaw("+OK\r\nSTLS\r\nSASL XOAUTH2\r\n.\r\n");

      check(at(server.pop3Url()));

      assertThat(server.pop3().commands()).anyMatch(command -> command.startsWith("AUTH PLAIN"));
    }
  }

  @Test
  void expiredCertificateIsSaidSo() {
    assertThat(untrusted(CERTIFICATES.expired())).isEqualTo(Reason.CERTIFICATE_EXPIRED);
  }

  @Test
  void certificateForAnotherHostIsSaidSo() {
    assertThat(untrusted(CERTIFICATES.wrongHost())).isEqualTo(Reason.CERTIFICATE_WRONG_HOST);
  }

  @Test
  void certificateThatNobodyVouchesForIsSaidSo() {
    assertThat(untrusted(CERTIFICATES.selfSigned())).isEqualTo(Reason.CERTIFICATE_UNTRUSTED);
  }

  private static Reason untrusted(ServerCertificate certificate) {
    try (FakeMailServer server = CommonServer.start(certificate)) {
      Reason reason = failing(at(server.pop3sUrl()), TlsException.class).reason();
      assertThat(server.pop3().commands()).isEmpty();
      return reason;
    }
  }

  @Test
  void badCertificateBehindStlsIsSaidSo() {
    try (FakeMailServer server = CommonServer.start(CERTIFICATES.expired())) {
      assertThat(failing(at(server.pop3Url()), TlsException.class).reason())
          .isEqualTo(Reason.CERTIFICATE_EXPIRED);
      assertThat(server.pop3().commands()).containsExactly("CAPA", "STLS");
    }
  }

  @Test
  void serverWithoutTlsOnTheTlsPortIsATlsProblem() {
    try (FakeMailServer server = CommonServer.start()) {
      MailboxConfig.Builder config = at("pop3s://localhost:" + server.pop3().port());

      assertThat(failing(config, TlsException.class).reason()).isEqualTo(Reason.TLS_FAILED);
    }
  }

  @Test
  void secretNeverLeavesInClearText() {
    assertThatThrownBy(() -> at("pop3://pop.example.org").tls(TlsMode.NONE).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clear text");
  }

  @Test
  void refusedPortIsSaidSo() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(failing(at("pop3s://localhost:" + port), ConnectionException.class).reason())
        .isEqualTo(Reason.REFUSED);
  }

  @Test
  void unknownHostIsSaidSo() {
    assertThat(failing(at("pop3s://pop.example.invalid"), ConnectionException.class).reason())
        .isEqualTo(Reason.UNKNOWN_HOST);
  }

  @Test
  void silentServerIsATimeout() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script().stall());
      MailboxConfig.Builder config =
          at(server.url("pop3")).timeouts(Timeouts.all(Duration.ofMillis(300)));

      ConnectionException e = failing(config, ConnectionException.class);

      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(e).hasMessageContaining("greeting");
    }
  }

  @Test
  void serverThatClosesAtOnceIsDisconnected() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script());

      assertThat(failing(at(server.url("pop3")), ConnectionException.class).reason())
          .isEqualTo(Reason.DISCONNECTED);
    }
  }

  @Test
  void loginThatIsNeverAnsweredIsATimeout() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().on("AUTH").stall();
      MailboxConfig.Builder config =
          at(server.pop3Url()).tls(TlsMode.NONE).timeouts(Timeouts.all(Duration.ofMillis(300)));

      assertThat(failing(config, ConnectionException.class).reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void endlessChallengesAreGivenUp() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(
          connection -> {
            connection.sendLine("+OK hello");
            connection.expect("CAPA");
            connection.send("+OK\r\nSASL LOGIN\r\n.\r\n");
            while (connection.readLine() != null) {
              connection.sendLine("+ ");
            }
          });
      MailboxConfig.Builder config = at(server.url("pop3")).tls(TlsMode.NONE);

      assertThat(failing(config, MailboxException.class).reason())
          .isEqualTo(Reason.PROTOCOL_VIOLATION);
      assertThat(server.received().size()).isLessThan(15);
    }
  }

  @Test
  void interruptEndsTheCall() throws Exception {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script().sendLine("+OK hello").expect("CAPA").stall());
      CompletableFuture<Reason> reason = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  check(at(server.url("pop3")).tls(TlsMode.NONE));
                } catch (MailboxException e) {
                  reason.complete(Thread.currentThread().isInterrupted() ? e.reason() : null);
                }
              });
      thread.start();
      server.awaitReceived("CAPA", Duration.ofSeconds(10));

      thread.interrupt();

      assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(Reason.INTERRUPTED);
      thread.join(10_000);
    }
  }

  @Test
  void closedRemoteLetsNobodyIn() {
    Pop3Remote remote = new Pop3Remote(at("pop3s://localhost:1").build());
    remote.close();
    remote.close();

    assertThatThrownBy(remote::check)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    assertThatThrownBy(() -> remote.awaitNews(FolderPath.INBOX, Duration.ofDays(1)))
        .isInstanceOf(ConnectionException.class);
  }

  @Test
  void closeWakesWhoWaitsForNewsOrForTheTurn() throws Exception {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().on("CAPA").stall();
      Pop3Remote remote = new Pop3Remote(at(server.pop3Url()).tls(TlsMode.NONE).build());
      List<CompletableFuture<Void>> calls =
          List.of(
              CompletableFuture.runAsync(remote::check),
              CompletableFuture.runAsync(remote::check),
              CompletableFuture.runAsync(
                  () -> remote.awaitNews(FolderPath.INBOX, Duration.ofDays(1000))));
      server.pop3().awaitCommand("CAPA", Duration.ofSeconds(10));

      remote.close();

      for (CompletableFuture<Void> call : calls) {
        assertThat(call.handle((done, e) -> e.getCause()).get(10, TimeUnit.SECONDS))
            .isInstanceOfSatisfying(
                ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void newsAreAwaitedNoLongerThanAsked() {
    try (Pop3Remote remote = new Pop3Remote(at("pop3s://localhost:1").build())) {
      long start = System.nanoTime();

      remote.awaitNews(FolderPath.INBOX, Duration.ofMillis(50));

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(50), Duration.ofSeconds(5));
    }
  }

  @Test
  void wrongPasswordBehindTlsShowsNoSecret() {
    try (FakeMailServer server = CommonServer.start()) {
      FakeAccount unused = server.user("alice", "other");

      AuthenticationException e = failing(at(server.pop3sUrl()), AuthenticationException.class);

      assertThat(e.toString() + e.transcript() + e.getCause()).doesNotContain("secret");
    }
  }
}
