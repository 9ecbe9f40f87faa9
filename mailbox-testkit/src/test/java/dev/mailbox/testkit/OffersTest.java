// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

  @Test
  void whatPop3ListsAfterTheLoginCanBeTakenAway() throws IOException {
    try (var gmail =
        FakeMailServer.builder()
            .profile(Profile.GMAIL)
            .clearTextLogins()
            .passwordLogins()
            .start()) {
      FakeAccount unused = gmail.user("alice", "secret");
      FakePop3 unusedSide = gmail.pop3().without("PIPELINING");
      try (var client = Talk.pop3(gmail.pop3Url())) {
        Talk.expectOk(client.ask("CAPA"));
        assertThat(client.lines()).contains("UIDL").doesNotContain("PIPELINING");
      }
    }
  }

  @Test
  void whatPop3ListsAgainIsBack() throws IOException {
    FakePop3 unused =
        server.pop3().without("TOP", "UIDL", "USER", "PASS").capabilities("TOP", "user");
    assertThat(pop3Offers()).contains("TOP", "user").doesNotContain("UIDL");
    try (var client = Talk.pop3(server.pop3Url())) {
      assertThat(client.ask("TOP 1 0")).isEqualTo("-ERR no such message");
      assertThat(client.ask("UIDL")).isEqualTo("-ERR unknown command");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH", "SASL", "AUTH=PLAIN"})
  void mechanismsBringSaslBack(String gone) throws IOException {
    FakePop3 unused = server.pop3().without(gone).mechanisms("plain", "PLAIN");
    assertThat(pop3Offers()).contains("SASL PLAIN");
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      Talk.expectOk(client.ask("AUTH PLAIN AGFsaWNlAHNlY3JldA=="));
    }
  }

  @Test
  void profilesGetBackWhatTheyLack() throws IOException {
    try (var minimal = FakeMailServer.start(Profile.MINIMAL);
        var noUidl = FakeMailServer.start(Profile.NO_UIDL);
        var noCapa = FakeMailServer.start(Profile.NO_CAPA)) {
      FakePop3 unused = minimal.pop3().capabilities("CAPA", "TOP").mechanisms("PLAIN");
      unused = noUidl.pop3().capabilities("UIDL");
      unused = noCapa.pop3().capabilities("CAPA");
      assertThat(capa(minimal)).containsExactly("CAPA", "TOP", "SASL PLAIN", "STLS");
      assertThat(capa(noUidl)).contains("UIDL");
      assertThat(capa(noCapa)).contains("CAPA");
    }
  }

  private static List<String> capa(FakeMailServer server) throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      Talk.expectOk(client.ask("CAPA"));
      return client.lines();
    }
  }

  @Test
  void nothingIsTakenAwayWhereOneIsNotOffered() throws IOException {
    assertThatThrownBy(() -> server.imap().without("MOVE", "MAGIC"))
        .hasMessageStartingWith("MAGIC is not offered");
    assertThatThrownBy(() -> server.pop3().without("TOP", "MAGIC"))
        .hasMessageStartingWith("MAGIC is not offered");
    assertThat(imapOffers()).contains("MOVE");
    assertThat(pop3Offers()).contains("TOP");
  }

  @Test
  void threadsTakeAwayAtTheSameTime() throws Exception {
    List<String> imap =
        List.of("IDLE", "MOVE", "SORT", "THREAD", "QUOTA", "AUTH=PLAIN", "NOTIFY", "BINARY");
    List<String> pop3 =
        List.of("TOP", "UIDL", "USER", "LANG", "EXPIRE", "AUTH=PLAIN", "AUTH=LOGIN", "UTF8");
    List<Callable<Object>> tasks = new ArrayList<>();
    imap.forEach(name -> tasks.add(() -> server.imap().without(name)));
    pop3.forEach(name -> tasks.add(() -> server.pop3().without(name)));
    var threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Object> each : threads.invokeAll(tasks)) {
        assertThat(each.get()).isNotNull();
      }
    } finally {
      threads.shutdown();
    }
    assertThat(imapOffers()).noneMatch(each -> imap.contains(each) || each.startsWith("THREAD="));
    assertThat(pop3Offers())
        .noneMatch(line -> pop3.contains(line.split(" ", 2)[0]))
        .anyMatch(line -> line.startsWith("SASL CRAM-MD5 "));
  }

  @ParameterizedTest
  @EnumSource(names = {"MINIMAL", "OUTLOOK", "COURIER"})
  void pop3HasNoCodesWhereNoneAreListed(Profile profile) throws IOException {
    try (var other =
        FakeMailServer.builder().profile(profile).clearTextLogins().passwordLogins().start()) {
      FakeAccount unused = other.user("alice", "secret");
      FakePop3 unusedSide = other.pop3().mostLogins(0, Duration.ofMinutes(1));
      assertThat(refusals(other)).hasSize(2).noneMatch(line -> line.contains("["));
    }
  }

  @Test
  void pop3HasNoCodesOnceTheyAreTakenAway() throws IOException {
    FakePop3 unused = server.pop3().mostLogins(0, Duration.ofMinutes(1));
    assertThat(refusals(server))
        .containsExactly("-ERR [AUTH] wrong user or password", "-ERR [SYS/TEMP] too many logins");
    unused = server.pop3().without("AUTH-RESP-CODE");
    assertThat(refusals(server))
        .containsExactly("-ERR wrong user or password", "-ERR [SYS/TEMP] too many logins");
    unused = server.pop3().without("RESP-CODES").requireTls();
    assertThat(refusals(server)).containsOnly("-ERR begin TLS first");
  }

  /** What is said to a wrong password, and to the right one. */
  private static List<String> refusals(FakeMailServer server) throws IOException {
    try (var client = Talk.to(server.pop3Url())) {
      Talk.expectOk(client.readLine());
      List<String> told = new ArrayList<>();
      for (String password : List.of("wrong", "secret")) {
        String unused = client.ask("USER alice");
        told.add(client.ask("PASS " + password));
      }
      return told;
    }
  }
}
