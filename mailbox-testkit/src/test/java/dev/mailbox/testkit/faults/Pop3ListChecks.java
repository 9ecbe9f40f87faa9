// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.Pop3Trials.loggedIn;
import static dev.mailbox.testkit.faults.Trial.Then.ENDS;
import static dev.mailbox.testkit.faults.Trial.Then.STALLS;

import dev.mailbox.testkit.faults.Trial.Check;
import java.util.Map;

/** STAT, LIST and UIDL. */
final class Pop3ListChecks {
  private static final String OK = "+OK 2 messages\r\n";

  private Pop3ListChecks() {}

  static void addTo(Map<String, Check> checks) {
    checks.put("stat-mismatch", loggedIn("STAT", "+OK 99 123456\r\n"));
    checks.put("stat-in-words", loggedIn("STAT", "+OK some messages\r\n"));
    checks.put("stat-negative", loggedIn("STAT", "+OK -1 -1\r\n"));
    checks.put("stat-huge", loggedIn("STAT", "+OK 9999999999 99999999999999999999\r\n"));
    checks.put("stat-err", loggedIn("STAT", "-ERR [SYS/TEMP] later\r\n"));
    lists(checks);
    names(checks);
  }

  private static void lists(Map<String, Check> checks) {
    checks.put("list-err", loggedIn("LIST", "-ERR [SYS/TEMP] later\r\n"));
    checks.put("list-sizes-wrong", list("1 914", "2 914", "."));
    checks.put("list-sizes-zero", list("1 0", "2 0", "."));
    checks.put("list-sizes-negative", list("1 -14", "2 -14", "."));
    checks.put("list-sizes-huge", list("1 99999999999999999999", "2 99999999999999999999", "."));
    checks.put("list-sizes-missing", list("1", "2", "."));
    checks.put("list-first-missing", list("2 14", "."));
    checks.put("list-twice", list("1 14", "1 14", "2 14", "2 14", "."));
    checks.put("list-unterminated", list("1 14", "2 14"));
    checks.put("list-cut", loggedIn("LIST", OK.substring(0, 10), ENDS));
  }

  private static Check list(String... lines) {
    return loggedIn("LIST", OK + String.join("\r\n", lines) + "\r\n");
  }

  private static void names(Map<String, Check> checks) {
    checks.put("uidl-err", loggedIn("UIDL", "-ERR what is that\r\n"));
    checks.put("uidl-same", uidl("1 same", "2 same", "."));
    checks.put("uidl-missing", uidl("1", "2", "."));
    checks.put("uidl-first-missing", uidl("2 uidl-2", "."));
    checks.put("uidl-twice", uidl("1 uidl-1", "1 uidl-1", "2 uidl-2", "2 uidl-2", "."));
    checks.put("uidl-recycled", uidl("1 uidl-2", "2 uidl-1", "."));
    checks.put("uidl-changed", uidl("1 new-uidl-1", "2 new-uidl-2", "."));
    String longer = "x".repeat(1000);
    checks.put("uidl-too-long", uidl("1 uidl-1" + longer, "2 uidl-2" + longer, "."));
    checks.put("uidl-spaces", uidl("1 uidl-1 and more", "2 uidl-2 and more", "."));
    checks.put("uidl-eight-bit", uidl("1 uidl-1\u00e9\u0001", "2 uidl-2\u00e9\u0001", "."));
    checks.put("uidl-numbers-wrong", uidl("101 uidl-1", "102 uidl-2", "."));
    checks.put("uidl-number-zero", uidl("0 uidl-1", "0 uidl-2", "."));
    checks.put("uidl-unterminated", uidl("1 uidl-1", "2 uidl-2"));
    checks.put("uidl-cut", loggedIn("UIDL", OK.substring(0, 10), ENDS));
    checks.put("uidl-stalled", loggedIn("UIDL", "", STALLS));
  }

  private static Check uidl(String... lines) {
    return loggedIn("UIDL", OK + String.join("\r\n", lines) + "\r\n");
  }
}
