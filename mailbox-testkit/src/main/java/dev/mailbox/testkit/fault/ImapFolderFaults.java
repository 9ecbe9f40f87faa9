// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import static dev.mailbox.testkit.fault.Catalogue.before;
import static dev.mailbox.testkit.fault.Catalogue.says;
import static dev.mailbox.testkit.fault.Catalogue.unanswered;
import static dev.mailbox.testkit.fault.Catalogue.without;
import static dev.mailbox.testkit.fault.Catalogue.words;

/** Lists of folders, a selected one, searches, and waiting for news. */
final class ImapFolderFaults {
  private static final int DEEP = 20_000;

  private ImapFolderFaults() {}

  static void addTo(Catalogue catalogue) {
    list(catalogue.at("LIST"));
    select(catalogue.at("SELECT", "EXAMINE"));
    search(catalogue.at("SEARCH", "UID SEARCH"));
    idle(catalogue.at("IDLE"));
  }

  private static void list(Catalogue at) {
    at.add("list-empty", without("\\* LIST.*"), "OK without a folder.")
        .add("list-no", says("{tag} NO [SERVERBUG] oops\r\n"), "NO [SERVERBUG] to LIST.")
        .add(
            "list-eight-bit",
            before("* LIST () \"/\" caf\u00e9\r\n"),
            "A folder's name with a byte above 127 in an atom.")
        .add("list-nul", before("* LIST () \"/\" \"a\0b\"\r\n"), "A folder's name with NUL in it.")
        .add(
            "list-unterminated-quote",
            before("* LIST () \"/\" \"never\r\n"),
            "A folder's name without its closing quote.")
        .add(
            "list-unterminated-literal",
            before("* LIST () \"/\" {9999}\r\n"),
            "A folder's name as a literal that swallows all that follows.")
        .add(
            "list-nested",
            before("* LIST " + "(".repeat(DEEP) + ")".repeat(DEEP) + " \"/\" deep\r\n"),
            "Twenty thousand open parentheses.")
        .add("list-twice", Catalogue.twice("\\* LIST.*"), "Each folder is listed twice.")
        .add(
            "list-path-climbs",
            before("* LIST () \"/\" \"../../etc/passwd\"\r\n"),
            "A folder's name that would leave a directory.");
  }

  private static void select(Catalogue at) {
    at.add("select-no", says("{tag} NO [NONEXISTENT] gone\r\n"), "NO [NONEXISTENT] to SELECT.")
        .add("select-noperm", says("{tag} NO [NOPERM] not you\r\n"), "NO [NOPERM] to SELECT.")
        .add("select-in-use", says("{tag} NO [INUSE] later\r\n"), "NO [INUSE] to SELECT.")
        .add(
            "select-corruption",
            says("{tag} NO [CORRUPTION] broken\r\n"),
            "NO [CORRUPTION] to SELECT.")
        .add(
            "select-without-uidvalidity",
            without("\\* OK \\[UIDVALIDITY.*"),
            "SELECT does not tell UIDVALIDITY.")
        .add(
            "select-uidvalidity-changed",
            words("UIDVALIDITY [0-9]+", "UIDVALIDITY 4242"),
            "Another UIDVALIDITY, as if all messages were others.")
        .add(
            "select-uidvalidity-zero",
            words("UIDVALIDITY [0-9]+", "UIDVALIDITY 0"),
            "UIDVALIDITY 0, which no folder may have.")
        .add(
            "select-without-uidnext",
            without("\\* OK \\[UIDNEXT.*"),
            "SELECT does not tell UIDNEXT.")
        .add(
            "select-uidnext-too-low",
            words("UIDNEXT [0-9]+", "UIDNEXT 1"),
            "UIDNEXT is below the UIDs that are in use.")
        .add("select-without-exists", without("\\* [0-9]+ EXISTS"), "SELECT does not tell EXISTS.")
        .add(
            "select-exists-huge",
            words("\\* [0-9]+ EXISTS", "* 4294967295 EXISTS"),
            "The folder claims to hold 4294967295 messages.")
        .add(
            "select-exists-shrinks",
            words("\\* ([0-9]+) EXISTS\r\n", "* $1 EXISTS\r\n* 0 EXISTS\r\n"),
            "EXISTS, then EXISTS with fewer and no EXPUNGE.")
        .add(
            "select-exists-not-a-number",
            words("\\* [0-9]+ EXISTS", "* many EXISTS"),
            "EXISTS without a number.")
        .add(
            "select-exists-negative",
            words("\\* [0-9]+ EXISTS", "* -1 EXISTS"),
            "EXISTS with a negative number.");
  }

  private static void search(Catalogue at) {
    at.add("search-missing", without("\\* E?SEARCH.*"), "OK without a result.")
        .add("search-no", says("{tag} NO [CANNOT] no\r\n"), "NO [CANNOT] to a search.")
        .add(
            "search-not-there",
            before("* SEARCH 4294967294 4294967295\r\n"),
            "A result with UIDs that do not exist.")
        .add("search-zero", before("* SEARCH 0\r\n"), "A result with the number 0.")
        .add("search-letters", before("* SEARCH one two\r\n"), "A result in words.");
  }

  private static void idle(Catalogue at) {
    at.add("idle-without-continuation", without("\\+.*"), "IDLE begins and does not say so.")
        .add("idle-refused", says("{tag} BAD what is that\r\n"), "BAD to IDLE.")
        .add(
            "idle-ended",
            says("+ idling\r\n{tag} OK enough\r\n"),
            "IDLE is ended by the server with OK.")
        .add(
            "idle-bye",
            says("+ idling\r\n* BYE idle for too long\r\n", Ending.CLOSE),
            "IDLE is ended by the server with BYE and FIN.")
        .add("idle-dropped", says("+ idling\r\n", Ending.CLOSE), "FIN while the client idles.")
        .add("idle-reset", says("+ idling\r\n", Ending.RESET), "RST while the client idles.")
        .add(
            "idle-flood",
            new Fault.Flooded("* 1 RECENT", 10_000),
            "Ten thousand untagged lines when IDLE begins.")
        .add("idle-stalled", unanswered(Ending.STALL), "No reply to IDLE.");
  }
}
