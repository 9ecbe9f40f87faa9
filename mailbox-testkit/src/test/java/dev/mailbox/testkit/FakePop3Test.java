// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.testkit.mail.Fixture;
import dev.mailbox.testkit.mail.MailFixtures;
import dev.mailbox.testkit.mail.MailSource;
import dev.mailbox.testkit.tls.TestCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FakePop3Test {
  @AutoClose private final FakeMailServer server = CommonServer.start();
  private final FakePop3 pop3 = server.pop3();
  private final FakeMaildrop maildrop = CommonServer.alice(server).maildrop();

  @Test
  void listsWhatItHolds() throws IOException {
    maildrop.deliver(bytes("one\r\n"));
    maildrop.deliver(Pop3Message.of(bytes("second\r\n")).uidl("x").listedSize(99));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("STAT")).isEqualTo("+OK 2 104");
      assertThat(client.ask("LIST")).startsWith("+OK");
      assertThat(client.lines()).containsExactly("1 5", "2 99");
      assertThat(client.ask("UIDL")).startsWith("+OK");
      assertThat(client.lines()).containsExactly("1 uidl-1", "2 x");
      assertThat(client.ask("LIST 2")).isEqualTo("+OK 2 99");
      assertThat(client.ask("UIDL 1")).isEqualTo("+OK 1 uidl-1");
      assertThat(client.ask("UIDL 3")).startsWith("-ERR");
      assertThat(client.ask("NOOP")).startsWith("+OK");
      assertThat(client.ask("XYZZY")).startsWith("-ERR");
    }
    assertThat(maildrop.uidls()).containsExactly("uidl-1", "x");
  }

  @ParameterizedTest
  @EnumSource(Fixture.class)
  void sendsMessagesByteForByte(Fixture fixture) throws IOException {
    maildrop.deliver(fixture.raw());
    String sent = new String(fixture.raw(), ISO_8859_1);
    // Each line of a reply ends with CRLF, so a last line without it gets one (RFC 1939, 3).
    String expected = sent.isEmpty() || sent.endsWith("\r\n") ? sent : sent + "\r\n";
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(new String(client.retrieve(1), ISO_8859_1)).isEqualTo(expected);
      assertThat(client.ask("NOOP")).startsWith("+OK");
    }
  }

  @Test
  void topSendsTheHeaderAndSoManyLines() throws IOException {
    maildrop.deliver(bytes("A: 1\r\nB: 2\r\n\r\n.one\r\ntwo\r\nthree"));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("TOP 1 0")).startsWith("+OK");
      assertThat(client.body()).isEqualTo(bytes("A: 1\r\nB: 2\r\n\r\n"));
      assertThat(client.ask("TOP 1 2")).startsWith("+OK");
      assertThat(client.body()).isEqualTo(bytes("A: 1\r\nB: 2\r\n\r\n.one\r\ntwo\r\n"));
      assertThat(client.ask("TOP 1 9")).startsWith("+OK");
      assertThat(client.body()).isEqualTo(bytes("A: 1\r\nB: 2\r\n\r\n.one\r\ntwo\r\nthree\r\n"));
      assertThat(client.ask("TOP 1")).startsWith("-ERR");
    }
  }

  @Test
  void deletesWhenQuitIsObeyed() throws IOException {
    maildrop.deliver(bytes("a\r\n"));
    maildrop.deliver(bytes("b\r\n"));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      assertThat(client.ask("RETR 1")).startsWith("-ERR");
      assertThat(client.ask("DELE 1")).startsWith("-ERR");
      assertThat(client.ask("STAT")).isEqualTo("+OK 1 3");
      assertThat(maildrop.uidls()).hasSize(2);
      assertThat(client.ask("QUIT")).startsWith("+OK");
      assertThat(client.readLine()).isNull();
    }
    assertThat(maildrop.uidls()).containsExactly("uidl-2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsWhatWasDeletedWhenTheClientDrops(boolean reset) throws IOException {
    maildrop.deliver(bytes("a\r\n"));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      if (reset) {
        client.reset();
      }
    }
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("STAT")).isEqualTo("+OK 1 3");
    }
  }

  @Test
  void resetTakesDeletionsBack() throws IOException {
    maildrop.deliver(bytes("a\r\n"));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      assertThat(client.ask("RSET")).startsWith("+OK");
      assertThat(client.ask("QUIT")).startsWith("+OK");
    }
    assertThat(maildrop.messages()).hasSize(1);
  }

  @Test
  void sessionSeesTheMaildropAsItWasAtLogin() throws IOException {
    Pop3Message first = maildrop.deliver(bytes("a\r\n"));
    try (var client = Talk.pop3(server.pop3Url())) {
      maildrop.deliver(bytes("new\r\n"));
      maildrop.remove(first.uidl());
      assertThat(client.ask("STAT")).isEqualTo("+OK 1 3");
      assertThat(client.retrieve(1)).isEqualTo(bytes("a\r\n"));
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      assertThat(client.ask("QUIT")).startsWith("+OK");
    }
    assertThat(maildrop.uidls()).containsExactly("uidl-2");
  }

  @Test
  void deletesOneOfTwoWithTheSameUidl() throws IOException {
    maildrop.deliver(Pop3Message.of(bytes("a\r\n")).uidl("same"));
    maildrop.deliver(Pop3Message.of(bytes("b\r\n")).uidl("same"));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      assertThat(client.ask("QUIT")).startsWith("+OK");
    }
    assertThat(maildrop.messages())
        .singleElement()
        .satisfies(m -> assertThat(m.raw()).isEqualTo(bytes("b\r\n")));
  }

  @Test
  void secondSessionIsToldThatTheMaildropIsInUse() throws IOException {
    try (var first = Talk.pop3(server.pop3Url());
        var second = Talk.to(server.pop3Url())) {
      assertThat(second.readLine()).startsWith("+OK");
      assertThat(second.ask("USER alice")).startsWith("+OK");
      assertThat(second.ask("PASS secret")).startsWith("-ERR [IN-USE]");
      assertThat(first.ask("QUIT")).startsWith("+OK");
      assertThat(second.ask("USER alice")).startsWith("+OK");
      assertThat(second.ask("PASS secret")).startsWith("+OK");
    }
  }

  @Test
  void answersPipelinedCommandsInOrder() throws IOException {
    maildrop.deliver(bytes("a\r\n"));
    maildrop.deliver(bytes("b\r\n"));
    try (var client = Talk.pop3(server.pop3Url())) {
      client.sayRaw("RETR 1\r\nRETR 2\r\nDELE 1\r\nQUIT\r\n");
      assertThat(new String(client.rest(), ISO_8859_1))
          .containsSubsequence("+OK", "a\r\n.\r\n", "+OK", "b\r\n.\r\n", "+OK", "+OK bye");
    }
    assertThat(pop3.count("retr")).isEqualTo(2);
    assertThat(pop3.commands(1)).containsSequence("DELE 1", "QUIT");
  }

  @Test
  void tellsItsCapabilities() throws IOException {
    pop3.mechanisms("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER").without("TOP", "UIDL");
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("CAPA")).startsWith("+OK");
      assertThat(client.lines())
          .contains("PIPELINING", "STLS", "SASL PLAIN LOGIN XOAUTH2 OAUTHBEARER")
          .doesNotContain("TOP", "UIDL");
      client.startTls(afterStls(client), "localhost");
      assertThat(client.ask("CAPA")).startsWith("+OK");
      assertThat(client.lines()).contains("USER").doesNotContain("STLS");
      assertThat(client.ask("USER alice")).startsWith("+OK");
      assertThat(client.ask("PASS secret")).startsWith("+OK");
      assertThat(client.ask("TOP 1 0")).startsWith("-ERR unknown");
      pop3.without("CAPA").capabilities("X-ONLY");
      assertThat(client.ask("CAPA")).startsWith("-ERR unknown");
    }
    server.verify();
  }

  @Test
  void implicitTlsIsTls() throws IOException {
    try (var client = Talk.tls(server.pop3sUrl(), server.certificates().clientContext())) {
      assertThat(client.login("alice", "secret").ask("STAT")).startsWith("+OK 0 ");
    }
  }

  @Test
  void refusesAWrongPassword() throws IOException {
    FakeAccount unused = server.user("bob", "pass word");
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      assertThat(client.ask("USER bob")).startsWith("+OK");
      assertThat(client.ask("PASS secret")).startsWith("-ERR [AUTH]");
      assertThat(client.ask("STAT")).startsWith("-ERR");
      assertThat(client.ask("USER bob")).startsWith("+OK");
      assertThat(client.ask("PASS pass word")).startsWith("+OK");
    }
  }

  @Test
  void acceptsSaslMechanisms() throws IOException {
    token("tok");
    for (String command :
        new String[] {
          "AUTH PLAIN " + base64("\0alice\0secret"),
          "AUTH PLAIN\r\n" + base64("\0alice\0secret"),
          "AUTH LOGIN\r\n" + base64("alice") + "\r\n" + base64("secret"),
          "AUTH XOAUTH2 " + base64("user=alice\1auth=Bearer tok\1\1"),
          "AUTH OAUTHBEARER " + base64("n,a=alice,\1auth=Bearer tok\1\1")
        }) {
      try (var client = Talk.to(server.pop3Url())) {
        client.say(command);
        client.say("QUIT");
        assertThat(new String(client.rest(), ISO_8859_1)).contains("+OK maildrop has");
      }
    }
  }

  @Test
  void wrongTokenGetsAChallengeAndThenARefusal() throws IOException {
    token("tok");
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK");
      String response = base64("user=alice\1auth=Bearer old\1\1");
      assertThat(client.ask("AUTH XOAUTH2 " + response)).startsWith("+ ");
      assertThat(client.ask("")).startsWith("-ERR [AUTH]");
      assertThat(client.ask("AUTH CRAM-MD5")).startsWith("-ERR unknown mechanism");
    }
  }

  @Test
  void clearTextPipelinedBehindStlsFailsVerification() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      client.sayRaw("STLS\r\nUSER alice\r\n");
      assertThat(client.rest()).isNotEmpty();
    }
    assertThatThrownBy(server::verify).hasMessageContaining("in clear text");
  }

  @Test
  void servesTwentyThousandMessagesQuickly() throws IOException {
    var message = Pop3Message.of(MailSource.of(MailFixtures.mail("many").build()));
    IntStream.range(0, 20_000).forEach(i -> maildrop.deliver(message));
    long start = System.nanoTime();
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("UIDL")).startsWith("+OK");
      assertThat(client.lines()).hasSize(20_000).doesNotHaveDuplicates();
      for (int from = 1; from <= 20_000; from += 100) {
        client.sayRaw(retrievals(from, 100));
        for (int i = 0; i < 100; i++) {
          assertThat(client.readLine()).startsWith("+OK");
          assertThat(client.body()).hasSize((int) message.listedSize());
        }
      }
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void sendsAMailThatDoesNotFitInMemory() throws IOException {
    MailSource huge = MailFixtures.huge(40L * MailFixtures.MB);
    maildrop.deliver(Pop3Message.of(huge));
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("LIST 1")).isEqualTo("+OK 1 " + huge.sizeInBytes());
      client.sayRaw("RETR 1\r\nQUIT\r\n");
      assertThat((long) client.rest().length).isGreaterThan(huge.sizeInBytes());
    }
  }

  /** Lets the server know a token, and take it. */
  private void token(String token) {
    FakeAccount unused = CommonServer.alice(server).token(token);
    pop3.mechanisms("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");
  }

  private static SSLContext afterStls(Talk client) throws IOException {
    assertThat(client.ask("STLS")).startsWith("+OK");
    return TestCertificates.shared().clientContext();
  }

  private static String retrievals(int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(n -> "RETR " + n + "\r\n")
        .collect(Collectors.joining());
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
