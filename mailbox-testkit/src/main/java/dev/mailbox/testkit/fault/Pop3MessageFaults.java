// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import static dev.mailbox.testkit.fault.Catalogue.after;
import static dev.mailbox.testkit.fault.Catalogue.content;
import static dev.mailbox.testkit.fault.Catalogue.doesButSays;
import static dev.mailbox.testkit.fault.Catalogue.says;
import static dev.mailbox.testkit.fault.Catalogue.twice;
import static dev.mailbox.testkit.fault.Catalogue.unanswered;
import static dev.mailbox.testkit.fault.Catalogue.without;
import static dev.mailbox.testkit.fault.Catalogue.words;

import java.time.Duration;

/** Messages, their removal, and the end. */
final class Pop3MessageFaults {
  private Pop3MessageFaults() {}

  static void addTo(Catalogue catalogue, long seed) {
    catalogue.at("RETR");
    refusals(catalogue);
    endings(catalogue, seed);
    bytes(catalogue, seed);
    top(catalogue.at("TOP"));
    delete(catalogue.at("DELE"));
    quit(catalogue.at("QUIT"));
  }

  private static void refusals(Catalogue at) {
    at.add("retr-err", says("-ERR no such message\r\n"), "-ERR to RETR.")
        .add("retr-sys-temp", says("-ERR [SYS/TEMP] later\r\n"), "-ERR [SYS/TEMP] to RETR.")
        .add("retr-sys-perm", says("-ERR [SYS/PERM] broken\r\n"), "-ERR [SYS/PERM] to RETR.")
        .add("retr-no-status", words("^\\+OK", "OK"), "The status line has no sign.")
        .add("retr-status-twice", twice("\\+OK.*"), "The status line comes twice.");
  }

  private static void endings(Catalogue at, long seed) {
    at.add("retr-dropped", unanswered(Ending.CLOSE), "FIN before the reply.")
        .add("retr-reset", unanswered(Ending.RESET), "RST before the reply.")
        .add("retr-stalled", unanswered(Ending.STALL), "No reply.")
        .add("retr-cut", new Fault.Partial(2, Ending.CLOSE), "FIN in the status line.")
        .add("message-cut", new Fault.InContent(5, Ending.CLOSE), "FIN after five of a message.")
        .add(
            "message-cut-without-tls-end",
            new Fault.InContent(5, Ending.CUT),
            "FIN after five bytes of a message, and no end of TLS before it.")
        .add("message-reset", new Fault.InContent(5, Ending.RESET), "RST after five of a message.")
        .add(
            "message-stalled",
            new Fault.InContent(5, Ending.STALL),
            "Nothing after five bytes of a message.")
        .add(
            "retr-closed-behind",
            new Fault.Partial(Long.MAX_VALUE, Ending.CLOSE),
            "The whole reply, then FIN; the server still reads.")
        .add(
            "retr-garbage",
            new Fault.Garbage(seed, 256, Ending.CLOSE),
            "Random bytes instead of the reply, then FIN.")
        .add("retr-dripped", new Fault.Dripped(Duration.ofMillis(1)), "A byte each millisecond.")
        .add("retr-slow", new Fault.Delayed(Duration.ofMillis(50)), "The reply 50 ms later.");
  }

  private static void bytes(Catalogue at, long seed) {
    at.add("message-unterminated", without("\\."), "No dot behind the message.")
        .add(
            "message-ended-early",
            content("^([^\n]*\n)", "$1.\r\n"),
            "A dot after the first line; the rest comes as if it were replies.")
        .add("message-unstuffed", content("(?m)^\\.\\.", "."), "Dots are not doubled.")
        .add("message-bare-lf", content("\r\n", "\n"), "Lines of the message end with LF.")
        .add(
            "message-octets-wrong",
            words("^\\+OK[^\r]*", "+OK 7 octets"),
            "The status line says 7 octets.")
        .add("message-empty", content("(?s)^.*\\z", ""), "No bytes of the message.")
        .add("message-truncated", content("(?s).{5}\\z", "\r\n"), "The message lacks its end.")
        .add("message-flipped", new Fault.Flipped(seed, 8), "Eight bits of the message are wrong.")
        .add("message-other", new Fault.Misheard("^(?i)RETR .*", "RETR 1"), "Always message 1.")
        .add("message-dot-twice", after(".\r\n"), "Another dot behind the message.")
        .add("message-nul", content("(?s)^..", "\0\0"), "The message begins with NULs.");
  }

  private static void top(Catalogue at) {
    at.add("top-err", says("-ERR what is that\r\n"), "-ERR to TOP.")
        .add(
            "top-sends-all",
            new Fault.Misheard("^(?i)TOP ([0-9]+) .*", "RETR $1"),
            "TOP sends the whole message.")
        .add("top-unterminated", without("\\."), "No dot behind the lines.");
  }

  private static void delete(Catalogue at) {
    at.add("dele-err", says("-ERR no\r\n"), "-ERR to DELE.")
        .add("dele-pretended", says("+OK deleted\r\n"), "+OK to DELE, and it is not done.")
        .add("dele-done-but-err", doesButSays("-ERR no\r\n"), "-ERR to DELE, and it is done.")
        .add("dele-dropped", unanswered(Ending.CLOSE), "FIN instead of a reply to DELE.");
  }

  private static void quit(Catalogue at) {
    at.add(
            "quit-done-but-err",
            doesButSays("-ERR some messages were not removed\r\n"),
            "-ERR to QUIT, and the messages are removed.")
        .add(
            "quit-pretended",
            says("+OK bye\r\n", Ending.CLOSE),
            "+OK to QUIT, and no message is removed.")
        .add(
            "quit-err",
            says("-ERR [SYS/TEMP] no\r\n", Ending.CLOSE),
            "-ERR to QUIT, and no message is removed.")
        .add(
            "quit-answer-lost",
            new Fault.Partial(0, Ending.CLOSE),
            "Messages are removed, and FIN comes instead of the reply.")
        .add("quit-dropped", unanswered(Ending.CLOSE), "FIN instead of QUIT being obeyed.")
        .add("quit-stalled", unanswered(Ending.STALL), "QUIT is neither obeyed nor answered.");
  }
}
