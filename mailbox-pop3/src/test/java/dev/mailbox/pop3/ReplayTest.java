// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.MailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.script.Script;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was recorded of a session, or is attached to an exception, happens again. */
class ReplayTest {
  private static final TestCertificates CERTIFICATES = TestCertificates.shared();

  @TempDir private Path directory;
  private int stores;

  /** Each time with a new store. */
  private MailboxConfig.Builder config(String url) {
    return MailboxConfig.at(url)
        .login("alice", "secret")
        .trust(CERTIFICATES.clientContext())
        .keepIn(directory.resolve("store" + ++stores))
        .timeouts(Maildrop.TIMEOUTS);
  }

  private static FaultProxy to(String url) {
    return FaultProxy.to(URI.create(url).getPort());
  }

  private static List<String> synced(MailboxConfig.Builder config) {
    try (Mailbox mailbox = Mailbox.open(config.build())) {
      assertThat(mailbox.sync().problems()).isEmpty();
      return mailbox.inbox().newest(10_000).stream().map(ReplayTest::raw).toList();
    }
  }

  private static String raw(Message message) {
    try (InputStream in = message.openRaw()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void replays(
      MailServer server,
      FaultProxy proxy,
      String scheme,
      UnaryOperator<MailboxConfig.Builder> options)
      throws IOException {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    for (Fixture fixture : Fixture.values()) {
      inbox.deliver(fixture.raw());
    }
    inbox.deliver(
        Maildrop.raw("the longest", "x".repeat(70_000) + "\r\n.\r\n..\r\n+OK\r\n\0\u00ff\t\r\n"));
    Path file = directory.resolve("talk.txt");
    List<String> first;
    try (proxy) {
      first = synced(options.apply(config(proxy.record(file).url(scheme))));
    }
    assertThat(first).hasSizeGreaterThan(20);
    assertThat(Files.readString(file)).doesNotContain("secret").doesNotContain("c2VjcmV0");

    try (ScriptedServer scripted = ScriptedServer.start()) {
      scripted.next(Script.read(file));
      assertThat(synced(options.apply(config(scripted.url(scheme))))).isEqualTo(first);
      scripted.verify();
    }
  }

  @Test
  void aSessionInClearText() throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      replays(server, to(server.pop3Url()), "pop3", config -> config.tls(TlsMode.NONE));
    }
  }

  @Test
  void aSessionWithStls() throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      FaultProxy proxy =
          to(server.pop3Url()).startTls(CERTIFICATES.good(), CERTIFICATES.clientContext());
      replays(server, proxy, "pop3", config -> config);
    }
  }

  @Test
  void aSessionWithTlsFromTheStart() throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      FaultProxy proxy =
          to(server.pop3sUrl()).tls(CERTIFICATES.good(), CERTIFICATES.clientContext());
      replays(server, proxy, "pop3s", config -> config);
    }
  }

  @Test
  void aSessionWithDovecot() throws IOException {
    try (DovecotServer server = DovecotServer.startOrSkip()) {
      FaultProxy proxy =
          to(server.pop3Url()).startTls(CERTIFICATES.good(), server.certificates().clientContext());
      replays(server, proxy, "pop3", config -> config);
    }
  }

  @Test
  void aSessionWithHiddenBodies() throws IOException {
    Path file = directory.resolve("talk.txt");
    try (FakeMailServer server = FakeMailServer.start();
        FaultProxy proxy = to(server.pop3Url()).hideBodies().record(file)) {
      server.user("alice", "secret").inbox().deliver(Maildrop.raw("private", ".\r\nwords\r\n"));
      assertThat(synced(config(proxy.url("pop3")).tls(TlsMode.NONE))).hasSize(1);
    }
    assertThat(Files.readString(file)).doesNotContain("private").doesNotContain("words");
    try (ScriptedServer scripted = ScriptedServer.start()) {
      scripted.next(Script.read(file));
      assertThat(synced(config(scripted.url("pop3")).tls(TlsMode.NONE)))
          .hasSize(1)
          .first()
          .asString()
          .endsWith("\r\n*\r\n*****\r\n");
      scripted.verify();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH|what?|PROTOCOL_VIOLATION",
        "AUTH|-ERR [AUTH] who?|AUTHENTICATION_FAILED",
        "AUTH|-ERR [IN-USE] later|IN_USE",
        "AUTH|-ERR [SYS/TEMP] later|TEMPORARY",
        "UIDL|\\what\\recently|PROTOCOL_VIOLATION",
        "RETR|* no|PROTOCOL_VIOLATION",
      })
  void anExceptionThatAReplyCaused(String command, String reply, Reason reason) {
    try (FakeMailServer server = CommonServer.start()) {
      for (int i = 0; i < 10; i++) {
        CommonServer.alice(server).inbox().deliver(Maildrop.raw("message " + i, "text\r\n"));
      }
      server.pop3().on(command).replyRaw(reply + "\r\n");
      assertThat(repeated(server, Maildrop.TIMEOUTS).reason()).isEqualTo(reason);
    }
  }

  @Test
  void anExceptionInTheMiddleOfABody() {
    try (FakeMailServer server = CommonServer.start()) {
      for (int i = 0; i < 10; i++) {
        CommonServer.alice(server).inbox().deliver(Maildrop.raw("message " + i, "text\r\n"));
      }
      server.pop3().on("RETR").nth(5).closeAfter(60);
      MailboxException e = repeated(server, Maildrop.TIMEOUTS);
      assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
    }
  }

  @Test
  void anExceptionBecauseTheServerWasSilent() {
    try (FakeMailServer server = CommonServer.start()) {
      server.pop3().on("STAT").stall();
      server.pop3().on("UIDL").stall();
      MailboxException e = repeated(server, Timeouts.all(Duration.ofMillis(300)));
      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(e.transcript()).endsWith("-- stall");
    }
  }

  /** Lets a sync fail, and fail again on what its exception tells. */
  private MailboxException repeated(FakeMailServer server, Timeouts timeouts) {
    MailboxException e = failing(config(server.pop3Url()).tls(TlsMode.NONE).timeouts(timeouts));
    try (ScriptedServer scripted = ScriptedServer.start()) {
      scripted.next(Script.parse(e.transcript()));
      MailboxException again =
          failing(config(scripted.url("pop3")).tls(TlsMode.NONE).timeouts(timeouts));
      scripted.verify();
      assertThat(again).isInstanceOf(e.getClass());
      assertThat(again.reason()).isEqualTo(e.reason());
      assertThat(again.transcript()).isEqualTo(e.transcript());
    }
    return e;
  }

  private static MailboxException failing(MailboxConfig.Builder config) {
    MailboxException e = catchThrowableOfType(MailboxException.class, () -> synced(config));
    assertThat(e).isNotNull();
    return e;
  }
}
