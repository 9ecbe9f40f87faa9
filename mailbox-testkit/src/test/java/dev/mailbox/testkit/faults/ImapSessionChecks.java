// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.ImapTrials.greeted;
import static dev.mailbox.testkit.faults.ImapTrials.greeting;
import static dev.mailbox.testkit.faults.ImapTrials.loggedIn;
import static dev.mailbox.testkit.faults.Trial.Then.ENDS;
import static dev.mailbox.testkit.faults.Trial.Then.GOES_ON;
import static dev.mailbox.testkit.faults.Trial.Then.RESETS;
import static dev.mailbox.testkit.faults.Trial.Then.STALLS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import dev.mailbox.testkit.faults.Trial.Then;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** From the greeting to the login, and compression. */
final class ImapSessionChecks {
  private static final String LOGIN = "LOGIN alice secret";
  private static final int WIRE = 1 << 15;

  private ImapSessionChecks() {}

  static void addTo(Map<String, Check> checks) {
    greetings(checks);
    capabilities(checks);
    startTls(checks);
    TlsChecks.addTo(checks, trial -> trial.server().imapsUrl());
    logins(checks);
    challenges(checks);
    compression(checks);
  }

  private static void greetings(Map<String, Check> checks) {
    checks.put("greeting-bye", greeting("* BYE [UNAVAILABLE] too busy\r\n", ENDS));
    checks.put("greeting-none", greeting("", STALLS));
    checks.put("greeting-closed", greeting("", ENDS));
    checks.put("greeting-reset", greeting("", RESETS));
    checks.put("greeting-garbage", greeting(new String(TlsChecks.random(64), ISO_8859_1), ENDS));
    checks.put("greeting-other-protocol", greeting("220 mail.example ESMTP\r\n", GOES_ON));
    checks.put("greeting-cut", greeting("* OK", ENDS));
    checks.put("greeting-without-capabilities", greeting("* OK testkit ready\r\n", GOES_ON));
    checks.put(
        "greeting-preauth",
        trial -> {
          Talk client = trial.client(trial.server().imapUrl());
          assertThat(client.readLine()).startsWith("* PREAUTH [CAPABILITY IMAP4rev1 ");
          assertThat(client.ask("a SELECT INBOX")).startsWith("a BAD");
        });
    checks.put(
        "greeting-without-end",
        trial -> {
          Talk client = trial.client(trial.server().imapUrl());
          client.say("a NOOP");
          assertThat(client.readLine()).endsWith(" testkit readya OK nothing done");
        });
    checks.put(
        "greeting-starttls-stripped",
        trial -> {
          Talk client = trial.client(trial.server().imapUrl());
          assertThat(client.readLine()).contains("AUTH=PLAIN").doesNotContain("STARTTLS");
          assertThat(client.ask("a CAPABILITY")).endsWith(" STARTTLS");
        });
  }

  private static void capabilities(Map<String, Check> checks) {
    checks.put(
        "capability-starttls-stripped",
        trial -> {
          Talk client = greeted(trial);
          assertThat(client.ask("a CAPABILITY"))
              .startsWith("* CAPABILITY IMAP4rev1 ")
              .contains("AUTH=PLAIN")
              .doesNotContain("STARTTLS");
          assertThat(client.readLine()).isEqualTo("a OK that is all");
        });
    checks.put(
        "capability-empty",
        greeted("CAPABILITY", "* CAPABILITY\r\nf1 OK that is all\r\n", GOES_ON));
    checks.put("capability-missing", greeted("CAPABILITY", "f1 OK that is all\r\n", GOES_ON));
    checks.put("capability-refused", greeted("CAPABILITY", "f1 BAD what is that\r\n", GOES_ON));
  }

  private static void startTls(Map<String, Check> checks) {
    String unasked = "* CAPABILITY IMAP4rev1 INJECTED\r\n";
    checks.put(
        "starttls-injected-before", upgrades(unasked + "* 99 EXISTS\r\nf1 OK begin TLS\r\n"));
    checks.put(
        "starttls-injected-after",
        upgrades("f1 OK begin TLS\r\n" + unasked + "f2 OK injected\r\n"));
    checks.put("starttls-refused", greeted("STARTTLS", "f1 NO not today\r\n", GOES_ON));
    checks.put("starttls-bad", greeted("STARTTLS", "f1 BAD what is that\r\n", GOES_ON));
    checks.put("starttls-not-followed", greeted("STARTTLS", "f1 OK begin TLS\r\n", STALLS));
    checks.put("starttls-closed", greeted("STARTTLS", "f1 OK begin TLS\r\n", ENDS));
  }

  /** All of it comes in clear text, and TLS can begin behind it. */
  private static Check upgrades(String clearText) {
    return trial -> {
      Talk client = greeted(trial);
      client.say("f1 STARTTLS");
      assertThat(client.readRaw(clearText.length())).isEqualTo(clearText);
      Talk tls = client.startTls(trial.server().certificates().clientContext(), "localhost");
      assertThat(tls.ask("f2 NOOP")).isEqualTo("f2 OK nothing done");
    };
  }

  private static void logins(Map<String, Check> checks) {
    refused(checks, "login-wrong", "NO [AUTHENTICATIONFAILED] no");
    refused(checks, "login-no", "NO no");
    refused(checks, "login-unavailable", "NO [UNAVAILABLE] later");
    refused(checks, "login-limit", "NO [LIMIT] too many");
    refused(checks, "login-expired", "NO [EXPIRED] too old");
    refused(checks, "login-privacy", "NO [PRIVACYREQUIRED] not in clear text");
    refused(checks, "login-contact-admin", "NO [CONTACTADMIN] ask them");
    checks.put("login-bye", greeted(LOGIN, "* BYE too many connections\r\n", ENDS));
    checks.put("login-dropped", greeted(LOGIN, "", ENDS));
    checks.put("login-stalled", greeted(LOGIN, "", STALLS));
    checks.put("login-answer-lost", greeted(LOGIN, "", RESETS));
    checks.put("login-without-capabilities", letsIn("f1 OK logged in\r\n"));
    checks.put("login-capabilities-stripped", letsIn("f1 OK [CAPABILITY IMAP4rev1] logged in\r\n"));
  }

  /** It is refused although it is right, and the next one is not. */
  private static void refused(Map<String, Check> checks, String name, String status) {
    checks.put(
        name,
        trial -> {
          Talk client = greeted(trial);
          assertThat(client.ask("a " + LOGIN)).isEqualTo("a " + status);
          assertThat(client.ask("b SELECT INBOX")).startsWith("b BAD");
          assertThat(client.ask("c " + LOGIN)).startsWith("c OK");
        });
  }

  private static Check letsIn(String reply) {
    return trial -> {
      Talk client = greeted(trial);
      client.say("f1 " + LOGIN);
      assertThat(client.readRaw(reply.length())).isEqualTo(reply);
      assertThat(client.run("b", "SELECT INBOX")).last().asString().startsWith("b OK");
    };
  }

  private static void challenges(Map<String, Check> checks) {
    checks.put(
        "auth-challenge-garbage",
        trial -> {
          Talk client = greeted(trial);
          assertThat(client.ask("a AUTHENTICATE PLAIN")).isEqualTo("+ %% no base64 %%");
          assertThat(client.ask("*")).isEqualTo("a NO [AUTHENTICATIONFAILED] no");
          assertThat(client.ask("b NOOP")).startsWith("b OK");
        });
    checks.put(
        "auth-challenge-endless",
        trial -> {
          Talk client = greeted(trial);
          client.say("a AUTHENTICATE PLAIN");
          for (int i = 0; i < 1000; i++) {
            assertThat(client.readLine()).isEqualTo("+ ");
            client.say("");
          }
          assertThat(client.readLine()).isEqualTo("a NO [AUTHENTICATIONFAILED] no");
        });
    checks.put(
        "auth-challenge-unanswered",
        trial -> {
          Talk client = greeted(trial);
          assertThat(client.ask("a AUTHENTICATE PLAIN")).isEqualTo("+ ");
          client.say("AGFsaWNlAHNlY3JldA==");
          assertThat(client.ask("b SELECT INBOX")).startsWith("b BAD");
        });
  }

  private static void compression(Map<String, Check> checks) {
    checks.put("compress-refused", loggedIn("COMPRESS DEFLATE", "f1 NO not today\r\n", GOES_ON));
    checks.put(
        "deflate-garbage",
        loggedIn(
            "COMPRESS DEFLATE",
            "f1 OK compressed from here on\r\n" + new String(TlsChecks.random(64), ISO_8859_1),
            Then.ENDS));
    checks.put("deflate-bomb", ImapSessionChecks::bomb);
  }

  private static void bomb(Trial trial) throws IOException {
    Talk client = loggedIn(trial);
    assertThat(client.ask("a COMPRESS DEFLATE")).startsWith("a OK");
    byte[] wire = client.readRaw(WIRE).getBytes(ISO_8859_1);
    byte[] inflated = inflated(wire);
    assertThat(inflated).hasSizeGreaterThan(400 * WIRE);
    assertThat(new String(inflated, 0, 2048, ISO_8859_1))
        .isEqualTo(("* OK " + "x".repeat(1017) + "\r\n").repeat(2));
  }

  private static byte[] inflated(byte[] wire) {
    var inflater = new Inflater(true);
    var result = new ByteArrayOutputStream();
    var buffer = new byte[1 << 16];
    inflater.setInput(wire);
    try {
      for (int n = inflater.inflate(buffer); n > 0; n = inflater.inflate(buffer)) {
        result.write(buffer, 0, n);
      }
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    } finally {
      inflater.end();
    }
    return result.toByteArray();
  }
}
