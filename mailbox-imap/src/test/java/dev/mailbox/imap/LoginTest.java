// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.fault.Faults;
import dev.mailbox.testkit.fault.NamedFault;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginTest {
  private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = CommonServer.alice(server);
  private UnaryOperator<MailboxConfig.Builder> options = config -> config;

  @AfterEach
  void close() {
    server.close();
  }

  private MailboxConfig config() {
    return options
        .apply(
            MailboxConfig.at(server.imapUrl())
                .tls(TlsMode.NONE)
                .login("alice", "secret")
                .timeouts(Account.TIMEOUTS))
        .build();
  }

  /** Lets the server know another password. */
  private void password(String password) {
    FakeAccount unused = server.user("alice", password);
  }

  /** Lets the server know a token, and take it. */
  private void token(String token) {
    FakeAccount unused = alice.token(token);
    imap.mechanisms("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");
  }

  private CheckReport check() {
    try (Mailbox mailbox = Mailbox.open(config())) {
      return mailbox.check();
    }
  }

  private <E extends MailboxException> E failing(Class<E> type) {
    List<E> thrown = new ArrayList<>();
    assertThatThrownBy(this::check)
        .isInstanceOfSatisfying(type, thrown::add)
        .hasMessageContaining("localhost:" + imap.port());
    E e = thrown.get(0);
    assertThat(e.toString() + e.transcript() + e.getCause())
        .doesNotContain("secret")
        .doesNotContain(base64("secret"))
        .doesNotContain(base64("\0alice\0secret"))
        .doesNotContain("stale");
    return e;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> names() {
    return imap.commands().stream().map(ImapCommand::name).toList();
  }

  @Test
  void checkTellsWhatTheServerSaid() {
    alice.inbox().imap().deliver(Account.raw("one", "text\r\n"));

    CheckReport report = check();

    assertThat(report.protocol()).isEqualTo("IMAP");
    assertThat(report.greeting()).isNotEmpty();
    assertThat(report.security()).isEqualTo("none");
    assertThat(report.mechanism()).isEqualTo("PLAIN");
    assertThat(report.capabilities()).contains("IMAP4REV1", "UIDPLUS", "MOVE");
    assertThat(report.messages()).hasValue(1);
    assertThat(names()).containsExactly("AUTHENTICATE", "ID", "EXAMINE", "LOGOUT");
    server.verify();
  }

  @Test
  void capabilitiesAreAskedForWhereTheGreetingIsSilent() {
    imap.on("CONNECT").replyRaw("* OK hello\r\n");

    assertThat(check().mechanism()).isEqualTo("PLAIN");
    assertThat(names()).startsWith("CAPABILITY", "AUTHENTICATE");
  }

  @Test
  void shortListAtTheLoginIsNotBelieved() {
    NamedFault stripped =
        Faults.imap().stream()
            .filter(fault -> fault.name().equals("login-capabilities-stripped"))
            .findFirst()
            .orElseThrow();
    imap.on(stripped).once().meet(stripped.fault());

    assertThat(check().capabilities()).contains("UIDPLUS", "MOVE");
    assertThat(names()).startsWith("AUTHENTICATE", "CAPABILITY").doesNotHaveDuplicates();
    server.verify();
  }

  @Test
  void loginIsTakenWherePlainCostsARoundTripMore() {
    imap.without("SASL-IR");

    assertThat(check().mechanism()).isEqualTo("LOGIN");
    assertThat(imap.commands("LOGIN").get(0).arguments())
        .containsExactly(new ImapValue.Quoted("alice"), new ImapValue.Quoted("secret"));
    server.verify();
  }

  @Test
  void plainIsAnsweredWhenAskedWhereLoginIsDisabled() {
    imap.capabilities("IMAP4rev1", "LOGINDISABLED");

    assertThat(check().mechanism()).isEqualTo("PLAIN");
    assertThat(imap.commands("AUTHENTICATE").get(0).text()).isEqualTo("AUTHENTICATE PLAIN");
    assertThat(imap.count("LOGIN")).isZero();
    server.verify();
  }

  @Test
  void authLoginIsTakenWhereThereIsNothingElse() {
    imap.on("CONNECT").replyRaw("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=LOGIN] hi\r\n");

    assertThat(check().mechanism()).isEqualTo("LOGIN");
    assertThat(imap.count("LOGIN")).isZero();
    assertThat(imap.commands("AUTHENTICATE").get(0).text()).isEqualTo("AUTHENTICATE LOGIN");
  }

  @Test
  void passwordThatIsNotAsciiIsNeverSentByLogin() {
    String password = "pässwörd ☃";
    password(password);
    imap.without("SASL-IR");
    options = config -> config.login("alice", password);

    assertThat(check().mechanism()).isEqualTo("PLAIN");
    assertThat(imap.count("LOGIN")).isZero();
    server.verify();
  }

  @Test
  void passwordsThatNeedQuotesOrLiteralsArriveAsTheyAre() {
    for (String password :
        List.of("a\"b\\c", "{5}", "a b", "*", "%", "(", "NIL", " ", "]", "~{3}")) {
      password(password);
      imap.without("SASL-IR");
      options = config -> config.login("alice", password);

      assertThat(check().mechanism()).isEqualTo("LOGIN");
    }
    server.verify();
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 3000, 60_000})
  void longPasswordIsSentWhole(int length) {
    String password = "p".repeat(length);
    password(password);
    options = config -> config.login("alice", password);

    assertThat(check().mechanism()).isEqualTo("PLAIN");
    imap.without("SASL-IR");
    assertThat(check().mechanism()).isEqualTo("LOGIN");
    server.verify();
  }

  @Test
  void passwordWithoutAMechanismIsNotSent() {
    imap.on("CONNECT").replyRaw("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=GSSAPI] hi\r\n");

    assertThat(failing(AuthenticationException.class).reason()).isEqualTo(Reason.NO_MECHANISM);
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[AUTHENTICATIONFAILED] wrong user or password", "Login failed.", ""})
  void wrongPasswordIsAnAuthenticationProblem(String text) {
    imap.on("AUTHENTICATE").no(text);

    AuthenticationException e = failing(AuthenticationException.class);

    assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    assertThat(e).hasMessageContaining("alice").hasMessageContaining(text);
    assertThat(e.transcript()).anyMatch(line -> line.contains("AUTHENTICATE PLAIN"));
    assertThat(server.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void wrongPasswordIsNeitherShownNorTriedAgain(boolean initial) {
    password("another");
    if (!initial) {
      imap.without("SASL-IR");
    }

    assertThat(failing(AuthenticationException.class).reason())
        .isEqualTo(Reason.AUTHENTICATION_FAILED);
    assertThat(imap.count("AUTHENTICATE") + imap.count("LOGIN")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "[UNAVAILABLE] backend is down,TEMPORARY",
    "[INUSE] locked,IN_USE",
    "[LIMIT] slow down,LIMIT",
    "Too many simultaneous connections. (Failure),LIMIT",
    "[ALERT] Too many simultaneous connections,LIMIT"
  })
  void passingRefusalIsAConnectionProblem(String text, Reason reason) {
    imap.on("AUTHENTICATE").no(text);

    assertThat(failing(ConnectionException.class).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "[AUTHORIZATIONFAILED] not you,AUTHORIZATION_FAILED",
    "[EXPIRED] choose a new one,CREDENTIALS_EXPIRED",
    "[PRIVACYREQUIRED] encrypt first,PRIVACY_REQUIRED"
  })
  void otherRefusalsOfCredentialsAreToldApart(String text, Reason reason) {
    imap.on("AUTHENTICATE").no(text);

    assertThat(failing(AuthenticationException.class).reason()).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "[CONTACTADMIN] the account is frozen,CONTACT_ADMIN",
    "[SERVERBUG] oops,PERMANENT",
    "[NOPERM] IMAP is off,NO_PERMISSION"
  })
  void lastingProblemOfTheServerIsARejection(String text, Reason reason) {
    imap.on("AUTHENTICATE").no(text);

    assertThat(failing(RejectedException.class).reason()).isEqualTo(reason);
  }

  @Test
  void loginThatIsNotUnderstoodIsARefusal() {
    imap.on("AUTHENTICATE").bad("unknown command");

    assertThat(failing(AuthenticationException.class)).hasMessageContaining("unknown command");
  }

  @Test
  void byeInsteadOfAnAnswerIsAConnectionProblem() {
    imap.on("AUTHENTICATE").bye("[UNAVAILABLE] restarting");

    assertThat(failing(ConnectionException.class).reason()).isEqualTo(Reason.TEMPORARY);
  }

  @Test
  void endlessChallengesAreGivenUp() {
    imap.without("SASL-IR")
        .on("CONNECT")
        .replyRaw("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=LOGIN] hi\r\n");
    imap.on("AUTHENTICATE").replyRaw("+ \r\n".repeat(1000));

    assertThat(failing(ProtocolException.class).reason()).isEqualTo(Reason.PROTOCOL_VIOLATION);
  }

  @Test
  void textOfARefusalIsShownWithoutControlCharacters() {
    imap.on("AUTHENTICATE").no("a\u0007b\u001b[31m" + "c".repeat(5000) + "\u00ff");

    assertThat(failing(AuthenticationException.class).getMessage())
        .hasSizeLessThan(600)
        .matches("[ -~]*");
  }

  @Test
  void idIsSentWhereItIsOffered() {
    check();
    imap.without("ID");
    check();

    assertThat(imap.count("ID")).isEqualTo(1);
    assertThat(imap.commands("ID").get(0).text()).contains("name").doesNotContain("alice");
    server.verify();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO", "BAD"})
  void refusedIdDoesNotMatter(String status) {
    imap.on("ID").replyRaw("{tag} " + status + " never\r\n");

    assertThat(check().messages()).hasValue(0);
  }

  @Test
  void oauthbearerIsPreferred() {
    token("good");
    options = config -> config.oauth("alice", refused -> "good");

    assertThat(check().mechanism()).isEqualTo("OAUTHBEARER");
    server.verify();
  }

  @Test
  void xoauth2IsTakenWhereItIsAllThereIs() {
    token("good");
    imap.on("CONNECT").replyRaw("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] hi\r\n");
    options = config -> config.oauth("alice", refused -> "good");

    assertThat(check().mechanism()).isEqualTo("XOAUTH2");
    String response = imap.commands("AUTHENTICATE").get(0).argument(1);
    assertThat(new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8))
        .isEqualTo("user=alice\u0001auth=Bearer good\u0001\u0001");
  }

  @Test
  void tokenIsNeverSentAsAPassword() {
    options = config -> config.oauth("alice", refused -> "good");

    assertThat(failing(AuthenticationException.class).reason()).isEqualTo(Reason.NO_MECHANISM);
    assertThat(names()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH=OAUTHBEARER", "AUTH=XOAUTH2"})
  void refusedTokenIsShownToItsSourceAndTheNextIsTried(String mechanism) {
    token("fresh");
    imap.on("CONNECT").replyRaw("* OK [CAPABILITY IMAP4rev1 SASL-IR " + mechanism + "] hi\r\n");
    List<Optional<String>> asked = new ArrayList<>();
    options =
        config ->
            config.oauth(
                "alice",
                refused -> {
                  asked.add(refused);
                  return refused.isEmpty() ? "stale" : "fresh";
                });

    assertThat(check().messages()).hasValue(0);
    assertThat(asked).containsExactly(Optional.empty(), Optional.of("stale"));
    assertThat(server.connections()).isEqualTo(2);
    server.verify();
  }

  @Test
  void tokenIsAskedForWithoutInitialResponses() {
    token("good");
    imap.without("SASL-IR");
    options = config -> config.oauth("alice", refused -> "good");

    assertThat(check().mechanism()).isEqualTo("OAUTHBEARER");
    assertThat(imap.commands("AUTHENTICATE").get(0).arguments()).hasSize(1);
    server.verify();
  }

  @Test
  void secondRefusedTokenIsAnAuthenticationProblem() {
    token("never");
    int[] asked = new int[1];
    options = config -> config.oauth("alice", refused -> "stale" + ++asked[0]);

    AuthenticationException e = failing(AuthenticationException.class);

    assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
    assertThat(asked[0]).isEqualTo(2);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void sameTokenIsNotTriedTwice() {
    token("never");
    options = config -> config.oauth("alice", refused -> "stale");

    failing(AuthenticationException.class);

    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void tokenSourceThatFailsIsATemporaryFailure() {
    RuntimeException cause = new IllegalArgumentException("no network");
    options =
        config ->
            config.oauth(
                "alice",
                refused -> {
                  throw cause;
                });

    assertThatThrownBy(this::check)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TEMPORARY))
        .hasCause(cause);
    assertThat(server.connections()).isZero();
  }
}
