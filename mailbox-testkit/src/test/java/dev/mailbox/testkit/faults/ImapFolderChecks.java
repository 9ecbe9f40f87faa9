// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static dev.mailbox.testkit.faults.ImapTrials.loggedIn;
import static dev.mailbox.testkit.faults.ImapTrials.selected;
import static dev.mailbox.testkit.faults.Trial.Then.ENDS;
import static dev.mailbox.testkit.faults.Trial.Then.GOES_ON;
import static dev.mailbox.testkit.faults.Trial.Then.RESETS;
import static dev.mailbox.testkit.faults.Trial.Then.STALLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.testkit.Talk;
import dev.mailbox.testkit.faults.Trial.Check;
import java.util.Map;

/** Lists of folders, a selected one, searches, and waiting for news. */
final class ImapFolderChecks {
  private static final String INBOX = "* LIST (\\HasNoChildren) \"/\" \"INBOX\"\r\n";
  private static final String ALL = "f1 OK that is all\r\n";
  private static final String SELECTED =
      String.join(
          "\r\n",
          "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)",
          "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] what stays",
          "* 2 EXISTS",
          "* 2 RECENT",
          "* OK [UNSEEN 1] the first unseen",
          "* OK [UIDVALIDITY 1700000001] the UIDs' own name",
          "* OK [UIDNEXT 3] the next UID",
          "* OK [HIGHESTMODSEQ 3] the last change",
          "* OK [MAILBOXID (F1)] what it is",
          "f1 OK [READ-WRITE] selected",
          "");

  private ImapFolderChecks() {}

  static void addTo(Map<String, Check> checks) {
    lists(checks);
    selections(checks);
    searches(checks);
    idles(checks);
  }

  private static void lists(Map<String, Check> checks) {
    checks.put("list-empty", list(ALL));
    checks.put("list-no", list("f1 NO [SERVERBUG] oops\r\n"));
    checks.put("list-eight-bit", list("* LIST () \"/\" caf\u00e9\r\n" + INBOX + ALL));
    checks.put("list-nul", list("* LIST () \"/\" \"a\0b\"\r\n" + INBOX + ALL));
    checks.put("list-unterminated-quote", list("* LIST () \"/\" \"never\r\n" + INBOX + ALL));
    checks.put("list-unterminated-literal", list("* LIST () \"/\" {9999}\r\n" + INBOX + ALL));
    String deep = "(".repeat(20_000) + ")".repeat(20_000);
    checks.put("list-nested", list("* LIST " + deep + " \"/\" deep\r\n" + INBOX + ALL));
    checks.put("list-twice", list(INBOX + INBOX + ALL));
    checks.put("list-path-climbs", list("* LIST () \"/\" \"../../etc/passwd\"\r\n" + INBOX + ALL));
  }

  private static Check list(String reply) {
    return loggedIn("LIST \"\" *", reply, GOES_ON);
  }

  private static void selections(Map<String, Check> checks) {
    checks.put("select-no", select("f1 NO [NONEXISTENT] gone\r\n"));
    checks.put("select-noperm", select("f1 NO [NOPERM] not you\r\n"));
    checks.put("select-in-use", select("f1 NO [INUSE] later\r\n"));
    checks.put("select-corruption", select("f1 NO [CORRUPTION] broken\r\n"));
    String validity = "* OK [UIDVALIDITY 1700000001] the UIDs' own name\r\n";
    checks.put("select-without-uidvalidity", selectWith(validity, ""));
    checks.put("select-uidvalidity-changed", selectWith("1700000001", "4242"));
    checks.put("select-uidvalidity-zero", selectWith("1700000001", "0"));
    checks.put("select-without-uidnext", selectWith("* OK [UIDNEXT 3] the next UID\r\n", ""));
    checks.put("select-uidnext-too-low", selectWith("UIDNEXT 3", "UIDNEXT 1"));
    String exists = "* 2 EXISTS\r\n";
    checks.put("select-without-exists", selectWith(exists, ""));
    checks.put("select-exists-huge", selectWith(exists, "* 4294967295 EXISTS\r\n"));
    checks.put("select-exists-shrinks", selectWith(exists, exists + "* 0 EXISTS\r\n"));
    checks.put("select-exists-not-a-number", selectWith(exists, "* many EXISTS\r\n"));
    checks.put("select-exists-negative", selectWith(exists, "* -1 EXISTS\r\n"));
  }

  private static Check selectWith(String told, String otherwise) {
    return select(SELECTED.replace(told, otherwise));
  }

  private static Check select(String reply) {
    return loggedIn("SELECT INBOX", reply, GOES_ON);
  }

  private static void searches(Map<String, Check> checks) {
    String found = "* SEARCH 1 2\r\nf1 OK searched\r\n";
    checks.put("search-missing", selected("UID SEARCH ALL", "f1 OK searched\r\n"));
    checks.put("search-no", selected("UID SEARCH ALL", "f1 NO [CANNOT] no\r\n"));
    checks.put(
        "search-not-there",
        selected("UID SEARCH ALL", "* SEARCH 4294967294 4294967295\r\n" + found));
    checks.put("search-zero", selected("SEARCH ALL", "* SEARCH 0\r\n" + found));
    checks.put("search-letters", selected("SEARCH ALL", "* SEARCH one two\r\n" + found));
  }

  private static void idles(Map<String, Check> checks) {
    checks.put(
        "idle-without-continuation",
        trial -> {
          Talk client = selected(trial);
          client.say("a IDLE");
          assertThat(client.ask("DONE")).isEqualTo("a OK that was all");
        });
    checks.put("idle-refused", selected("IDLE", "f1 BAD what is that\r\n"));
    checks.put("idle-ended", selected("IDLE", "+ idling\r\nf1 OK enough\r\n"));
    checks.put("idle-bye", selected("IDLE", "+ idling\r\n* BYE idle for too long\r\n", ENDS));
    checks.put("idle-dropped", selected("IDLE", "+ idling\r\n", ENDS));
    checks.put("idle-reset", selected("IDLE", "+ idling\r\n", RESETS));
    checks.put("idle-stalled", selected("IDLE", "", STALLS));
    checks.put(
        "idle-flood",
        trial -> {
          Talk client = selected(trial);
          client.say("a IDLE");
          String flood = "* 1 RECENT\r\n".repeat(10_000) + "+ idling\r\n";
          assertThat(client.readRaw(flood.length())).isEqualTo(flood);
          assertThat(client.ask("DONE")).isEqualTo("a OK that was all");
        });
  }
}
