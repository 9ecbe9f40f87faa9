// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static dev.mailbox.testkit.proxy.Closing.FIN;
import static dev.mailbox.testkit.proxy.Closing.RESET;
import static dev.mailbox.testkit.proxy.Direction.TO_CLIENT;
import static dev.mailbox.testkit.proxy.Direction.TO_SERVER;
import static dev.mailbox.testkit.proxy.FaultProxy.nth;
import static dev.mailbox.testkit.proxy.ProxyFault.cut;
import static dev.mailbox.testkit.proxy.ProxyFault.stall;
import static dev.mailbox.testkit.script.Script.script;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakePop3;
import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.internal.net.Await;
import dev.mailbox.testkit.script.ScriptedServer;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FaultProxyLinesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String BODY = "Subject: a 2 FETCH {3}\r\n\r\n+OK\r\n..\r\n1 FETCH b\r\n";

  private final TestCertificates certificates = TestCertificates.shared();
  @AutoClose private final ScriptedServer server = ScriptedServer.start();
  @AutoClose private final FakeMailServer mails = FakeMailServer.start();
  private final FakeImap imap = mails.imap();
  private final FakePop3 pop3 = mails.pop3();
  private final FakeFolder inbox = mails.user("alice", "secret").inbox();

  @Test
  void linesAreChangedDroppedAndAdded() throws IOException {
    server.next(
        script()
            .sendLine("* OK hi", "* OK really", "* BYE")
            .expect("2 NOOP")
            .expect("3 NOOP")
            .sendLine("3 OK"));
    try (var proxy = FaultProxy.to(server.port())) {
      proxy
          .rewriteLines(TO_CLIENT, line -> line.replace("hi", "hello"))
          .dropLines(TO_CLIENT, "* OK really"::equals)
          .dropLines(TO_SERVER, line -> line.startsWith("1 "))
          .rewriteLines(TO_SERVER, line -> line.replace("2 CHECK", "2 NOOP\r\n3 NOOP"));
      try (var client = Talk.to(proxy.port())) {
        assertThat(client.readLine()).isEqualTo("* OK hello");
        assertThat(client.readLine()).isEqualTo("* BYE");
        client.sayRaw("1 NOOP\r\n2 CHECK\r\n");
        assertThat(client.rest()).asString().isEqualTo("3 OK\r\n");
      }
      server.verify();
      assertThat(proxy.bytes(TO_SERVER)).isEqualTo(16);
    }
  }

  @Test
  void lineEndsAndAnUnfinishedLineStayAsTheyAre() throws IOException {
    server.next(script().send("* OK\n\r\n\rrest"));
    try (var proxy = FaultProxy.to(server.port()).rewriteLines(TO_CLIENT, line -> line + "!");
        var client = Talk.to(proxy.port())) {
      assertThat(client.rest()).asString().isEqualTo("* OK!\n!\r\n\rrest!");
    }
  }

  @Test
  void anUnfinishedLineThatNobodyLooksAtIsNotHeldBack() throws IOException {
    server.next(script().send("* O").stall());
    try (var proxy = FaultProxy.to(server.port()).onLine(TO_SERVER, line -> true);
        var client = Talk.to(proxy.port())) {
      assertThat(client.readRaw(3)).isEqualTo("* O");
    }
  }

  @Test
  void literalsOfTheServerAreNoLines() throws IOException {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    inbox.deliver(BODY.getBytes(ISO_8859_1));
    try (var proxy = FaultProxy.to(imap.port());
        var client = watched(proxy, seen)) {
      client.run("2", "SELECT INBOX");
      seen.clear();
      client.say("3 FETCH 1 (BODY[] FLAGS)");
      String reply = String.join("\r\n", client.reply("3"));
      assertThat(reply).contains(BODY);
      assertThat(seen)
          .first()
          .asString()
          .startsWith("* 1 FETCH (")
          .endsWith("{" + BODY.length() + "}");
      assertThat(seen).noneMatch(line -> line.contains("Subject")).hasSize(3);
    }
  }

  @Test
  void aLiteralOfTheClientIsNoLineOnceItIsWanted() throws IOException {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (var proxy = FaultProxy.to(imap.port())) {
      proxy.onLine(TO_SERVER, seen::add);
      try (var client = Talk.imap(proxy.url("imap"))) {
        assertThat(client.ask("2 APPEND INBOX {8}")).startsWith("+ ");
        client.sayRaw("3 NOOP\r\n\r\n");
        client.reply("2");
        client.say("4 APPEND INBOX {8+}\r\n5 NOOP\r\n");
        client.reply("4");
        imap.on("APPEND").refuseLiteral("NO [TOOBIG] no");
        assertThat(client.ask("6 APPEND INBOX {8}")).startsWith("6 NO");
        assertThat(client.ask("7 NOOP")).startsWith("7 OK");
      }
    }
    assertThat(inbox.messages()).hasSize(2);
    assertThat(seen)
        .containsExactly(
            "l LOGIN alice secret",
            "2 APPEND INBOX {8}",
            "",
            "4 APPEND INBOX {8+}",
            "",
            "6 APPEND INBOX {8}",
            "7 NOOP");
  }

  @Test
  void anAnnouncedSizeCanBeMadeToLieAndADroppedLineTakesItsLiteralAlong() throws IOException {
    server.next(script().send("* OK\r\n* 1 F {3}\r\nabc)\r\n* 2 F {2}\r\nxy)\r\n"));
    try (var proxy = FaultProxy.to(server.port())) {
      proxy
          .rewriteLines(TO_CLIENT, line -> line.replace("{3}", "{9}"))
          .dropLines(TO_CLIENT, line -> line.startsWith("* 2"));
      try (var client = Talk.to(proxy.port())) {
        assertThat(client.rest()).asString().isEqualTo("* OK\r\n* 1 F {9}\r\nabc)\r\n)\r\n");
      }
    }
  }

  @Test
  void messagesOfPop3AreNoLinesAndListsAre() throws IOException {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    inbox.deliver(BODY.getBytes(ISO_8859_1));
    try (var proxy = FaultProxy.to(pop3.port())) {
      proxy.onLine(TO_CLIENT, seen::add);
      proxy.rewriteLines(TO_CLIENT, line -> line.equals("PIPELINING") ? "X-NOTHING" : line);
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        assertThat(client.ask("CAPA")).startsWith("+OK");
        assertThat(client.lines()).contains("X-NOTHING").doesNotContain("PIPELINING");
        seen.clear();
        client.sayRaw("RETR 1\r\nLIST\r\nTOP 1 0\r\nNOOP\r\n");
        assertThat(client.readLine()).startsWith("+OK");
        assertThat(client.body()).asString().isEqualTo(BODY);
        assertThat(client.ask("QUIT")).startsWith("+OK");
        client.rest();
      }
    }
    assertThat(seen.stream().filter(line -> !line.startsWith("+OK")))
        .containsExactly("1 " + BODY.length(), ".");
    assertThat(seen).hasSize(7);
  }

  @Test
  void aFaultIsPutOnAtTheLineThatIsNamed() throws IOException {
    inbox.deliver(BODY.getBytes(ISO_8859_1));
    try (var proxy = FaultProxy.to(imap.port())) {
      proxy.onLine(TO_SERVER, nth(2, line -> line.contains(" FETCH ")), cut(TO_CLIENT, 30, RESET));
      try (var client = Talk.imap(proxy.url("imap"))) {
        client.run("2", "SELECT INBOX");
        assertThat(client.run("3", "FETCH 1 BODY[]")).last().asString().startsWith("3 OK");
        long before = proxy.bytes(TO_CLIENT);
        client.say("4 FETCH 1 BODY[]");
        assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
        assertThat(proxy.bytes(TO_CLIENT)).isEqualTo(before + 30);
      }
      try (var client = Talk.imap(proxy.url("imap"))) {
        client.run("2", "SELECT INBOX");
        assertThat(client.run("3", "FETCH 1 BODY[]")).last().asString().startsWith("3 OK");
      }
    }
  }

  @Test
  void aLineAtWhichTheConnectionIsCutDoesNotArrive() throws IOException {
    server.next(script().sendLine("+OK").expect("NOOP").expectEnd());
    try (var proxy = FaultProxy.to(server.port())) {
      proxy.onLine(TO_SERVER, "DELE 1"::equals, cut(TO_SERVER, 0, FIN));
      try (var client = Talk.to(proxy.port())) {
        client.sayRaw("NOOP\r\nDELE 1\r\nDELE 2\r\n");
        assertThat(client.rest()).asString().isIn("", "+OK\r\n");
      }
      server.verify();
    }
  }

  @Test
  void somethingIsDoneBeforeALineIsPassedOn() throws IOException {
    try (var proxy = FaultProxy.to(pop3.port())) {
      proxy.onLine(TO_SERVER, "PASS secret"::equals, () -> inbox.deliver(new byte[9]));
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        assertThat(client.ask("STAT")).isEqualTo("+OK 1 9");
      }
    }
  }

  @Test
  void aLineAtWhichTheConnectionStallsArrivesWhenItResumes() throws IOException {
    try (var proxy = FaultProxy.to(pop3.port())) {
      proxy.onLine(TO_SERVER, "STAT"::equals, stall(TO_SERVER, 2));
      try (var client = Talk.pop3(proxy.url("pop3"))) {
        long before = proxy.bytes(TO_SERVER);
        client.say("STAT");
        assertThat(Await.until(() -> proxy.bytes(TO_SERVER) == before + 2, PATIENCE)).isTrue();
        assertThat(proxy.inFlight(TO_SERVER)).isEqualTo(6);
        proxy.resume();
        assertThat(client.readLine()).isEqualTo("+OK 0 0");
      }
    }
  }

  @Test
  void tlsPassesUnseen() throws IOException {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    try (var proxy = FaultProxy.to(imap.port())) {
      proxy.onLine(TO_CLIENT, seen::add).onLine(TO_SERVER, seen::add);
      try (var client = Talk.to(proxy.port())) {
        assertThat(client.readLine()).startsWith("* OK");
        assertThat(client.ask("1 STARTTLS")).startsWith("1 OK");
        client.startTls(certificates.clientContext(), "localhost");
        assertThat(client.ask("2 NOOP")).startsWith("2 OK");
      }
    }
    assertThat(seen).hasSize(3).contains("1 STARTTLS");
  }

  @Test
  void linesAreSeenWhereTheProxyEndsTls() throws IOException {
    try (var proxy = FaultProxy.to(imap.port()).tls(certificates.good())) {
      proxy.rewriteLines(TO_CLIENT, line -> line.replace("2 OK", "2 NO"));
      try (var client = Talk.tls(proxy.url("imaps"), certificates.clientContext())) {
        assertThat(client.readLine()).startsWith("* OK");
        assertThat(client.ask("2 NOOP")).startsWith("2 NO");
      }
    }
  }

  @Test
  void compressedBytesPassUnseen() throws IOException {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    server.next(
        script()
            .sendLine("* OK")
            .expect("1 COMPRESS DEFLATE")
            .sendLine("1 OK")
            .expect("2 \0{3}")
            .send("\1\n\2\n"));
    try (var proxy = FaultProxy.to(server.port())) {
      proxy.rewriteLines(TO_CLIENT, line -> line + "!").onLine(TO_SERVER, seen::add);
      try (var client = Talk.to(proxy.port())) {
        assertThat(client.readLine()).isEqualTo("* OK!");
        assertThat(client.ask("1 COMPRESS DEFLATE")).isEqualTo("1 OK!");
        client.say("2 \0{3}");
        assertThat(client.rest()).asString().isEqualTo("\1\n\2\n");
      }
      server.verify();
    }
    assertThat(seen).containsExactly("1 COMPRESS DEFLATE");
  }

  @Test
  void aLineWithoutEndPassesUnseen() throws IOException {
    String endless = "x".repeat(3 << 20);
    server.next(script().sendLine("* OK", endless, "* BYE"));
    try (var proxy = FaultProxy.to(server.port()).rewriteLines(TO_CLIENT, line -> line + "!");
        var client = Talk.to(proxy.port())) {
      assertThat(client.rest()).asString().isEqualTo("* OK!\r\n" + endless + "\r\n* BYE!\r\n");
    }
  }

  @Test
  void whatAHookThrowsResetsTheConnectionAndIsToldAtTheEnd() throws IOException {
    server.next(script().sendLine("* OK").stall());
    var proxy = FaultProxy.to(server.port());
    proxy.rewriteLines(
        TO_CLIENT,
        line -> {
          throw new IllegalArgumentException("bad " + line);
        });
    try (var client = Talk.to(proxy.port())) {
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(proxy::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bad * OK");
    proxy.close();
  }

  private static Talk watched(FaultProxy proxy, Queue<String> seen) throws IOException {
    proxy.onLine(TO_CLIENT, seen::add);
    return Talk.imap(proxy.url("imap"));
  }
}
