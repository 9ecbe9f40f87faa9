// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.MailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.script.Script;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
        .scope(SyncScope.everything().bodies(BodyPolicy.all()))
        .timeouts(Account.TIMEOUTS);
  }

  private static <T> T in(MailboxConfig.Builder config, Function<Mailbox, T> work) {
    try (Mailbox mailbox = Mailbox.open(config.build())) {
      return work.apply(mailbox);
    }
  }

  private static FaultProxy to(String url) {
    return FaultProxy.to(URI.create(url).getPort());
  }

  private static void deliverAll(ServerFolder folder) {
    for (Fixture fixture : Fixture.values()) {
      folder.deliver(fixture.raw());
    }
    folder.deliver(
        Account.raw("the longest", "x".repeat(70_000) + "\r\n1 OK {5}\r\n\0\u00ff\t\r\n"));
  }

  private static Map<String, List<String>> synced(Mailbox mailbox) {
    assertThat(mailbox.sync().problems()).isEmpty();
    return Copies.state(mailbox);
  }

  /** Reads, changes and appends; every kind of literal. */
  private static Map<String, List<String>> used(Mailbox mailbox) {
    Map<String, List<String>> state = synced(mailbox);
    Account.message(mailbox, "the longest").mark(Flag.SEEN, Flag.keyword("todo"));
    byte[] raw = Account.raw("appended", "of the client\r\n");
    mailbox
        .inbox()
        .append(
            new ByteArrayInputStream(raw),
            Instant.parse("2026-01-05T10:00:00Z"),
            Set.of(Flag.SEEN));
    assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
    return state;
  }

  private void replays(
      MailServer server,
      FaultProxy proxy,
      String scheme,
      Function<MailboxConfig.Builder, MailboxConfig.Builder> options)
      throws IOException {
    deliverAll(server.user("alice", "secret").inbox());
    Path file = directory.resolve("talk.txt");
    Map<String, List<String>> first;
    try (proxy) {
      first = in(options.apply(config(proxy.record(file).url(scheme))), ReplayTest::used);
    }
    assertThat(first.get("INBOX")).hasSizeGreaterThan(20);
    assertThat(Files.readString(file)).doesNotContain("secret").doesNotContain("c2VjcmV0");

    try (ScriptedServer scripted = ScriptedServer.start()) {
      scripted.next(Script.read(file));
      assertThat(in(options.apply(config(scripted.url(scheme))), ReplayTest::used))
          .isEqualTo(first);
      scripted.verify();
    }
  }

  @Test
  void aSessionInClearText() throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      replays(server, to(server.imapUrl()), "imap", config -> config.tls(TlsMode.NONE));
    }
  }

  @Test
  void aSessionWithStartTls() throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      FaultProxy proxy =
          to(server.imapUrl()).startTls(CERTIFICATES.good(), CERTIFICATES.clientContext());
      replays(server, proxy, "imap", config -> config);
    }
  }

  @Test
  void aSessionWithTlsFromTheStart() throws IOException {
    try (FakeMailServer server = FakeMailServer.start()) {
      FaultProxy proxy =
          to(server.imapsUrl()).tls(CERTIFICATES.good(), CERTIFICATES.clientContext());
      replays(server, proxy, "imaps", config -> config);
    }
  }

  @Test
  void aSessionWithDovecot() throws IOException {
    try (DovecotServer server = DovecotServer.startOrSkip()) {
      FaultProxy proxy =
          to(server.imapUrl()).startTls(CERTIFICATES.good(), server.certificates().clientContext());
      replays(server, proxy, "imap", config -> config);
    }
  }

  @Test
  void aSessionWithHiddenBodies() throws IOException {
    Path file = directory.resolve("talk.txt");
    try (FakeMailServer server = FakeMailServer.start();
        FaultProxy proxy = to(server.imapUrl()).hideBodies().record(file)) {
      ServerFolder inbox = server.user("alice", "secret").inbox();
      inbox.deliver(Account.raw("private", "words\r\n"));
      in(config(proxy.url("imap")).tls(TlsMode.NONE), ReplayTest::synced);
    }
    assertThat(Files.readString(file)).doesNotContain("private").doesNotContain("words");
    try (ScriptedServer scripted = ScriptedServer.start()) {
      scripted.next(Script.read(file));
      var state = in(config(scripted.url("imap")).tls(TlsMode.NONE), ReplayTest::synced);
      assertThat(state.get("INBOX")).hasSize(1);
      scripted.verify();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "NAMESPACE|* NAMESPACE (((|PROTOCOL_VIOLATION",
        "LIST|* LIST (|PROTOCOL_VIOLATION",
        "EXAMINE|* 99999999999999999999 EXISTS|PROTOCOL_VIOLATION",
        "UID FETCH|* 1 FETCH (UID 1 FLAGS (\\Seen \\recent) x|PROTOCOL_VIOLATION",
        "UID FETCH|{tag} OK\u0000\u00ff|PROTOCOL_VIOLATION",
        "AUTHENTICATE|{tag} NO [AUTHENTICATIONFAILED] who?|AUTHENTICATION_FAILED",
        "AUTHENTICATE|{tag} NO [UNAVAILABLE] later|TEMPORARY",
      })
  void anExceptionThatAReplyCaused(String command, String reply, Reason reason) {
    try (FakeMailServer server = CommonServer.start()) {
      CommonServer.alice(server).inbox().deliver(Account.raw("one", "text\r\n"));
      CommonServer.alice(server).inbox().deliver(Account.raw("two", "text\r\n"));
      server.imap().on(command).replyRaw(reply + "\r\n");
      assertThat(repeated(server, Account.TIMEOUTS).reason()).isEqualTo(reason);
    }
  }

  @Test
  void anExceptionInTheMiddleOfABody() {
    try (FakeMailServer server = CommonServer.start()) {
      for (int i = 0; i < 12; i++) {
        CommonServer.alice(server).inbox().deliver(Account.raw("message " + i, "text\r\n"));
      }
      server.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]")).closeAfter(100);
      MailboxException e = repeated(server, Account.TIMEOUTS);
      assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
      assertThat(e.transcript()).endsWith("-- close");
    }
  }

  @Test
  void anExceptionBecauseTheServerWasSilent() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("EXAMINE").stall();
      MailboxException e = repeated(server, Timeouts.all(Duration.ofMillis(300)));
      assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(e.transcript()).endsWith("-- stall");
    }
  }

  @Test
  void anExceptionUnderTls() {
    try (FakeMailServer server = CommonServer.start()) {
      server.imap().on("NAMESPACE").replyRaw("* NAMESPACE (((\r\n");
      MailboxException e = failing(config(server.imapUrl()));
      try (ScriptedServer scripted = ScriptedServer.start()) {
        scripted.next(Script.parse(e.transcript()));
        MailboxException again = failing(config(scripted.url("imap")));
        assertThat(again.reason()).isEqualTo(Reason.PROTOCOL_VIOLATION).isEqualTo(e.reason());
        scripted.verify();
      }
    }
  }

  /** Lets a sync fail, and fail again on what its exception tells. */
  private MailboxException repeated(FakeMailServer server, Timeouts timeouts) {
    MailboxException e = failing(config(server.imapUrl()).tls(TlsMode.NONE).timeouts(timeouts));
    try (ScriptedServer scripted = ScriptedServer.start()) {
      scripted.next(Script.parse(e.transcript()));
      MailboxException again =
          failing(config(scripted.url("imap")).tls(TlsMode.NONE).timeouts(timeouts));
      scripted.verify();
      assertThat(again).isInstanceOf(e.getClass());
      assertThat(again.reason()).isEqualTo(e.reason());
      assertThat(withoutTags(again)).isEqualTo(withoutTags(e));
    }
    return e;
  }

  /** Each connection has other tags. */
  private static List<String> withoutTags(MailboxException e) {
    return e.transcript().stream()
        .map(line -> line.replaceAll("\\b[A-Z]{5}([0-9])", "$1"))
        .toList();
  }

  private static MailboxException failing(MailboxConfig.Builder config) {
    MailboxException e =
        catchThrowableOfType(MailboxException.class, () -> in(config, Mailbox::sync));
    assertThat(e).isNotNull();
    return e;
  }
}
