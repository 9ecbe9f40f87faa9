// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.Pop3Trials.greeted;
import static dev.mailbox.testkit.faults.Pop3Trials.greeting;
import static dev.mailbox.testkit.faults.Trial.Then.ENDS;
import static dev.mailbox.testkit.faults.Trial.Then.GOES_ON;
import static dev.mailbox.testkit.faults.Trial.Then.RESETS;
import static dev.mailbox.testkit.faults.Trial.Then.STALLS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import java.io.IOException;
import java.util.Map;

/** From the greeting to the login. */
final class Pop3SessionChecks {
  private Pop3SessionChecks() {}

  static void addTo(Map<String, Check> checks) {
    greetings(checks);
    capabilities(checks);
    startTls(checks);
    TlsChecks.addTo(checks, trial -> trial.server().pop3sUrl());
    logins(checks);
    challenges(checks);
  }

  private static void greetings(Map<String, Check> checks) {
    checks.put("greeting-err", greeting("-ERR [SYS/TEMP] too busy\r\n", ENDS));
    checks.put("greeting-none", greeting("", STALLS));
    checks.put("greeting-closed", greeting("", ENDS));
    checks.put("greeting-reset", greeting("", RESETS));
    checks.put("greeting-garbage", greeting(new String(TlsChecks.random(64), ISO_8859_1), ENDS));
    checks.put("greeting-other-protocol", greeting("220 mail.example ESMTP\r\n", GOES_ON));
    checks.put("greeting-cut", greeting("+OK", ENDS));
    checks.put(
        "greeting-without-end",
        trial -> {
          Talk client = trial.client(trial.server().pop3Url());
          client.say("USER alice");
          assertThat(client.readLine()).endsWith("@localhost>+OK send PASS");
        });
  }

  private static void capabilities(Map<String, Check> checks) {
    checks.put("capa-refused", greeted("CAPA", "-ERR what is that\r\n", GOES_ON));
    checks.put("capa-stls-stripped", lists("UIDL", "STLS"));
    checks.put("capa-uidl-stripped", lists("STLS", "UIDL"));
    checks.put("capa-empty", greeted("CAPA", "+OK nothing\r\n.\r\n", GOES_ON));
    checks.put(
        "capa-unterminated",
        trial -> {
          Talk client = greeted(trial);
          client.say("CAPA");
          client.say("USER alice");
          String line = client.readLine();
          while (!"STLS".equals(line)) {
            assertThat(line).isNotNull();
            line = client.readLine();
          }
          assertThat(client.readLine()).isEqualTo("+OK send PASS");
        });
  }

  private static Check lists(String one, String notTheOther) {
    return trial -> {
      Talk client = greeted(trial);
      assertThat(client.ask("CAPA")).startsWith("+OK");
      assertThat(client.lines()).contains("TOP", one).doesNotContain(notTheOther, "");
      assertThat(client.ask("CAPA")).startsWith("+OK");
      assertThat(client.lines()).contains(one, notTheOther);
    };
  }

  private static void startTls(Map<String, Check> checks) {
    checks.put("stls-injected-before", upgrades("+OK injected\r\n+OK begin TLS\r\n"));
    checks.put("stls-injected-after", upgrades("+OK begin TLS\r\n+OK injected\r\n"));
    checks.put("stls-refused", greeted("STLS", "-ERR not today\r\n", GOES_ON));
    checks.put("stls-not-followed", greeted("STLS", "+OK begin TLS\r\n", STALLS));
    checks.put("stls-closed", greeted("STLS", "+OK begin TLS\r\n", ENDS));
  }

  /** All of it comes in clear text, and TLS can begin behind it. */
  private static Check upgrades(String clearText) {
    return trial -> {
      Talk client = greeted(trial);
      client.say("STLS");
      assertThat(client.readRaw(clearText.length())).isEqualTo(clearText);
      Talk tls = client.startTls(trial.server().certificates().clientContext(), "localhost");
      assertThat(tls.ask("USER alice")).isEqualTo("+OK send PASS");
    };
  }

  private static void logins(Map<String, Check> checks) {
    refused(checks, "login-wrong", "-ERR [AUTH] no");
    refused(checks, "login-no", "-ERR no");
    refused(checks, "login-in-use", "-ERR [IN-USE] wait");
    refused(checks, "login-delay", "-ERR [LOGIN-DELAY] wait");
    refused(checks, "login-sys-temp", "-ERR [SYS/TEMP] later");
    refused(checks, "login-sys-perm", "-ERR [SYS/PERM] never");
    checks.put("login-dropped", login("", ENDS));
    checks.put("login-stalled", login("", STALLS));
    checks.put("login-answer-lost", login("", RESETS));
  }

  /** It is refused although it is right, and the next one is not. */
  private static void refused(Map<String, Check> checks, String name, String status) {
    checks.put(
        name,
        trial -> {
          Talk client = named(trial);
          assertThat(client.ask("PASS secret")).isEqualTo(status);
          assertThat(client.ask("STAT")).startsWith("-ERR");
          assertThat(client.ask("PASS secret")).startsWith("+OK");
          assertThat(client.ask("STAT")).isEqualTo("+OK 2 28");
        });
  }

  private static Check login(String reply, Trial.Then then) {
    return trial -> {
      Talk unused = named(trial);
      greeted("PASS secret", reply, then).see(trial);
    };
  }

  private static Talk named(Trial trial) throws IOException {
    Talk client = greeted(trial);
    assertThat(client.ask("USER alice")).startsWith("+OK");
    return client;
  }

  private static void challenges(Map<String, Check> checks) {
    checks.put(
        "auth-challenge-garbage",
        trial -> {
          Talk client = greeted(trial);
          assertThat(client.ask("AUTH PLAIN")).isEqualTo("+ %% no base64 %%");
          assertThat(client.ask("*")).isEqualTo("-ERR [AUTH] no");
          assertThat(client.ask("USER alice")).startsWith("+OK");
        });
    checks.put(
        "auth-challenge-endless",
        trial -> {
          Talk client = greeted(trial);
          client.say("AUTH PLAIN");
          for (int i = 0; i < 1000; i++) {
            assertThat(client.readLine()).isEqualTo("+ ");
            client.say("");
          }
          assertThat(client.readLine()).isEqualTo("-ERR [AUTH] no");
        });
  }
}
