// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import static dev.mailbox.testkit.fault.Catalogue.says;
import static dev.mailbox.testkit.fault.Catalogue.twice;
import static dev.mailbox.testkit.fault.Catalogue.unanswered;
import static dev.mailbox.testkit.fault.Catalogue.without;
import static dev.mailbox.testkit.fault.Catalogue.words;

/** STAT, LIST and UIDL. */
final class Pop3ListFaults {
  private static final String NAMED = "(?m)^([0-9]+) (\\S+)(?=\r\n)";

  private Pop3ListFaults() {}

  static void addTo(Catalogue catalogue) {
    stat(catalogue.at("STAT"));
    list(catalogue.at("LIST"));
    uidl(catalogue.at("UIDL"));
  }

  private static void stat(Catalogue at) {
    at.add("stat-mismatch", says("+OK 99 123456\r\n"), "STAT counts what LIST does not have.")
        .add("stat-in-words", says("+OK some messages\r\n"), "STAT without numbers.")
        .add("stat-negative", says("+OK -1 -1\r\n"), "STAT with negative numbers.")
        .add("stat-huge", says("+OK 9999999999 99999999999999999999\r\n"), "STAT beyond 64 bits.")
        .add("stat-err", says("-ERR [SYS/TEMP] later\r\n"), "-ERR [SYS/TEMP] to STAT.");
  }

  private static void list(Catalogue at) {
    at.add("list-err", says("-ERR [SYS/TEMP] later\r\n"), "-ERR [SYS/TEMP] to LIST.")
        .add("list-sizes-wrong", words(NAMED, "$1 9$2"), "Each size has a 9 before it.")
        .add("list-sizes-zero", words(NAMED, "$1 0"), "Each size is 0.")
        .add("list-sizes-negative", words(NAMED, "$1 -$2"), "Each size is negative.")
        .add("list-sizes-huge", words(NAMED, "$1 99999999999999999999"), "Sizes beyond 64 bits.")
        .add("list-sizes-missing", words(NAMED, "$1"), "No sizes.")
        .add("list-first-missing", without("1 [0-9]+"), "The first message is not listed.")
        .add("list-twice", twice("[0-9]+ [0-9]+"), "Each message is listed twice.")
        .add("list-unterminated", without("\\."), "LIST does not come to an end.")
        .add("list-cut", new Fault.Partial(10, Ending.CLOSE), "FIN after ten bytes of LIST.");
  }

  private static void uidl(Catalogue at) {
    at.add("uidl-err", says("-ERR what is that\r\n"), "-ERR to UIDL.")
        .add("uidl-same", words(NAMED, "$1 same"), "All messages have the same UIDL.")
        .add("uidl-missing", words(NAMED, "$1"), "No UIDLs, only numbers.")
        .add("uidl-first-missing", without("1 .*"), "The first message has no UIDL.")
        .add("uidl-twice", twice("[0-9]+ .*"), "Each message is listed twice.")
        .add(
            "uidl-recycled",
            words("(?m)^1 (\\S+)\r\n2 (\\S+)\r\n", "1 $2\r\n2 $1\r\n"),
            "The first two messages have each other's UIDL.")
        .add("uidl-changed", words(NAMED, "$1 new-$2"), "Other UIDLs, as if all mail were new.")
        .add(
            "uidl-too-long",
            words(NAMED, "$1 $2" + "x".repeat(1000)),
            "UIDLs of more than a thousand characters; 70 are allowed.")
        .add("uidl-spaces", words(NAMED, "$1 $2 and more"), "UIDLs with spaces.")
        .add("uidl-eight-bit", words(NAMED, "$1 $2\u00e9\u0001"), "UIDLs with forbidden bytes.")
        .add("uidl-numbers-wrong", words(NAMED, "10$1 $2"), "UIDLs of messages that are not there.")
        .add("uidl-number-zero", words(NAMED, "0 $2"), "UIDLs of a message 0.")
        .add("uidl-unterminated", without("\\."), "UIDL does not come to an end.")
        .add("uidl-cut", new Fault.Partial(10, Ending.CLOSE), "FIN after ten bytes of UIDL.")
        .add("uidl-stalled", unanswered(Ending.STALL), "No reply to UIDL.");
  }
}
