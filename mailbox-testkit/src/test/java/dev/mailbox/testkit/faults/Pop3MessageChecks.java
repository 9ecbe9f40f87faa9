// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.Pop3Trials.loggedIn;
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

/** Messages, their removal, and the end. */
final class Pop3MessageChecks {
  private static final String STATUS = "+OK message follows\r\n";
  private static final String STUFFED = "A: 1\r\n\r\n..one\r\n";
  private static final String WHOLE = STATUS + STUFFED + ".\r\n";

  private Pop3MessageChecks() {}

  static void addTo(Map<String, Check> checks) {
    refusals(checks);
    endings(checks);
    bytes(checks);
    tops(checks);
    deletions(checks);
    quits(checks);
  }

  private static void refusals(Map<String, Check> checks) {
    checks.put("retr-err", retrieve("-ERR no such message\r\n"));
    checks.put("retr-sys-temp", retrieve("-ERR [SYS/TEMP] later\r\n"));
    checks.put("retr-sys-perm", retrieve("-ERR [SYS/PERM] broken\r\n"));
    checks.put("retr-no-status", retrieve(WHOLE.substring(1)));
    checks.put("retr-status-twice", retrieve(STATUS + WHOLE));
  }

  private static void endings(Map<String, Check> checks) {
    String inside = STATUS + "A: 1\r";
    checks.put("retr-dropped", loggedIn("RETR 1", "", ENDS));
    checks.put("retr-reset", loggedIn("RETR 1", "", RESETS));
    checks.put("retr-stalled", loggedIn("RETR 1", "", STALLS));
    checks.put("retr-cut", loggedIn("RETR 1", "+O", ENDS));
    checks.put("message-cut", loggedIn("RETR 1", inside, ENDS));
    checks.put("message-reset", loggedIn("RETR 1", inside, RESETS));
    checks.put("message-stalled", loggedIn("RETR 1", inside, STALLS));
    checks.put("retr-closed-behind", loggedIn("RETR 1", WHOLE, ENDS));
    checks.put(
        "retr-garbage", loggedIn("RETR 1", new String(TlsChecks.random(256), ISO_8859_1), ENDS));
    checks.put(
        "message-cut-without-tls-end",
        trial -> {
          String[] lines = {"USER alice", "PASS secret", "RETR 1"};
          TlsChecks.cut(trial, trial.server().pop3sUrl(), lines, inside);
        });
    checks.put("retr-dripped", slowly(Duration.ofMillis(WHOLE.length())));
    checks.put("retr-slow", slowly(Duration.ofMillis(50)));
  }

  /** The same bytes, not before that time. */
  private static Check slowly(Duration least) {
    return trial -> {
      Talk client = loggedIn(trial);
      long start = System.nanoTime();
      client.say("RETR 1");
      assertThat(client.readRaw(WHOLE.length())).isEqualTo(WHOLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(least);
    };
  }

  private static void bytes(Map<String, Check> checks) {
    checks.put("message-unterminated", retrieve(STATUS + STUFFED));
    checks.put("message-ended-early", retrieve(STATUS + "A: 1\r\n.\r\n\r\n..one\r\n.\r\n"));
    checks.put("message-unstuffed", retrieve(STATUS + Trial.ONE + ".\r\n"));
    checks.put("message-bare-lf", retrieve(STATUS + "A: 1\n\n..one\n.\r\n"));
    checks.put("message-octets-wrong", retrieve("+OK 7 octets\r\n" + STUFFED + ".\r\n"));
    checks.put("message-empty", retrieve(STATUS + ".\r\n"));
    checks.put("message-truncated", retrieve(STATUS + "A: 1\r\n\r\n..\r\n.\r\n"));
    checks.put("message-dot-twice", retrieve(WHOLE + ".\r\n"));
    checks.put("message-nul", retrieve(WHOLE.replace("A:", "\0\0")));
    checks.put("message-other", loggedIn("RETR 2", WHOLE));
    checks.put(
        "message-flipped",
        trial -> {
          Talk client = loggedIn(trial);
          client.say("RETR 1");
          String words = WHOLE.replace(STUFFED, "\0".repeat(STUFFED.length()));
          Bits.assertFlipped(WHOLE, client.readRaw(WHOLE.length()), words);
        });
  }

  private static Check retrieve(String reply) {
    return loggedIn("RETR 1", reply, GOES_ON);
  }

  private static void tops(Map<String, Check> checks) {
    checks.put("top-err", loggedIn("TOP 1 0", "-ERR what is that\r\n"));
    checks.put("top-sends-all", loggedIn("TOP 1 0", WHOLE));
    checks.put("top-unterminated", loggedIn("TOP 1 0", STATUS + "A: 1\r\n\r\n"));
  }

  private static void deletions(Map<String, Check> checks) {
    checks.put("dele-err", deletes(2, "-ERR no\r\n"));
    checks.put("dele-pretended", deletes(2, "+OK deleted\r\n"));
    checks.put("dele-done-but-err", deletes(1, "-ERR no\r\n"));
    checks.put("dele-dropped", leaving(2, loggedIn("DELE 1", "", ENDS)));
  }

  /** So many are left once the session has ended well. */
  private static Check deletes(int left, String reply) {
    return trial -> {
      Talk client = loggedIn(trial);
      client.say("DELE 1");
      assertThat(client.readRaw(reply.length())).isEqualTo(reply);
      assertThat(client.ask("QUIT")).isEqualTo("+OK bye");
      assertThat(trial.inbox().count()).isEqualTo(left);
    };
  }

  private static void quits(Map<String, Check> checks) {
    checks.put("quit-done-but-err", quits(1, "-ERR some messages were not removed\r\n", ENDS));
    checks.put("quit-pretended", quits(2, "+OK bye\r\n", ENDS));
    checks.put("quit-err", quits(2, "-ERR [SYS/TEMP] no\r\n", ENDS));
    checks.put("quit-answer-lost", quits(1, "", ENDS));
    checks.put("quit-dropped", quits(2, "", ENDS));
    checks.put("quit-stalled", quits(2, "", STALLS));
  }

  /** So many are left after a session that marked one. */
  private static Check quits(int left, String reply, Then then) {
    return trial -> {
      Talk client = loggedIn(trial);
      assertThat(client.ask("DELE 1")).startsWith("+OK");
      client.say("QUIT");
      trial.hear(client, reply, then, Pop3Trials.SIGN);
      assertThat(trial.inbox().count()).isEqualTo(left);
    };
  }

  private static Check leaving(int left, Check check) {
    return trial -> {
      check.see(trial);
      assertThat(trial.inbox().count()).isEqualTo(left);
    };
  }
}
