// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.ImapTrials.selected;
import static dev.mailbox.testkit.faults.Trial.Then.ENDS;
import static dev.mailbox.testkit.faults.Trial.Then.GOES_ON;
import static dev.mailbox.testkit.faults.Trial.Then.RESETS;
import static dev.mailbox.testkit.faults.Trial.Then.STALLS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import dev.mailbox.testkit.faults.Trial.Then;
import java.time.Duration;
import java.util.Map;

/** What can be wrong with what FETCH says, and with any reply. */
final class ImapFetchChecks {
  private static final String FETCH = "UID FETCH 1:* (FLAGS BODY.PEEK[])";
  private static final String HEAD = "* 1 FETCH (UID 1 FLAGS (\\Recent) BODY[] {14}\r\n";
  private static final String FIRST = HEAD + Trial.ONE + ")\r\n";
  private static final String SECOND =
      "* 2 FETCH (UID 2 FLAGS (\\Recent) BODY[] {14}\r\n" + Trial.TWO + ")\r\n";
  private static final String OK = "f1 OK fetched\r\n";
  private static final String WHOLE = FIRST + SECOND + OK;

  private ImapFetchChecks() {}

  static void addTo(Map<String, Check> checks) {
    refusals(checks);
    endings(checks);
    sizes(checks);
    tags(checks);
    lines(checks);
    messages(checks);
    numbers(checks);
    pace(checks);
  }

  private static void refusals(Map<String, Check> checks) {
    checks.put("fetch-no", fetch("f1 NO some messages are gone\r\n"));
    checks.put("fetch-unavailable", fetch("f1 NO [UNAVAILABLE] later\r\n"));
    checks.put("fetch-expunge-issued", fetch("f1 NO [EXPUNGEISSUED] go\r\n"));
    checks.put("fetch-bad", fetch("f1 BAD what is that\r\n"));
    checks.put("fetch-client-bug", fetch("f1 BAD [CLIENTBUG] you\r\n"));
    checks.put("fetch-bye", fetch("* BYE going down\r\n", ENDS));
  }

  private static void endings(Map<String, Check> checks) {
    String ten = WHOLE.substring(0, 10);
    String inside = HEAD + Trial.ONE.substring(0, 5);
    checks.put("fetch-dropped", fetch("", ENDS));
    checks.put("fetch-reset", fetch("", RESETS));
    checks.put("fetch-stalled", fetch("", STALLS));
    checks.put("fetch-cut", fetch(ten, ENDS));
    checks.put("fetch-cut-by-reset", fetch(ten, RESETS));
    checks.put("fetch-stalled-inside", fetch(ten, STALLS));
    checks.put("literal-cut", fetch(inside, ENDS));
    checks.put("literal-reset", fetch(inside, RESETS));
    checks.put("literal-stalled", fetch(inside, STALLS));
    checks.put("fetch-closed-behind", fetch(WHOLE, ENDS));
    checks.put("fetch-garbage", fetch(new String(TlsChecks.random(256), ISO_8859_1), ENDS));
    checks.put(
        "fetch-cut-without-tls-end",
        trial -> {
          String[] lines = {"l LOGIN alice secret", "s SELECT INBOX", "f1 " + FETCH};
          TlsChecks.cut(trial, trial.server().imapsUrl(), lines, "selected\r\n" + ten);
        });
  }

  private static void sizes(Map<String, Check> checks) {
    checks.put("literal-too-small", fetchWith("{14}", "{3}"));
    checks.put("literal-too-large", fetchWith("{14}", "{114}"));
    checks.put("literal-zero", fetchWith("{14}", "{0}"));
    checks.put("literal-negative", fetchWith("{14}", "{-14}"));
    checks.put("literal-size-in-words", fetchWith("{14}", "{many}"));
    checks.put("literal-size-empty", fetchWith("{14}", "{}"));
    checks.put("literal-beyond-int", fetchWith("{14}", "{2147483648}"));
    checks.put("literal-beyond-32-bits", fetchWith("{14}", "{4294967296}"));
    checks.put("literal-beyond-long", fetchWith("{14}", "{9223372036854775808}"));
    checks.put("literal-unclosed", fetchWith("{14}", "{14"));
    checks.put("literal-without-line-end", fetchWith("{14}\r\n", "{14}"));
    checks.put(
        "literal-truncated",
        fetch(
            WHOLE
                .replace(Trial.ONE, Trial.ONE.substring(0, 9))
                .replace(Trial.TWO, "A: 2\r\n\r\n.")));
  }

  private static void tags(Map<String, Check> checks) {
    checks.put("tag-wrong", fetchWith("f1 OK", "otherf1 OK"));
    checks.put("tag-missing", fetchWith("f1 OK", "OK"));
    checks.put("tag-next", fetchWith("f1 OK", "f2 OK"));
    checks.put("tag-prefixed", fetchWith("f1 OK", "~f1 OK"));
    checks.put("ok-twice", fetchWith(OK, OK + OK));
    checks.put("ok-early", fetch(OK + FIRST + SECOND));
    checks.put("ok-missing", fetch(FIRST + SECOND));
    checks.put("ok-without-end", fetchWith(OK, "f1 OK fetched"));
    checks.put("ok-next-too", fetch(WHOLE + "f2 OK before you asked\r\n"));
    checks.put("ok-no-status", fetchWith(OK, "f1\r\n"));
  }

  private static void lines(Map<String, Check> checks) {
    String quiet =
        "* 1 FETCH (UID 1 FLAGS (\\Recent))\r\n* 2 FETCH (UID 2 FLAGS (\\Recent))\r\n" + OK;
    checks.put("lines-bare-lf", fetchFlags(quiet.replace("\r\n", "\n")));
    checks.put("lines-bare-cr", fetchFlags(quiet.replace("\r\n", "\r")));
    checks.put("lines-nul", fetchWith(" FETCH ", " FETCH \0"));
    checks.put("lines-eight-bit", fetchWith(" FETCH ", " F\u00e9TCH "));
    checks.put("lines-empty", fetch("\r\n\r\n" + WHOLE));
    checks.put("lines-unknown", fetch("* XUNKNOWN (a b)\r\n* 7 XODD\r\n" + WHOLE));
    checks.put("lines-flood", fetch("* OK still here\r\n".repeat(100_000) + WHOLE));
    String deep = "(".repeat(20_000) + ")".repeat(20_000);
    checks.put("lines-nested", fetch("* 1 FETCH " + deep + "\r\n" + WHOLE));
    checks.put("fetch-unclosed", fetchWith(")\r\n", "\r\n"));
    checks.put("fetch-quote-unclosed", fetchWith(" FETCH (", " FETCH (X-A \"open "));
  }

  private static Check fetchFlags(String reply) {
    return selected("UID FETCH 1:* (FLAGS)", reply);
  }

  private static void messages(Map<String, Check> checks) {
    checks.put("fetch-missing", fetch(OK));
    checks.put("fetch-first-missing", fetch(SECOND + OK));
    checks.put("fetch-twice", fetch(FIRST + FIRST + SECOND + SECOND + OK));
    checks.put("fetch-first-last", fetch(SECOND + OK + FIRST));
    checks.put("fetch-not-asked", fetch("* 4242 FETCH (UID 4242 FLAGS ())\r\n" + WHOLE));
    checks.put("fetch-other", selected("UID FETCH 2 (FLAGS BODY.PEEK[])", FIRST + OK));
    checks.put("expunge-inside", fetch("* 1 EXPUNGE\r\n" + WHOLE));
    checks.put("exists-shrinks", fetch("* 0 EXISTS\r\n" + WHOLE));
    checks.put("vanished-not-asked", fetch("* VANISHED 1:*\r\n" + WHOLE));
    checks.put("bye-inside", fetch("* BYE any moment now\r\n" + WHOLE));
    checks.put("content-nul", fetchWith("\r\nA:", "\r\n\0\0"));
    checks.put(
        "content-flipped",
        trial -> {
          Talk client = selected(trial);
          client.say("f1 " + FETCH);
          String words =
              WHOLE.replace(Trial.ONE, "\0".repeat(14)).replace(Trial.TWO, "\0".repeat(14));
          Bits.assertFlipped(WHOLE, client.readRaw(WHOLE.length()), words);
        });
  }

  private static void numbers(Map<String, Check> checks) {
    checks.put("uid-missing", fetch(WHOLE.replace("UID 1 ", "").replace("UID 2 ", "")));
    checks.put(
        "uid-changed", fetch(WHOLE.replace("(UID 1", "(UID 91").replace("(UID 2", "(UID 92")));
    checks.put("uid-zero", uids("0"));
    checks.put("uid-same", uids("7"));
    checks.put("uid-beyond-32-bits", uids("4294967296"));
    checks.put("flags-unclosed", fetchWith("FLAGS (\\Recent)", "FLAGS (\\Seen"));
    checks.put(
        "number-zero", fetch(WHOLE.replace("* 1 FETCH", "* 0 FETCH").replace("* 2 F", "* 0 F")));
  }

  private static Check uids(String uid) {
    return fetch(WHOLE.replace("(UID 1", "(UID " + uid).replace("(UID 2", "(UID " + uid));
  }

  private static void pace(Map<String, Check> checks) {
    checks.put("fetch-dripped", slowly(Duration.ofMillis(WHOLE.length())));
    checks.put("fetch-slow", slowly(Duration.ofMillis(50)));
  }

  /** The same bytes, not before that time. */
  private static Check slowly(Duration least) {
    return trial -> {
      Talk client = selected(trial);
      long start = System.nanoTime();
      client.say("f1 " + FETCH);
      assertThat(client.readRaw(WHOLE.length())).isEqualTo(WHOLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(least);
    };
  }

  private static Check fetchWith(String told, String otherwise) {
    assertThat(WHOLE).contains(told);
    return fetch(WHOLE.replace(told, otherwise));
  }

  private static Check fetch(String reply) {
    return fetch(reply, GOES_ON);
  }

  private static Check fetch(String reply, Then then) {
    return selected(FETCH, reply, then);
  }
}
