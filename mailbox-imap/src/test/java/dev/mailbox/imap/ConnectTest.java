// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.imap.ImapCommand;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectTest {
  private static final TestCertificates CERTIFICATES = TestCertificates.shared();
  private static final Timeouts SHORT = Timeouts.all(Duration.ofMillis(300));

  private static MailboxConfig.Builder at(String url) {
    return MailboxConfig.at(url)
        .login("alice", "secret")
        .trust(CERTIFICATES.clientContext())
        .timeouts(Account.TIMEOUTS);
  }

  private static CheckReport check(MailboxConfig.Builder config) {
    try (Mailbox mailbox = Mailbox.open(config.build())) {
      return mailbox.check();
    }
  }

  private static <E extends MailboxException> E failing(
      MailboxConfig.Builder config, Class<E> type) {
    List<E> thrown = new ArrayList<>();
    assertThatThrownBy(() -> check(config))
        .isInstanceOfSatisfying(type, thrown::add)
        .hasMessageContaining(config.build().host() + ":" + config.build().port());
    E e = thrown.get(0);
    assertThat(e.toString() + e.transcript() + e.getCause())
        .doesNotContain("secret")
        .doesNotContain("c2VjcmV0");
    return e;
  }

  private static List<String> names(FakeMailServer server) {
    return server.imap().commands().stream().map(ImapCommand::name).toList();
  }

  @Test
  void implicitTlsIsNamedInTheReport() {
    try (FakeMailServer server = CommonServer.start()) {
      assertThat(check(at(server.imapsUrl())).security()).startsWith("TLSv1.");
      server.verify();
    }
  }

  @Test
  void startTlsIsDoneBeforeTheLogin() {
    try (FakeMailServer server = CommonServer.start()) {
      assertThat(check(at(server.imapUrl())).security()).startsWith("TLSv1.");
      assertThat(names(server)).startsWith("STARTTLS", "CAPABILITY", "AUTHENTICATE");
      server.verify();
    }
  }

  @Test
  void serverWithoutStartTlsGetsNoSecret() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().without("STARTTLS");
      TlsException e = failing(at(server.imapUrl()), TlsException.class);

      assertThat(e.reason()).isEqualTo(Reason.TLS_NOT_OFFERED);
      assertThat(e).hasMessageContaining("STARTTLS");
      assertThat(e.transcript()).isNotEmpty();
      assertThat(names(server)).containsExactly("STARTTLS");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO not today", "BAD what is that", "NO [UNAVAILABLE] no certificate"})
  void refusedStartTlsEndsTheConnectionWithoutASecret(String refusal) {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("STARTTLS").replyRaw("{tag} " + refusal + "\r\n");

      assertThat(failing(at(server.imapUrl()), TlsException.class).reason())
          .isEqualTo(Reason.TLS_NOT_OFFERED);
      assertThat(names(server)).containsExactly("STARTTLS");
    }
  }

  @Test
  void strippedCapabilityDoesNotKeepTlsAway() {
    try (FakeMailServer server = CommonServer.start()) {
      server
          .imap()
          .on("CONNECT")
          .replyRaw("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello\r\n");

      assertThat(check(at(server.imapUrl())).security()).startsWith("TLSv1.");
      assertThat(names(server)).startsWith("STARTTLS", "CAPABILITY");
    }
  }

  @Test
  void capabilitiesFromBeforeTlsAreForgotten() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("CONNECT").replyRaw("* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] hello\r\n");

      assertThat(check(at(server.imapUrl())).mechanism()).isEqualTo("PLAIN");
    }
  }

  @Test
  void clearTextBehindStartTlsIsAnInjection() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(
          connection -> {
            connection.sendLine("* OK hello");
            String tag = tag(connection.expectMatching("\\S+ STARTTLS"));
            connection.send(
                tag + " OK begin TLS\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] more\r\n");
            connection.stall();
          });

      TlsException e = failing(at(server.url("imap")), TlsException.class);

      assertThat(e.reason()).isEqualTo(Reason.TLS_FAILED);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void clearTextBeforeTheStartTlsOkIsForgotten() {
    try (FakeMailServer server = CommonServer.start()) {
      server
          .imap()
          .on("STARTTLS")
          .untaggedFirst("* CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=GSSAPI", "* 3 EXISTS");

      assertThat(check(at(server.imapUrl())).mechanism()).isEqualTo("PLAIN");
    }
  }

  @Test
  void serverThatClaimsALoginInClearTextIsLeft() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().preauth(CommonServer.alice(server));
      TlsException e = failing(at(server.imapUrl()), TlsException.class);

      assertThat(e.reason()).isEqualTo(Reason.TLS_NOT_OFFERED);
      assertThat(e).hasMessageContaining("logged in already");
      assertThat(names(server)).isEmpty();
    }
  }

  @Test
  void serverThatKnowsTheUserNeedsNoLogin() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().preauth(CommonServer.alice(server));
      assertThat(check(at(server.imapsUrl())).mechanism()).isEqualTo("PREAUTH");
      assertThat(names(server)).doesNotContain("LOGIN", "AUTHENTICATE");
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
      Reason reason = failing(at(server.imapsUrl()), TlsException.class).reason();
      assertThat(names(server)).isEmpty();
      return reason;
    }
  }

  @Test
  void badCertificateBehindStartTlsIsSaidSo() {
    try (FakeMailServer server = CommonServer.start(CERTIFICATES.wrongHost())) {
      assertThat(failing(at(server.imapUrl()), TlsException.class).reason())
          .isEqualTo(Reason.CERTIFICATE_WRONG_HOST);
      assertThat(names(server)).containsExactly("STARTTLS");
    }
  }

  @Test
  void serverWithoutTlsOnTheTlsPortIsATlsProblem() {
    try (FakeMailServer server = CommonServer.start()) {
      MailboxConfig.Builder config = at("imaps://localhost:" + server.imap().port());

      assertThat(failing(config, TlsException.class).reason()).isEqualTo(Reason.TLS_FAILED);
      assertThat(names(server)).allMatch(String::isEmpty);
    }
  }

  @Test
  void secretNeverLeavesInClearText() {
    assertThatThrownBy(() -> at("imap://imap.example.org").tls(TlsMode.NONE).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clear text");
  }

  @Test
  void refusedPortIsSaidSo() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(failing(at("imaps://localhost:" + port), ConnectionException.class).reason())
        .isEqualTo(Reason.REFUSED);
  }

  @Test
  void unknownHostIsSaidSo() {
    assertThat(failing(at("imaps://imap.example.invalid"), ConnectionException.class).reason())
        .isEqualTo(Reason.UNKNOWN_HOST);
  }

  @Test
  void serverThatDoesNotGreetIsATimeout() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script().stall());

      ConnectionException e =
          failing(at(server.url("imap")).timeouts(SHORT), ConnectionException.class);

      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(e).hasMessageContaining("greeting");
    }
  }

  @Test
  void serverThatDoesNotShakeHandsIsATimeout() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script().stall());

      assertThat(
              failing(at(server.url("imaps")).timeouts(SHORT), ConnectionException.class).reason())
          .isEqualTo(Reason.TIMEOUT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CAPABILITY", "AUTHENTICATE", "ID", "EXAMINE"})
  void silenceAfterTheGreetingIsATimeout(String command) {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("CONNECT").replyRaw("* OK hello\r\n");
      server.imap().on(command).stall();
      MailboxConfig.Builder config = at(server.imapUrl()).tls(TlsMode.NONE).timeouts(SHORT);

      assertThat(failing(config, ConnectionException.class).reason()).isEqualTo(Reason.TIMEOUT);
      server.verify();
    }
  }

  @Test
  void serverThatClosesAtOnceIsDisconnected() {
    try (ScriptedServer server = ScriptedServer.start()) {
      server.next(Script.script());

      assertThat(failing(at(server.url("imap")), ConnectionException.class).reason())
          .isEqualTo(Reason.DISCONNECTED);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "too busy,DISCONNECTED",
    "[UNAVAILABLE] in a moment,TEMPORARY",
    "[LIMIT] enough,LIMIT",
    "[INUSE] locked,IN_USE",
    "Too many simultaneous connections,LIMIT",
    "[ALERT] Maximum number of connections from user+IP exceeded,LIMIT"
  })
  void greetingThatRefusesForNowIsAConnectionProblem(String text, Reason reason) {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("CONNECT").bye(text);

      ConnectionException e =
          failing(at(server.imapUrl()).tls(TlsMode.NONE), ConnectionException.class);

      assertThat(e.reason()).isEqualTo(reason);
      assertThat(e).hasMessageContaining(text);
      assertThat(names(server)).isEmpty();
    }
  }

  @Test
  void greetingThatRefusesForGoodIsARejection() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("CONNECT").bye("[CONTACTADMIN] your address is blocked");

      RejectedException e =
          failing(at(server.imapUrl()).tls(TlsMode.NONE), RejectedException.class);

      assertThat(e.reason()).isEqualTo(Reason.CONTACT_ADMIN);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n",
        "+OK POP3 ready\r\n",
        "220 smtp ready\r\n",
        "\r\n",
        "* \r\n",
        "* 1 EXISTS\r\n",
        "\u0000\u0001\u00ff\r\n"
      })
  void greetingOfAnotherProtocolIsAProtocolProblem(String greeting) {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("CONNECT").replyRaw(greeting);

      ProtocolException e =
          failing(at(server.imapUrl()).tls(TlsMode.NONE), ProtocolException.class);

      assertThat(e.reason()).isEqualTo(Reason.PROTOCOL_VIOLATION);
      assertThat(names(server)).isEmpty();
    }
  }

  @Test
  void endlessGreetingIsALimit() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("CONNECT").replyRaw("* OK " + "x".repeat(5 << 20) + "\r\n");

      assertThat(failing(at(server.imapUrl()).tls(TlsMode.NONE), LimitException.class).reason())
          .isEqualTo(Reason.LIMIT_EXCEEDED);
    }
  }

  @Test
  void interruptEndsTheCall() throws Exception {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("EXAMINE").stall();
      CompletableFuture<String> told = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  check(at(server.imapUrl()).tls(TlsMode.NONE));
                } catch (MailboxException e) {
                  told.complete(e.reason() + " " + Thread.currentThread().isInterrupted());
                }
              });
      thread.start();
      server.imap().awaitCommand("EXAMINE", Duration.ofSeconds(10));

      thread.interrupt();

      assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo("INTERRUPTED true");
      thread.join(10_000);
    }
  }

  @Test
  void closeEndsTheCallOfAnotherThread() throws Exception {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("EXAMINE").stall();
      CompletableFuture<Reason> told = new CompletableFuture<>();
      Thread thread;
      try (Mailbox mailbox = Mailbox.open(at(server.imapUrl()).tls(TlsMode.NONE).build())) {
        thread =
            new Thread(
                () -> {
                  try {
                    mailbox.check();
                  } catch (MailboxException e) {
                    told.complete(e.reason());
                  }
                });
        thread.start();
        server.imap().awaitCommand("EXAMINE", Duration.ofSeconds(10));
      }

      assertThat(told.get(10, TimeUnit.SECONDS)).isEqualTo(Reason.CLOSED);
      thread.join(10_000);
    }
  }

  private static String tag(String line) {
    return line.substring(0, line.indexOf(' '));
  }
}
