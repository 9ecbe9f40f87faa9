// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
  private static CheckReport check(Maildrop drop) {
    try (Pop3Remote remote = drop.remote()) {
      return remote.check();
    }
  }

  private static <E extends MailboxException> E failing(Maildrop drop, Class<E> type) {
    List<E> thrown = new ArrayList<>();
    assertThatThrownBy(() -> check(drop))
        .isInstanceOfSatisfying(type, thrown::add)
        .hasMessageContaining("localhost:" + drop.pop3().port());
    assertThat(thrown.get(0).toString() + thrown.get(0).transcript())
        .doesNotContain("secret")
        .doesNotContain("c2VjcmV0");
    return thrown.get(0);
  }

  @Test
  void checkTellsWhatTheServerSaid() {
    try (Maildrop drop = new Maildrop()) {
      drop.deliver(3);

      CheckReport report = check(drop);

      assertThat(report.protocol()).isEqualTo("POP3");
      assertThat(report.greeting()).isEqualTo("testkit ready");
      assertThat(report.security()).isEqualTo("none");
      assertThat(report.mechanism()).isEqualTo("PLAIN");
      assertThat(report.capabilities()).contains("TOP", "PIPELINING");
      assertThat(report.messages()).hasValue(3);
      assertThat(drop.pop3().commands()).last().isEqualTo("QUIT");
      assertThat(drop.pop3().count("CAPA")).isEqualTo(2);
    }
  }

  @Test
  void loginIsTakenWherePlainIsNotOffered() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("CAPA").replyRaw("+OK\r\nUSER\r\nSASL LOGIN CRAM-MD5\r\n.\r\n");

      assertThat(check(drop).mechanism()).isEqualTo("LOGIN");
      assertThat(drop.pop3().commands()).contains("AUTH LOGIN");
    }
  }

  @Test
  void userAndPassAreTakenWithoutSasl() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("AUTH");

      assertThat(check(drop).mechanism()).isEqualTo("USER/PASS");
    }
  }

  @Test
  void serverWithoutCapaIsLoggedInToWithUser() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("CAPA");

      CheckReport report = check(drop);

      assertThat(report.mechanism()).isEqualTo("USER/PASS");
      assertThat(report.capabilities()).isEmpty();
      assertThat(drop.pop3().count("CAPA")).isEqualTo(1);
    }
  }

  @Test
  void passwordWithoutAMechanismIsNotSent() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("CAPA").replyRaw("+OK\r\nSASL GSSAPI\r\n.\r\n");

      assertThat(failing(drop, AuthenticationException.class).reason())
          .isEqualTo(Reason.NO_MECHANISM);
      assertThat(drop.pop3().commands()).containsExactly("CAPA");
    }
  }

  @Test
  void longPlainResponseFollowsTheCommand() {
    try (Maildrop drop = new Maildrop()) {
      String password = "p".repeat(300);
      drop.password(password);
      drop.with(config -> config.login("alice", password));

      assertThat(check(drop).mechanism()).isEqualTo("PLAIN");
      assertThat(drop.pop3().commands()).contains("AUTH PLAIN");
    }
  }

  @Test
  void wrongPasswordIsAnAuthenticationProblem() {
    try (Maildrop drop = new Maildrop()) {
      drop.password("another");

      AuthenticationException e = failing(drop, AuthenticationException.class);

      assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
      assertThat(e).hasMessageContaining("alice").hasMessageContaining("wrong user or password");
      assertThat(drop.pop3().count("AUTH")).isEqualTo(1);
    }
  }

  @Test
  void refusalWithoutACodeIsAnAuthenticationProblem() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("AUTH");
      drop.pop3().on("PASS").reply("-ERR go away");

      assertThat(failing(drop, AuthenticationException.class)).hasMessageContaining("go away");
    }
  }

  @ParameterizedTest
  @CsvSource({"IN-USE,IN_USE", "LOGIN-DELAY,LOGIN_DELAY", "SYS/TEMP,TEMPORARY"})
  void passingRefusalIsAConnectionProblem(String code, Reason reason) {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("AUTH").reply("-ERR [" + code + "] not now");

      assertThat(failing(drop, ConnectionException.class).reason()).isEqualTo(reason);
    }
  }

  @Test
  void loginThatCameTooSoonTellsHowLongToWait() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().loginDelay(Duration.ofMinutes(5));
      try (Pop3Remote remote = drop.remote()) {
        remote.check();
        assertThat(remote.leaveAloneFor()).isZero();

        assertThatThrownBy(remote::check)
            .isInstanceOfSatisfying(
                ConnectionException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.LOGIN_DELAY));

        assertThat(remote.leaveAloneFor()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
      }
    }
  }

  @Test
  void serverThatWantsToBeLeftAloneForDaysIsAskedAgainAfterAnHour() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().loginDelay(Duration.ofDays(9));
      try (Pop3Remote remote = drop.remote()) {
        remote.check();
        assertThatThrownBy(remote::check).isInstanceOf(ConnectionException.class);

        assertThat(remote.leaveAloneFor()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
      }
    }
  }

  @Test
  void internationalizedMailIsAskedForBeforeTheLogin() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().capabilities("USER", "UIDL", "TOP", "UTF8");

      check(drop);

      assertThat(drop.pop3().commands()).startsWith("CAPA", "UTF8");
    }
  }

  @Test
  void serverThatRefusesUtf8IsUsedWithout() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().capabilities("USER", "UIDL", "TOP", "UTF8");
      drop.pop3().on("UTF8").reply("-ERR not today");
      drop.deliver(2);

      assertThat(check(drop).messages()).hasValue(2);
    }
  }

  @Test
  void lastingServerProblemIsARejection() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("AUTH").reply("-ERR [SYS/PERM] mailbox is broken");

      assertThat(failing(drop, RejectedException.class).reason()).isEqualTo(Reason.PERMANENT);
    }
  }

  @Test
  void maildropInUseIsSaidSo() {
    try (Maildrop drop = new Maildrop()) {
      Pop3Remote other = drop.remote();
      drop.deliver("stalled");
      drop.pop3().on("RETR").stall();
      Thread holder =
          new Thread(
              () ->
                  assertThatThrownBy(() -> other.sync(new TestTask(), drop.replica()))
                      .isInstanceOf(ConnectionException.class));
      holder.start();
      drop.pop3().awaitCommand("RETR 1", Duration.ofSeconds(10));

      assertThat(failing(drop, ConnectionException.class).reason()).isEqualTo(Reason.IN_USE);

      other.close();
      join(holder);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(thread.isAlive()).isFalse();
  }

  @Test
  void greetingThatRefusesIsAConnectionProblem() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().on("CONNECT").reply("-ERR [SYS/TEMP] too busy");

      ConnectionException e = failing(drop, ConnectionException.class);

      assertThat(e.reason()).isEqualTo(Reason.TEMPORARY);
      assertThat(e).hasMessageContaining("too busy");
      assertThat(drop.pop3().commands()).isEmpty();
    }
  }

  @Test
  void tokenIsSentBehindTheCommand() {
    try (Maildrop drop = new Maildrop()) {
      drop.token("good");
      drop.pop3().on("CAPA").replyRaw("+OK\r\nSASL PLAIN XOAUTH2\r\n.\r\n");
      drop.with(config -> config.oauth("alice", refused -> "good"));

      assertThat(check(drop).mechanism()).isEqualTo("XOAUTH2");
      assertThat(drop.pop3().commands()).contains("AUTH XOAUTH2");
    }
  }

  @Test
  void tokenSourceThatFailsIsATemporaryFailure() {
    try (Maildrop drop = new Maildrop()) {
      RuntimeException cause = new IllegalArgumentException("no network");
      drop.with(
          config ->
              config.oauth(
                  "alice",
                  refused -> {
                    throw cause;
                  }));

      assertThatThrownBy(() -> check(drop))
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TEMPORARY))
          .hasCause(cause);
    }
  }

  @Test
  void oauthbearerIsPreferred() {
    try (Maildrop drop = new Maildrop()) {
      drop.token("good");
      drop.with(config -> config.oauth("alice", refused -> "good"));

      assertThat(check(drop).mechanism()).isEqualTo("OAUTHBEARER");
    }
  }

  @Test
  void refusedTokenIsShownToItsSourceAndTheNextIsTried() {
    try (Maildrop drop = new Maildrop()) {
      drop.token("fresh");
      List<Optional<String>> asked = new ArrayList<>();
      drop.with(
          config ->
              config.oauth(
                  "alice",
                  refused -> {
                    asked.add(refused);
                    return refused.isEmpty() ? "stale" : "fresh";
                  }));

      assertThat(check(drop).messages()).hasValue(0);
      assertThat(asked).containsExactly(Optional.empty(), Optional.of("stale"));
    }
  }

  @Test
  void secondRefusedTokenIsAnAuthenticationProblem() {
    try (Maildrop drop = new Maildrop()) {
      drop.token("never");
      int[] asked = new int[1];
      drop.with(config -> config.oauth("alice", refused -> "token" + ++asked[0]));

      AuthenticationException e = failing(drop, AuthenticationException.class);

      assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
      assertThat(asked[0]).isEqualTo(2);
      assertThat(drop.pop3().connections()).isEqualTo(2);
    }
  }

  @Test
  void sameTokenIsNotTriedTwice() {
    try (Maildrop drop = new Maildrop()) {
      drop.token("never");
      drop.with(config -> config.oauth("alice", refused -> "stale"));

      failing(drop, AuthenticationException.class);

      assertThat(drop.pop3().connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"alice\\r\\nDELE 1", "alice\\nQUIT", "a\\0b"})
  void lineBreakInAUserNameIsRefusedBeforeAnythingIsSent(String escaped) {
    String user = escaped.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    try (Maildrop drop = new Maildrop()) {
      assertThatThrownBy(() -> drop.config().login(user, "secret"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("user");
      assertThat(drop.pop3().connections()).isZero();
    }
  }

  @Test
  void spaceInAUserNameNeverReachesTheCommandLine() {
    try (Maildrop drop = new Maildrop()) {
      drop.pop3().without("AUTH");
      drop.with(config -> config.login("alice 1", "secret"));

      assertThatThrownBy(() -> check(drop)).isInstanceOf(IllegalArgumentException.class);
      assertThat(drop.pop3().commands()).containsExactly("CAPA");
    }
  }
}
