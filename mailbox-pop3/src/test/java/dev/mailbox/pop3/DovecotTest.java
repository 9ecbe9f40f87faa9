// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.ServerAccount;
import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.proxy.Closing;
import dev.mailbox.testkit.proxy.Direction;
import dev.mailbox.testkit.proxy.FaultProxy;
import dev.mailbox.testkit.proxy.ProxyFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way: a real server, TLS, the store on disk. */
class DovecotTest {
  private Path directory;
  private DovecotServer server;
  private ServerAccount account;

  @BeforeEach
  void start(@TempDir Path folder) {
    directory = folder;
    server = DovecotServer.startOrSkip();
    account = server.user("alice", "secret");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private MailboxConfig.Builder at(String url) {
    return MailboxConfig.at(url)
        .trust(server.certificates().clientContext())
        .login("alice", "secret")
        .keepIn(directory.resolve("store"));
  }

  private List<String> deliverEverything() {
    for (Fixture fixture : Fixture.values()) {
      account.inbox().deliver(crLf(fixture.raw()));
    }
    for (int i = 0; i < 300; i++) {
      account.inbox().deliver(Maildrop.raw("message " + i, ".\r\n..\r\ntext " + i + "\r\n"));
    }
    return account.inbox().messages().stream()
        .map(HeldMessage::raw)
        .map(DovecotTest::text)
        .toList();
  }

  private static byte[] crLf(byte[] raw) {
    String text = text(raw).replaceAll("\r?\n", "\r\n");
    return (text.endsWith("\r\n") ? text : text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] raw) {
    return new String(raw, StandardCharsets.ISO_8859_1);
  }

  private static List<String> raws(Mailbox mailbox) {
    return mailbox.inbox().newest(10_000).stream().map(DovecotTest::raw).toList();
  }

  private static String raw(Message message) {
    try (InputStream in = message.openRaw()) {
      return text(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyByteArrivesAndTheServerIsEmptied() {
    List<String> sent = deliverEverything();

    try (Mailbox mailbox = Mailbox.open(at(server.pop3sUrl()).build())) {
      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(sent.size());
      assertThat(report.deleted()).isEqualTo(sent.size());
      assertThat(report.problems()).isEmpty();
      assertThat(report.notes()).isEmpty();
      assertThat(account.inbox().count()).isZero();
      assertThat(raws(mailbox)).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void whatIsKeptIsDownloadedOnce() {
    List<String> sent = deliverEverything();
    MailboxConfig config = at(server.pop3sUrl()).removal(Removal.never()).build();
    try (Mailbox mailbox = Mailbox.open(config)) {
      mailbox.sync();
    }

    try (Mailbox mailbox = Mailbox.open(config)) {
      SyncReport report = mailbox.sync();

      assertThat(report.downloaded()).isZero();
      assertThat(report.kept()).isEqualTo(sent.size());
      assertThat(account.inbox().count()).isEqualTo(sent.size());
    }
  }

  @Test
  void bodiesComeOnDemandAndGoWhenAsked() {
    List<String> sent = deliverEverything();
    SyncScope headers = SyncScope.everything().bodies(BodyPolicy.onDemand());
    var config = at(server.pop3sUrl()).scope(headers).removal(Removal.never());

    try (Mailbox mailbox = Mailbox.open(config.build())) {
      assertThat(mailbox.sync().headersOnly()).isEqualTo(sent.size());
      Message newest = mailbox.inbox().newest(1).get(0);
      assertThat(raw(newest)).isIn(sent);

      newest.delete();
      SyncReport report = mailbox.sync();

      assertThat(report.deleted()).isEqualTo(1);
      assertThat(account.inbox().count()).isEqualTo(sent.size() - 1);
    }
  }

  @Test
  void cutSessionsLoseNothingAndBringNothingTwice() {
    List<String> sent = deliverEverything();
    try (FaultProxy proxy = FaultProxy.to(port(server.pop3Url()))) {
      var config = at(proxy.url("pop3")).tls(TlsMode.NONE);
      long whole = sent.stream().mapToLong(String::length).sum();
      for (int cut = 1; cut <= 12; cut++) {
        proxy.next(ProxyFault.cut(Direction.TO_CLIENT, whole * cut / 10, Closing.FIN));
        try (Mailbox mailbox = Mailbox.open(config.build())) {
          mailbox.sync();
        } catch (ConnectionException e) {
          assertThat(e.reason()).isEqualTo(Reason.DISCONNECTED);
        }
      }

      try (Mailbox mailbox = Mailbox.open(config.build())) {
        mailbox.sync();

        assertThat(proxy.cuts()).isPositive();
        assertThat(raws(mailbox)).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(account.inbox().count()).isZero();
      }
    }
  }

  @Test
  void stlsLogsInAndTellsHow() {
    try (Mailbox mailbox = Mailbox.open(at(server.pop3Url()).build())) {
      CheckReport report = mailbox.check();

      assertThat(report.security()).startsWith("TLSv1.");
      assertThat(report.mechanism()).isEqualTo("PLAIN");
      assertThat(report.messages()).hasValue(0);
    }
  }

  private static int port(String url) {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }
}
