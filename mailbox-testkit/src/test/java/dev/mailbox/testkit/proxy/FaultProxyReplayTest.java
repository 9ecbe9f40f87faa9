// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.script.Script;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is written, read and said again. */
class FaultProxyReplayTest {
  private static final String MAIL =
      "Subject: a\r\n\r\n\0 \u00ff1 OK\t{5}\r\n.\r\n..x \\r <5 bytes>\r\n";
  private static final SSLContext TRUST = TestCertificates.shared().clientContext();

  @TempDir private Path folder;
  @AutoClose private final FakeMailServer server = FakeMailServer.start();
  @AutoClose private final ScriptedServer scripted = ScriptedServer.start();

  @BeforeEach
  void deliver() {
    server.user("alice", "secret").inbox().deliver(MAIL.getBytes(ISO_8859_1));
  }

  /** A client that does something on a port. */
  private interface Client {
    List<String> talk(int port) throws Exception;
  }

  /** Records what the client does, and lets it do the same on a server that replays that. */
  private String recorded(FaultProxy proxy, Client client) throws Exception {
    Path file = folder.resolve("talk.txt");
    List<String> first;
    try (proxy) {
      first = client.talk(proxy.record(file).port());
    }
    String text = Files.readString(file);
    assertThat(text).doesNotContain("secret").doesNotContain("c2VjcmV0");
    scripted.next(Script.read(file));
    assertThat(client.talk(scripted.port())).isEqualTo(first);
    scripted.verify();
    return text;
  }

  private static FaultProxy to(String url) {
    return FaultProxy.to(URI.create(url).getPort());
  }

  private static List<String> readImap(Talk client) throws IOException {
    List<String> heard = new ArrayList<>();
    heard.addAll(client.run("a", "LOGIN {5+}\r\nalice {6+}\r\nsecret"));
    heard.addAll(client.run("b", "SELECT INBOX"));
    client.sayRaw("c UID FETCH 1 BODY.PEEK[]\r\nd NOOP\r\n");
    heard.addAll(client.reply("d"));
    heard.addAll(client.run("e", "LOGOUT"));
    return heard;
  }

  @Test
  void imapInClearText() throws Exception {
    String text =
        recorded(
            to(server.imapUrl()),
            port -> {
              try (var client = Talk.to(port)) {
                client.readLine();
                return readImap(client);
              }
            });
    assertThat(text)
        .startsWith("= connection 1\nS: * OK ")
        .contains("C: a LOGIN {5+}\nC: *****\\\nC:  {6+}\n")
        .contains("S: \\x00 \\xFF1 OK\\t{5}\n")
        .contains("S: ..x \\\\r <5 bytes>\n");
  }

  @Test
  void pop3InClearText() throws Exception {
    String text =
        recorded(
            to(server.pop3Url()),
            port -> {
              try (var client = Talk.to(port)) {
                client.readLine();
                client.sayRaw("USER alice\r\nPASS secret\r\nUIDL\r\nRETR 1\r\n");
                client.sayRaw("AUTH CRAM-MD5\r\n");
                for (int i = 0; i < 3; i++) {
                  client.readLine();
                }
                List<String> heard = new ArrayList<>(client.lines());
                heard.add(client.readLine());
                heard.addAll(client.lines());
                heard.add(client.ask("QUIT"));
                return heard;
              }
            });
    assertThat(text).contains("C: USER alice\nC: PASS ***\n").contains("S: ...x");
  }

  @Test
  void insideOfStartTls() throws Exception {
    var good = TestCertificates.shared().good();
    String text =
        recorded(
            to(server.imapUrl()).startTls(good, TRUST),
            port -> {
              try (var client = Talk.to(port)) {
                client.readLine();
                client.run("s", "STARTTLS");
                return readImap(client.startTls(TRUST, "localhost"));
              }
            });
    assertThat(text).contains("C: s STARTTLS\n", "-- starttls\nC: a LOGIN {5+}\n", "S: b OK");
  }

  @Test
  void insideOfStls() throws Exception {
    var good = TestCertificates.shared().good();
    String text =
        recorded(
            to(server.pop3Url()).startTls(good, TRUST),
            port -> {
              try (var client = Talk.to(port)) {
                client.readLine();
                client.ask("STLS");
                client.startTls(TRUST, "localhost").ask("USER alice");
                client.ask("PASS secret");
                return List.of(new String(client.retrieve(1), ISO_8859_1));
              }
            });
    assertThat(text).contains("C: STLS\nS: +OK", "-- starttls\nC: USER alice\n", "S: ...x");
  }

  @Test
  void aRefusedStartTlsGoesOnInClearText() throws Exception {
    server.imap().on("STARTTLS").once().no("not now");
    var good = TestCertificates.shared().good();
    String text =
        recorded(
            to(server.imapUrl()).startTls(good, TRUST),
            port -> {
              try (var client = Talk.to(port)) {
                client.readLine();
                client.run("s", "STARTTLS");
                return client.run("t", "NOOP");
              }
            });
    assertThat(text).doesNotContain("-- starttls").contains("S: t OK");
  }

  @Test
  void insideOfTlsFromTheStart() throws Exception {
    var good = TestCertificates.shared().good();
    String text =
        recorded(
            to(server.imapsUrl()).tls(good, TRUST),
            port -> {
              try (var client = Talk.tls("imaps://localhost:" + port, TRUST)) {
                client.readLine();
                return readImap(client);
              }
            });
    assertThat(text).startsWith("= connection 1\n-- starttls\nS: * OK");
  }

  @Test
  void insideOfCompression() throws Exception {
    String text = recorded(to(server.imapUrl()), FaultProxyReplayTest::readCompressed);
    assertThat(text)
        .contains("COMPRESS DEFLATE\n", "-- compressed\nC: ", "S: \\x00 \\xFF1 OK\\t{5}\n");
  }

  private static List<String> readCompressed(int port) throws Exception {
    var properties = new Properties();
    properties.put("mail.imap.compress.enable", "true");
    properties.put("mail.imap.timeout", "10000");
    try (Store store = Session.getInstance(properties).getStore("imap")) {
      store.connect("localhost", port, "alice", "secret");
      Folder inbox = store.getFolder("INBOX");
      inbox.open(Folder.READ_ONLY);
      var raw = new ByteArrayOutputStream();
      Message message = inbox.getMessage(1);
      message.writeTo(raw);
      inbox.close(false);
      return List.of(raw.toString(ISO_8859_1));
    }
  }

  @Test
  void bodiesCanBeHidden() throws Exception {
    Path file = folder.resolve("talk.txt");
    try (var proxy = to(server.imapUrl()).hideBodies().record(file);
        var client = Talk.imap(proxy.url("imap"))) {
      client.run("1", "SELECT INBOX");
      client.run("2", "UID FETCH 1 (BODY.PEEK[] FLAGS)");
      client.run("3", "APPEND INBOX {5+}\r\na\r\nbc");
    }
    try (var proxy = to(server.pop3Url()).hideBodies().record(folder.resolve("pop3.txt"));
        var client = Talk.pop3(proxy.url("pop3"))) {
      client.retrieve(1);
    }
    assertThat(Files.readString(file))
        .contains("BODY[] {48}\nS: **********\nS:\nS: ***********\nS: *\nS: ****************\nS: ")
        .contains("C: 3 APPEND INBOX {5+}\nC: *****\\\nC:\n");
    assertThat(Files.readString(folder.resolve("pop3.txt")))
        .contains("S: **********\nS:\nS: ***********\nS: .*\nS: .****************\nS: .\n");
  }

  @Test
  void fieldsThatProgramsGoByCanBeShown() throws Exception {
    var bob = server.user("bob", "secret");
    bob.inbox()
        .deliver(
            """
            Subject: folded
             line
            X-Key: hidden
            subjects: hidden
            FROM: b

            From: text
            """
                .replace("\n", "\r\n")
                .getBytes(ISO_8859_1));
    bob.inbox().deliver("No field\r\nSubject: hidden\r\n\r\ntext".getBytes(ISO_8859_1));
    bob.inbox().deliver("Subject: a\r\nSub".getBytes(ISO_8859_1));
    Path file = folder.resolve("imap.txt");
    try (var proxy = to(server.imapUrl()).hideBodies("subject", "From").record(file);
        var client = Talk.to(proxy.port())) {
      client.readLine();
      client.run("0", "LOGIN bob secret");
      client.run("1", "EXAMINE INBOX");
      client.run("2", "UID FETCH 1 (UID BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)])");
      client.run("3", "UID FETCH 1 BODY.PEEK[TEXT]");
      client.run("4", "UID FETCH 1 BODY.PEEK[]<3.20>");
      client.run("5", "UID FETCH 2:3 BODY.PEEK[]");
    }
    assertThat(Files.readString(file))
        .contains("S: Subject: folded\nS:  line\nS: FROM: b\nS:\nS: )\n")
        .contains("BODY[TEXT] {12}\nS: **********\nS: )\n")
        .contains("BODY[]<3> {20}\nS: ************\nS: *****\\r\\\nS: )\n")
        .contains("S: ********\nS: ***************\nS:\nS: ****\\\nS: )\n")
        .contains("S: Subject: a\nS: ***\\\nS: )\n");
    try (var proxy =
            to(server.pop3Url()).hideBodies("SUBJECT", "from").record(folder.resolve("pop3.txt"));
        var client = Talk.to(proxy.port())) {
      client.readLine();
      client.ask("USER bob");
      client.ask("PASS secret");
      client.retrieve(1);
      client.ask("QUIT");
      client.rest();
    }
    assertThat(Files.readString(folder.resolve("pop3.txt")))
        .contains(
            """
            S: Subject: folded
            S:  line
            S: *************
            S: ****************
            S: FROM: b
            S:
            S: **********
            S: .
            """);
  }

  @Test
  void connectionsAndTheirEndsAreKept() throws IOException {
    Path file = folder.resolve("talk.txt");
    try (var proxy = to(server.pop3Url()).record(file)) {
      proxy.next(ProxyFault.refuse(Closing.RESET));
      proxy.next(ProxyFault.cut(Direction.TO_CLIENT, 2, Closing.FIN));
      for (int i = 0; i < 2; i++) {
        try (var client = Talk.to(proxy.port())) {
          client.rest();
        } catch (IOException e) {
          assertThat(i).isZero();
        }
      }
      try (var client = Talk.to(proxy.port())) {
        client.readLine();
        client.ask("QUIT");
        client.rest();
      }
    }
    assertThat(Files.readString(file))
        .startsWith(
            "= connection 1\n-- reset\n= connection 2\nS: +O\\\n-- cut\n= connection 3\nS: ")
        .endsWith("-- close\n");
  }

  @Test
  void anyBytesAreSaidAgain() throws IOException {
    var random = new Random(11);
    for (int i = 0; i < 30; i++) {
      var bytes = new byte[1 + random.nextInt(3000)];
      random.nextBytes(bytes);
      String said =
          "* 1 FETCH {" + bytes.length + "}\r\n" + new String(bytes, ISO_8859_1) + ")\r\n";
      scripted.next(Script.script().send("* OK\r\n").send(said).send(said.substring(12)));
      List<String> text;
      byte[] first;
      try (var proxy = FaultProxy.to(scripted.port()).recording();
          var client = Talk.to(proxy.port())) {
        first = client.rest();
        text = proxy.transcript(1).lines();
      }
      scripted.next(Script.parse(text));
      try (var client = Talk.to(scripted.port())) {
        assertThat(client.rest()).isEqualTo(first);
      }
    }
  }
}
