// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.KB;
import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static dev.mailbox.testkit.script.Script.script;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.mailbox.testkit.fault.Fault;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.internal.talk.TalkLog;
import dev.mailbox.testkit.script.ScriptedServer;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TranscriptOfFakesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Test
  void tellsWhatBothSidesSaidInTheirOrder() throws Exception {
    try (var server = FakeMailServer.start()) {
      assertThat(server.transcript()).isEmpty();
      server.user("alice", "secret");
      try (var client = Talk.imap(server.imapUrl())) {
        client.run("a", "NOOP");
        assertThat(server.openConnections()).isEqualTo(1);
      }
      assertThat(Await.until(() -> server.openConnections() == 0, PATIENCE)).isTrue();
      var lines = server.transcript().lines().toList();
      assertThat(lines).hasSize(8).startsWith("IMAP:", "[1] -- connected");
      assertThat(lines.get(2)).startsWith("[1] S: * OK ");
      assertThat(lines.get(3)).isEqualTo("[1] C: l LOGIN ***");
      assertThat(lines.get(4)).startsWith("[1] S: l OK ");
      assertThat(lines.get(5)).isEqualTo("[1] C: a NOOP");
      assertThat(lines.get(6)).startsWith("[1] S: a OK ");
      assertThat(lines.get(7)).isEqualTo("[1] -- closed by the client");
    }
  }

  @Test
  void tellsNoSecretOfAnyLogin() throws Exception {
    try (var server = FakeMailServer.start()) {
      server.user("alice", "secret").token("tok3n");
      String plain = base64("\0alice\0secret");
      String bearer = base64("user=alice\1auth=Bearer tok3n\1\1");
      try (var client = Talk.imap(server.imapUrl())) {
        client.sayRaw("b LOGIN alice {6+}\r\nsecret\r\n");
        client.reply("b");
      }
      try (var client = Talk.to(server.imapUrl())) {
        client.run("a", "AUTHENTICATE PLAIN " + plain);
      }
      try (var client = Talk.to(server.imapUrl())) {
        client.readLine();
        client.ask("a AUTHENTICATE PLAIN");
        client.ask(plain);
      }
      try (var client = Talk.to(server.pop3Url())) {
        client.readLine();
        client.ask("AUTH XOAUTH2 " + bearer);
      }
      try (var client = Talk.pop3(server.pop3Url())) {
        client.ask("STAT");
      }
      assertThat(server.transcript())
          .contains("C: b LOGIN *** {6+}", "C: ******\\", "C: a AUTHENTICATE PLAIN ***")
          .contains("POP3:", "C: AUTH XOAUTH2 ***", "C: USER alice", "C: PASS ***")
          .doesNotContain("secret", "tok3n", plain, bearer);
      assertThat(server.imap().commands().toString()).doesNotContain("secret", plain);
    }
  }

  @Test
  void looksIntoTlsAndCompression() throws Exception {
    try (var server = FakeMailServer.start()) {
      server.user("alice", "secret").inbox().deliver(mail("hello"));
      var properties = new Properties();
      properties.put("mail.imap.starttls.enable", "true");
      properties.put("mail.imap.compress.enable", "true");
      properties.put(
          "mail.imap.ssl.socketFactory", server.certificates().clientContext().getSocketFactory());
      var session = Session.getInstance(properties);
      try (var store = session.getStore("imap")) {
        int port = URI.create(server.imapUrl()).getPort();
        store.connect("localhost", port, "alice", "secret");
        assertThat(store.getFolder("INBOX").exists()).isTrue();
      }
      assertThat(server.transcript())
          .contains("[1] -- TLS", "[1] -- compressed")
          .containsPattern("compressed(?s:.*)C: \\S+ LIST \"\" INBOX(?s:.*)S: \\* LIST ")
          .doesNotContain("secret");
    }
  }

  @Test
  void tellsOfAFailedHandshake() throws Exception {
    try (var server = FakeMailServer.start();
        var client = Talk.to(server.imapsUrl())) {
      client.say("a NOOP");
      client.rest();
      assertThat(Await.until(() -> server.openConnections() == 0, PATIENCE)).isTrue();
      assertThat(server.transcript()).contains("[1] -- no TLS: ");
    }
  }

  @Test
  void tellsOnlyTheSizeOfMessages() throws Exception {
    try (var server = FakeMailServer.start()) {
      var inbox = server.user("alice", "secret").inbox();
      inbox.deliver(mail("hello").attachment("a.bin", 300 * KB));
      int size = inbox.messages().get(0).sizeInBytes();
      try (var client = Talk.imap(server.imapUrl())) {
        client.run("a", "SELECT INBOX");
        client.run("b", "UID FETCH 1 (BODY.PEEK[])");
        client.run("c", "UID FETCH 1 (BODY.PEEK[HEADER.FIELDS (SUBJECT)])");
      }
      try (var client = Talk.pop3(server.pop3Url())) {
        client.retrieve(1);
        client.ask("NOOP");
      }
      assertThat(server.transcript())
          .contains("{" + size + "}\n[1] -- " + size + " bytes\n[1] S: )\n[1] S: b OK")
          .contains("S: Subject: hello\\r\\n\\r\\n\\\n[1] S: )")
          .containsPattern(
              "C: RETR 1\n\\[1] S: \\+OK .*\n(\\[1] S: .*\n){11,12}\\[1] -- \\d+ lines")
          .contains("C: NOOP")
          .hasSizeLessThan(6000);
    }
  }

  @Test
  void isBounded() throws Exception {
    try (var server = FakeMailServer.start()) {
      FakeAccount unused = server.user("alice", "secret");
      server.imap().on("NOOP").once().meet(new Fault.Flooded("* OK " + "x".repeat(2000), 5_000));
      try (var client = Talk.imap(server.imapUrl())) {
        assertThat(client.run("a", "NOOP")).hasSize(5_001);
        for (int i = 0; i < TalkLog.MOST_LINES; i++) {
          client.run("b" + i, "NOOP");
        }
      }
      assertThat(server.imap().transcript().lines())
          .hasSize(TalkLog.MOST_LINES + 1)
          .first()
          .asString()
          .matches("\\(\\d+ lines before\\)");
    }
  }

  @Test
  void tellsHowFaultsEndedIt() throws Exception {
    try (var server = FakeMailServer.start()) {
      FakeAccount unused = server.user("alice", "secret");
      server.imap().on("NOOP").closeAfter(3);
      server.imap().on("CHECK").reset();
      try (var client = Talk.imap(server.imapUrl())) {
        client.run("a", "NOOP");
      }
      assertThat(server.imap().transcript())
          .endsWith("C: a NOOP\n[1] S: a O\\\n[1] -- closed by the server");
      try (var client = Talk.imap(server.imapUrl())) {
        assertThat(catchThrowable(() -> client.ask("b CHECK"))).isInstanceOf(IOException.class);
      }
      assertThat(server.imap().transcript()).endsWith("[2] C: b CHECK\n[2] -- reset by the server");
    }
  }

  @Test
  void scriptedServersTellTheTalkToo() throws Exception {
    try (var server = ScriptedServer.start()) {
      server.next(script().expectMatching("PASS .*").sendLine("-ERR no\tb\u00fc").close());
      try (var client = Talk.to(server.port())) {
        client.ask("PASS secret");
        assertThat(client.rest()).isEmpty();
        assertThat(server.transcript())
            .isEqualTo(
                "[1] -- connected\n[1] C: PASS ***\n[1] S: -ERR no\\tb\\xFC"
                    + "\n[1] -- closed by the server");
      }
      server.next(script().expect("NOOP"));
      try (var client = Talk.to(server.port())) {
        client.say("PASS secret");
        client.rest();
      }
      assertThat(catchThrowable(server::verify))
          .hasMessageContaining("but the client said <PASS ***>");
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
