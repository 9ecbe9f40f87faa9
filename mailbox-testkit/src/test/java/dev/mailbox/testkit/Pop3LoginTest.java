// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a POP3 session remembers of a login, and what a login leaves behind. */
class Pop3LoginTest {
  private static final String ALICE = "AGFsaWNlAHNlY3JldA==";

  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  @BeforeEach
  void addUser() {
    FakeAccount unused = server.user("alice", "secret");
  }

  @Test
  void userOfClearTextIsForgottenWithTls() throws IOException {
    try (var client = greeted()) {
      Talk.expectOk(client.ask("USER alice"));
      Talk.expectOk(client.ask("STLS"));
      Talk tls = client.startTls(server.certificates().clientContext(), "localhost");
      assertThat(tls.ask("PASS secret")).startsWith("-ERR");
      Talk.expectOk(tls.ask("USER alice"));
      Talk.expectOk(tls.ask("PASS secret"));
    }
  }

  @Test
  void userIsForgottenWithWrongPassword() throws IOException {
    try (var client = greeted()) {
      Talk.expectOk(client.ask("USER alice"));
      assertThat(client.ask("PASS bad")).startsWith("-ERR [AUTH]");
      assertThat(client.ask("PASS secret")).isEqualTo("-ERR USER comes first");
    }
  }

  @Test
  void refusedLoginDelaysNoOther() throws IOException {
    server.clock().stop(Instant.parse("2030-01-01T00:00:00Z"));
    FakePop3 unused = server.pop3().loginDelay(Duration.ofMinutes(5)).lockPatience(Duration.ZERO);
    try (var first = Talk.pop3(server.pop3Url());
        var second = greeted()) {
      server.clock().advance(Duration.ofMinutes(6));
      Talk.expectOk(second.ask("USER alice"));
      assertThat(second.ask("PASS secret")).startsWith("-ERR [IN-USE]");
      Talk.expectOk(first.ask("QUIT"));
      Talk.expectOk(second.ask("USER alice"));
      Talk.expectOk(second.ask("PASS secret"));
      Talk.expectOk(second.ask("QUIT"));
    }
    try (var third = greeted()) {
      Talk.expectOk(third.ask("USER alice"));
      assertThat(third.ask("PASS secret")).startsWith("-ERR [LOGIN-DELAY]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RETR 1",
        "STAT",
        "USER",
        "PASS secret",
        "APOP alice",
        "AUTH PLAIN %%",
        "LIST",
        "NOOP"
      })
  void brokenProtocolBeforeLoginFailsVerification(String command) throws IOException {
    try (var client = greeted()) {
      assertThat(client.ask(command)).startsWith("-ERR");
    }
    assertThatThrownBy(server::verify).hasMessageContaining("clients broke the protocol");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"USER alice", "PASS secret", "STLS", "RETR", "RETR x", "DELE 1 2", "TOP 1"})
  void brokenProtocolAfterLoginFailsVerification(String command) throws IOException {
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask(command)).startsWith("-ERR");
    }
    assertThatThrownBy(server::verify)
        .hasMessageContaining("clients broke the protocol")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOO", "RETR 7", "DELE 7", "XTND XMIT"})
  void whatIsNotHereMayBeAskedFor(String command) throws IOException {
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask(command)).startsWith("-ERR");
    }
    assertThatCode(server::verify).doesNotThrowAnyException();
  }

  @Test
  void whatIsPipelinedBehindARefusedLoginBreaksNothing() throws IOException {
    FakePop3 unused = server.pop3().on("USER").once().reply("-ERR no");
    try (var client = greeted()) {
      client.sayRaw("USER alice\r\nPASS secret\r\nSTAT\r\nQUIT\r\n");
      assertThat(new String(client.rest(), US_ASCII))
          .containsSubsequence("-ERR no", "-ERR", "-ERR", "+OK bye");
    }
    server.verify();
  }

  @Test
  void withRequiredTlsNobodyIsLetInBefore() throws IOException {
    FakePop3 unused = server.pop3().requireTls();
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).startsWith("+OK").doesNotContain("<");
      Talk.expectOk(client.ask("CAPA"));
      assertThat(client.lines())
          .contains("STLS", "UIDL")
          .noneMatch(line -> line.startsWith("SASL") || line.equals("USER"));
      for (String command :
          new String[] {"USER alice", "PASS secret", "APOP alice 0", "AUTH PLAIN " + ALICE}) {
        assertThat(client.ask(command)).isEqualTo("-ERR [AUTH] begin TLS first");
      }
      Talk.expectOk(client.ask("STLS"));
      Talk tls = client.startTls(server.certificates().clientContext(), "localhost");
      Talk.expectOk(tls.ask("CAPA"));
      assertThat(tls.lines()).contains("USER").anyMatch(line -> line.startsWith("SASL"));
      Talk.expectOk(tls.ask("AUTH PLAIN " + ALICE));
      Talk.expectOk(tls.ask("QUIT"));
    }
    try (var tls = Talk.tls(server.pop3sUrl(), server.certificates().clientContext())) {
      Talk unusedTalk = tls.login("alice", "secret");
    }
    server.verify();
  }

  private Talk greeted() throws IOException {
    Talk client = Talk.to(server.pop3Url());
    Talk.expectOk(client.readLine());
    return client;
  }
}
