// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server offers once something is taken away. */
class OffersTest {
  @AutoClose private final FakeMailServer server = FakeMailServer.start();

  @BeforeEach
  void addUser() {
    FakeAccount unused = server.user("alice", "secret");
  }

  @ParameterizedTest
  @CsvSource({
    "STARTTLS,STARTTLS",
    "starttls,STARTTLS",
    "AUTH=PLAIN,AUTH=PLAIN",
    "auth=plain,AUTH=PLAIN",
    "AUTH,AUTH=",
    "idle,IDLE",
    "THREAD,THREAD=",
    "THREAD=REFS,THREAD=REFS",
    "APPENDLIMIT,APPENDLIMIT="
  })
  void imapOffersNoMoreWhatIsTakenAway(String name, String gone) throws IOException {
    assertThat(imapOffers()).anyMatch(each -> each.startsWith(gone));
    FakeImap unused = server.imap().without(name).without(name);
    assertThat(imapOffers())
        .contains("IMAP4rev1")
        .noneMatch(each -> gone.endsWith("=") ? each.startsWith(gone) : each.equals(gone));
  }

  @ParameterizedTest
  @CsvSource({
    "STLS,STLS,STLS",
    "stls,STLS,STLS",
    "SASL,SASL,AUTH PLAIN",
    "AUTH,SASL,AUTH PLAIN",
    "EXPIRE,EXPIRE,",
    "login-delay,LOGIN-DELAY,",
    "IMPLEMENTATION,IMPLEMENTATION,",
    "user,USER,USER alice",
    "uidl,UIDL,"
  })
  void pop3OffersNoMoreWhatIsTakenAway(String name, String gone, String command)
      throws IOException {
    assertThat(pop3Offers()).anyMatch(each -> each.split(" ", -1)[0].equals(gone));
    FakePop3 unused = server.pop3().without(name).without(name);
    assertThat(pop3Offers()).contains("TOP").noneMatch(each -> each.startsWith(gone));
    if (command != null) {
      try (var client = Talk.to(server.pop3Url())) {
        Talk.expectOk(client.readLine());
        assertThat(client.ask(command)).startsWith("-ERR");
      }
    }
  }

  @Test
  void singleMechanismsOfPop3CanBeTakenAway() throws IOException {
    FakePop3 unused = server.pop3().without("AUTH=PLAIN", "APOP");
    assertThat(pop3Offers())
        .filteredOn(line -> line.startsWith("SASL "))
        .singleElement()
        .asString()
        .doesNotContain("PLAIN")
        .contains("LOGIN");
    try (var client = Talk.to(server.pop3Url())) {
      assertThat(client.readLine()).doesNotContain("<");
      assertThat(client.ask("AUTH PLAIN AGFsaWNlAHNlY3JldA==")).startsWith("-ERR");
    }
  }

  @Test
  void mechanismsAreThoseThatAreNamed() throws IOException {
    FakeImap unused = server.imap().mechanisms("XOAUTH2", "LOGIN");
    FakePop3 unusedPop3 = server.pop3().mechanisms("LOGIN");
    assertThat(imapOffers())
        .filteredOn(each -> each.startsWith("AUTH="))
        .containsExactly("AUTH=XOAUTH2", "AUTH=LOGIN");
    assertThat(pop3Offers()).contains("SASL LOGIN");
    try (var imap = Talk.to(server.imapUrl());
        var pop3 = Talk.to(server.pop3Url())) {
      String unusedGreeting = imap.readLine() + pop3.readLine();
      String plain = "PLAIN AGFsaWNlAHNlY3JldA==";
      assertThat(imap.ask("a AUTHENTICATE " + plain)).startsWith("a NO [CANNOT]");
      assertThat(pop3.ask("AUTH " + plain)).startsWith("-ERR");
    }
  }

  @Test
  void withoutAnyMechanismThereIsNoSasl() throws IOException {
    FakeImap unused = server.imap().mechanisms();
    FakePop3 unusedPop3 = server.pop3().mechanisms();
    assertThat(imapOffers()).noneMatch(each -> each.startsWith("AUTH="));
    assertThat(pop3Offers()).noneMatch(each -> each.startsWith("SASL"));
  }

  @Test
  void mechanismsThatThereAreNotCannotBeOffered() {
    assertThatThrownBy(() -> server.imap().mechanisms("PLAIN", "GSSAPI"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GSSAPI");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MOV", "AUTH=MAGIC", "SORT=", "STLS", ""})
  void whatImapDoesNotOfferCannotBeTakenAway(String name) {
    assertThatThrownBy(() -> server.imap().without(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not offered");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UIDLS", "AUTH=MAGIC", "STARTTLS", "LOGIN-DELAY 0", ""})
  void whatPop3DoesNotOfferCannotBeTakenAway(String name) {
    assertThatThrownBy(() -> server.pop3().without(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not offered");
  }

  @Test
  void withRequiredTlsNobodyIsLetInToImapBefore() throws IOException {
    FakeImap unused = server.imap().requireTls();
    assertThat(imapOffers())
        .contains("LOGINDISABLED", "STARTTLS")
        .noneMatch(each -> each.startsWith("AUTH="));
    String plain = "AUTHENTICATE PLAIN AGFsaWNlAHNlY3JldA==";
    try (var client = Talk.to(server.imapUrl())) {
      String unusedGreeting = client.readLine();
      for (String login : List.of("LOGIN alice secret", plain, "AUTHENTICATE LOGIN")) {
        assertThat(client.run("a", login)).last().asString().startsWith("a NO [PRIVACYREQUIRED]");
      }
      assertThat(client.run("b", "STARTTLS")).last().asString().startsWith("b OK");
      Talk tls = client.startTls(server.certificates().clientContext(), "localhost");
      assertThat(tls.run("c", "CAPABILITY").get(0))
          .contains("AUTH=PLAIN")
          .doesNotContain("LOGINDISABLED", "STARTTLS");
      assertThat(tls.run("d", "LOGIN alice secret")).last().asString().startsWith("d OK");
    }
    try (var tls = Talk.tls(server.imapsUrl(), server.certificates().clientContext())) {
      assertThat(tls.readLine()).contains("AUTH=PLAIN").doesNotContain("LOGINDISABLED");
      assertThat(tls.run("d", plain)).last().asString().startsWith("d OK");
    }
    server.verify();
  }

  private List<String> imapOffers() throws IOException {
    try (var client = Talk.to(server.imapUrl())) {
      String unusedGreeting = client.readLine();
      return Arrays.asList(client.run("a", "CAPABILITY").get(0).split(" ", -1));
    }
  }

  private List<String> pop3Offers() throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      Talk.expectOk(client.ask("CAPA"));
      return client.lines();
    }
  }
}
