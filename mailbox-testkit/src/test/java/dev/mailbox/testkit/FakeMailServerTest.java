// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.tls.TestCertificates;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FakeMailServerTest {
  /** Each of these breaks one of the delivery defects that {@link GreenMailDefect} names. */
  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  private final ServerFolder inbox = server.user("alice", "secret").inbox();

  @Test
  void isReadByAnIndependentClientOverAllProtocols() throws Exception {
    inbox.deliver(mail("Grüße aus Köln").text("hi"));
    inbox.deliver(mail("second"));
    AngusTour.readAndDelete(server, "Grüße aus Köln");
  }

  @Test
  void showsFlagsAndUids() throws Exception {
    String first = inbox.deliver(mail("one"));
    String second = inbox.deliver(mail("two"));
    AngusTour.markSeen(server);
    assertThat(inbox.messages()).extracting(HeldMessage::id).containsExactly(first, second);
    assertThat(inbox.messages().get(0).flags()).containsExactly("\\Seen");
    assertThat(inbox.messages().get(1).flags()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Fixture.class)
  void holdsWhatWasDeliveredByteForByte(Fixture fixture) {
    inbox.deliver(fixture.raw());
    String held = new String(inbox.messages().get(0).raw(), ISO_8859_1);
    assertThat(held).isEqualTo(new String(fixture.raw(), ISO_8859_1));
  }

  @Test
  void removesAndHasFoldersOfItsOwn() {
    ServerFolder archive = server.user("alice", "secret").folder("Archive");
    String gone = inbox.deliver(mail("one"));
    inbox.deliver(mail("two"));
    archive.deliver(mail("old"));
    inbox.remove(gone);
    inbox.remove(gone);
    assertThat(inbox.count()).isEqualTo(1);
    assertThat(server.user("alice", "secret").folder("Archive").count()).isEqualTo(1);
  }

  @Test
  void takesMailOverSmtp() throws Exception {
    var properties = new Properties();
    properties.put("mail.smtp.host", "127.0.0.1");
    properties.put("mail.smtp.port", String.valueOf(server.smtpPort()));
    var message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("bob@localhost"));
    message.setRecipient(RecipientType.TO, new InternetAddress("alice@localhost"));
    message.setSubject("sent");
    message.setText("by SMTP");
    Transport.send(message);
    assertThat(inbox.messages())
        .singleElement()
        .satisfies(m -> assertThat(new String(m.raw(), ISO_8859_1)).contains("Subject: sent"));
  }

  @Test
  void manyServersRunAtOnce() throws IOException {
    try (var other = FakeMailServer.start()) {
      other.user("alice", "secret").inbox().deliver(mail("other"));
      try (var client = Talk.pop3(other.pop3Url())) {
        assertThat(client.ask("STAT")).startsWith("+OK 1 ");
      }
      try (var client = Talk.pop3(server.pop3Url())) {
        assertThat(client.ask("STAT")).startsWith("+OK 0 ");
      }
    }
  }

  @Test
  void leavesNoThreadBehind() throws IOException {
    var other = FakeMailServer.start();
    other.user("alice", "secret");
    try (var client = Talk.pop3(other.pop3Url())) {
      String port = other.pop3Url().replaceAll(".*:", ":");
      other.close();
      assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().contains(port));
      assertThat(client.readLine()).isNull();
    }
  }

  @Test
  void listensOnThePortsThatAreTold() {
    int[] ports = new int[4];
    try (var before = FakeMailServer.start()) {
      String[] urls = {before.imapUrl(), before.imapsUrl(), before.pop3Url(), before.pop3sUrl()};
      for (int i = 0; i < urls.length; i++) {
        ports[i] = URI.create(urls[i]).getPort();
      }
      assertThatThrownBy(() -> FakeMailServer.builder().pop3sPort(ports[3]).start())
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("port " + ports[3]);
    }
    try (var told =
        FakeMailServer.builder()
            .imapPort(ports[0])
            .imapsPort(ports[1])
            .pop3Port(ports[2])
            .pop3sPort(ports[3])
            .start()) {
      assertThat(told.imapUrl()).isEqualTo("imap://localhost:" + ports[0]);
      assertThat(told.imapsUrl()).isEqualTo("imaps://localhost:" + ports[1]);
      assertThat(told.pop3Url()).isEqualTo("pop3://localhost:" + ports[2]);
      assertThat(told.pop3sUrl()).isEqualTo("pop3s://localhost:" + ports[3]);
    }
  }

  @Test
  void showsTheCertificateThatIsToldInEachHandshake() throws IOException {
    TestCertificates certificates = TestCertificates.shared();
    var trust = certificates.clientContext();
    try (var told = FakeMailServer.builder().certificate(certificates.expired()).start()) {
      for (String url : List.of(told.imapsUrl(), told.pop3sUrl())) {
        assertThatThrownBy(() -> Talk.tls(url, trust)).isInstanceOf(SSLException.class);
      }
      try (var imap = Talk.to(told.imapUrl());
          var pop3 = Talk.to(told.pop3Url())) {
        String unused = imap.readLine() + pop3.readLine();
        assertThat(imap.ask("a STARTTLS")).startsWith("a OK");
        assertThatThrownBy(() -> imap.startTls(trust, "localhost"))
            .isInstanceOf(SSLException.class);
        assertThat(pop3.ask("STLS")).startsWith("+OK");
        assertThatThrownBy(() -> pop3.startTls(trust, "localhost"))
            .isInstanceOf(SSLException.class);
      }
    }
  }

  @Test
  void portThatCannotBeOpensNothing() {
    assertThatThrownBy(() -> FakeMailServer.builder().pop3Port(70_000).start())
        .isInstanceOf(IllegalArgumentException.class);
  }
}
