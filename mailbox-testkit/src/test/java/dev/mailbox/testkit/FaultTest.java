// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.fault.Ending;
import dev.mailbox.testkit.fault.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When faults happen, and what a client then sees, over both protocols. */
class FaultTest {
  private static final byte[] MAIL = "Subject: x\r\n\r\nbody\r\n".getBytes(US_ASCII);

  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  @BeforeEach
  void deliver() {
    String unused = server.user("alice", "secret").inbox().deliver(MAIL);
    unused = server.user("bob", "secret").inbox().deliver(MAIL);
  }

  @Test
  void forOneUserOnly() throws IOException {
    FakeImap unused = server.imap().on("SELECT").user("bob").no("[UNAVAILABLE] later");
    try (var alice = Talk.imap(server.imapUrl());
        var bob = Talk.to(server.imapUrl())) {
      assertThat(alice.run("a", "SELECT INBOX")).last().asString().startsWith("a OK");
      assertThat(bob.readLine()).startsWith("* OK");
      List<String> unusedLines = bob.run("a", "LOGIN bob secret");
      assertThat(bob.run("b", "SELECT INBOX")).containsExactly("b NO [UNAVAILABLE] later");
    }
    server.verify();
  }

  @Test
  void inOneFolderOnly() throws IOException {
    FakeFolder unusedFolder = server.user("alice", "secret").folder("Archive");
    FakeImap unused = server.imap().on("NOOP").folder("Archive").bad("not here");
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unusedLines = client.run("a", "SELECT INBOX");
      assertThat(client.run("b", "NOOP")).containsExactly("b OK nothing done");
      unusedLines = client.run("c", "SELECT Archive");
      assertThat(client.run("d", "NOOP")).containsExactly("d BAD not here");
    }
  }

  @Test
  void nowAndThenTheSameWithTheSameSeed() throws IOException {
    List<List<String>> runs = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      FakeImap unused = server.imap().heal().on("NOOP").sometimes(0.5, 7).no("by chance");
      List<String> replies = new ArrayList<>();
      try (var client = Talk.imap(server.imapUrl())) {
        for (int i = 0; i < 40; i++) {
          replies.addAll(client.run("a", "NOOP"));
        }
      }
      runs.add(replies);
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1)).contains("a NO by chance", "a OK nothing done");
  }

  @Test
  void insideALiteral() throws IOException {
    FakeImap unused = server.imap().on("FETCH").once().meet(new Fault.InContent(5, Ending.CLOSE));
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> unusedLines = client.run("a", "EXAMINE INBOX");
      client.say("b FETCH 1 BODY[]");
      assertThat(client.readLine()).isEqualTo("* 1 FETCH (BODY[] {20}");
      assertThat(client.rest()).asString(US_ASCII).isEqualTo("Subje");
    }
  }

  @Test
  void insideAMessageOfPop3() throws IOException {
    FakePop3 unused = server.pop3().on("RETR").once().meet(new Fault.InContent(5, Ending.CLOSE));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("RETR 1")).startsWith("+OK");
      assertThat(client.rest()).asString(US_ASCII).isEqualTo("Subje");
    }
  }

  @Test
  void floodBeforeAReply() throws IOException {
    FakeImap unused =
        server.imap().on("NOOP").once().meet(new Fault.Flooded("* OK still here", 1000));
    try (var client = Talk.imap(server.imapUrl())) {
      List<String> told = client.run("a", "NOOP");
      assertThat(told).hasSize(1001).startsWith("* OK still here").endsWith("a OK nothing done");
    }
  }

  @Test
  void garbageIsTheSameWithTheSameSeed() throws IOException {
    List<String> heard = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      FakePop3 unused =
          server.pop3().heal().on("STAT").meet(new Fault.Garbage(3, 64, Ending.CLOSE));
      try (var client = Talk.pop3(server.pop3Url())) {
        client.say("STAT");
        heard.add(new String(client.rest(), ISO_8859_1));
      }
    }
    assertThat(heard.get(0)).hasSize(64).isEqualTo(heard.get(1));
  }

  @Test
  void delayChangesNothingElse() throws IOException {
    FakePop3 unused = server.pop3().on("STAT").meet(new Fault.Delayed(Duration.ofMillis(1)));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("STAT")).isEqualTo("+OK 1 20");
    }
    server.verify();
  }

  @Test
  void clockDecidesAboutDelaysBetweenLogins() throws IOException {
    FakePop3 unused = server.pop3().loginDelay(Duration.ofMinutes(5));
    String url = server.pop3Url();
    Talk.pop3(url).close();
    try (var tooSoon = Talk.to(url)) {
      assertThat(tooSoon.readLine()).startsWith("+OK");
      assertThat(tooSoon.ask("USER alice")).startsWith("+OK");
      assertThat(tooSoon.ask("PASS secret")).startsWith("-ERR [LOGIN-DELAY]");
    }
    server.clock().advance(Duration.ofMinutes(5));
    Talk.pop3(url).close();
  }

  @Test
  void clockIsTheTimeOfArrival() {
    var noon = Instant.parse("2030-01-01T12:00:00Z");
    server.clock().stop(noon);
    FakeFolder inbox = server.user("alice", "secret").inbox();
    String unused = inbox.deliver(mail("late"));
    assertThat(inbox.messages().get(1).arrivedAt()).isEqualTo(noon);
  }

  @Test
  void expiredTokensAreRefused() throws IOException {
    FakeAccount alice = server.user("alice", "secret").token("t0k");
    String response = "dXNlcj1hbGljZQFhdXRoPUJlYXJlciB0MGsBAQ==";
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).contains("AUTH=XOAUTH2");
      assertThat(client.ask("a AUTHENTICATE XOAUTH2 " + response)).startsWith("a OK");
    }
    FakeAccount unused = alice.expireToken("t0k");
    try (var client = Talk.to(server.imapUrl())) {
      assertThat(client.readLine()).startsWith("* OK");
      assertThat(client.ask("a AUTHENTICATE XOAUTH2 " + response)).startsWith("+ ");
      assertThat(client.ask("")).startsWith("a NO [AUTHENTICATIONFAILED]");
    }
  }

  @Test
  void bothProtocolsShowOneStore() throws IOException {
    try (var imap = Talk.imap(server.imapUrl());
        var pop3 = Talk.pop3(server.pop3Url())) {
      assertThat(imap.run("a", "SELECT INBOX")).contains("* 1 EXISTS");
      assertThat(pop3.ask("DELE 1")).startsWith("+OK");
      assertThat(pop3.ask("QUIT")).startsWith("+OK");
      assertThat(imap.run("b", "NOOP")).contains("* 1 EXPUNGE");
    }
  }
}
