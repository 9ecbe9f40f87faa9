// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import static dev.mailbox.testkit.fault.Catalogue.after;
import static dev.mailbox.testkit.fault.Catalogue.before;
import static dev.mailbox.testkit.fault.Catalogue.content;
import static dev.mailbox.testkit.fault.Catalogue.says;
import static dev.mailbox.testkit.fault.Catalogue.twice;
import static dev.mailbox.testkit.fault.Catalogue.unanswered;
import static dev.mailbox.testkit.fault.Catalogue.without;
import static dev.mailbox.testkit.fault.Catalogue.words;

import dev.mailbox.testkit.fault.Fault.Treatment;
import java.time.Duration;

/** What can be wrong with what FETCH says, and with any reply. */
final class ImapFetchFaults {
  private static final String SIZE = "\\{([0-9]+)}\r\n";
  private static final int DEEP = 20_000;

  private ImapFetchFaults() {}

  static void addTo(Catalogue catalogue, long seed) {
    catalogue.at("FETCH", "UID FETCH");
    refusals(catalogue);
    endings(catalogue, seed);
    sizes(catalogue);
    tags(catalogue);
    lines(catalogue);
    messages(catalogue, seed);
    pace(catalogue);
  }

  private static void refusals(Catalogue at) {
    at.add("fetch-no", says("{tag} NO some messages are gone\r\n"), "NO to FETCH.")
        .add("fetch-unavailable", says("{tag} NO [UNAVAILABLE] later\r\n"), "NO [UNAVAILABLE].")
        .add("fetch-expunge-issued", says("{tag} NO [EXPUNGEISSUED] go\r\n"), "NO [EXPUNGEISSUED].")
        .add("fetch-bad", says("{tag} BAD what is that\r\n"), "BAD to FETCH.")
        .add("fetch-client-bug", says("{tag} BAD [CLIENTBUG] you\r\n"), "BAD [CLIENTBUG].")
        .add("fetch-bye", says("* BYE going down\r\n", Ending.CLOSE), "BYE to FETCH, then FIN.");
  }

  private static void endings(Catalogue at, long seed) {
    at.add("fetch-dropped", unanswered(Ending.CLOSE), "FIN before the reply.")
        .add("fetch-reset", unanswered(Ending.RESET), "RST before the reply.")
        .add("fetch-stalled", unanswered(Ending.STALL), "No reply.")
        .add("fetch-cut", new Fault.Partial(10, Ending.CLOSE), "FIN after ten bytes.")
        .add("fetch-cut-by-reset", new Fault.Partial(10, Ending.RESET), "RST after ten bytes.")
        .add(
            "fetch-cut-without-tls-end",
            new Fault.Partial(10, Ending.CUT),
            "FIN after ten bytes, and no end of TLS before it.")
        .add(
            "fetch-stalled-inside", new Fault.Partial(10, Ending.STALL), "Nothing after ten bytes.")
        .add("literal-cut", new Fault.InContent(5, Ending.CLOSE), "FIN after five of a literal.")
        .add("literal-reset", new Fault.InContent(5, Ending.RESET), "RST after five of a literal.")
        .add(
            "literal-stalled",
            new Fault.InContent(5, Ending.STALL),
            "Nothing after five bytes of a literal.")
        .add(
            "fetch-closed-behind",
            new Fault.Partial(Long.MAX_VALUE, Ending.CLOSE),
            "The whole reply, then FIN; the server still reads.")
        .add(
            "fetch-garbage",
            new Fault.Garbage(seed, 256, Ending.CLOSE),
            "Random bytes instead of the reply, then FIN.");
  }

  private static void sizes(Catalogue at) {
    at.add("literal-too-small", words(SIZE, "{3}\r\n"), "Literals are announced with 3 bytes.")
        .add(
            "literal-too-large",
            words(SIZE, "{1$1}\r\n"),
            "Literals are announced with one digit more.")
        .add("literal-zero", words(SIZE, "{0}\r\n"), "Literals are announced with no bytes.")
        .add("literal-negative", words(SIZE, "{-$1}\r\n"), "Literals have a negative size.")
        .add("literal-size-in-words", words(SIZE, "{many}\r\n"), "Literals have no number.")
        .add("literal-size-empty", words(SIZE, "{}\r\n"), "Literals have an empty size.")
        .add("literal-beyond-int", words(SIZE, "{2147483648}\r\n"), "Literals of 2 GiB.")
        .add("literal-beyond-32-bits", words(SIZE, "{4294967296}\r\n"), "Literals of 4 GiB.")
        .add(
            "literal-beyond-long",
            words(SIZE, "{9223372036854775808}\r\n"),
            "Literals of 2^63 bytes.")
        .add("literal-unclosed", words(SIZE, "{$1\r\n"), "The brace is not closed.")
        .add("literal-without-line-end", words(SIZE, "{$1}"), "No CRLF behind the size.")
        .add(
            "literal-truncated",
            content("(?s).{5}\\z", ""),
            "Literals lack their last five bytes, and the reply goes on.");
  }

  private static void tags(Catalogue at) {
    at.add("tag-wrong", words("(?m)^{tag} ", "other{tag} "), "OK with a tag that nobody gave.")
        .add("tag-missing", words("(?m)^{tag} ", ""), "OK without a tag.")
        .add("tag-next", words("(?m)^{tag} ", "{next} "), "OK with the tag of the next command.")
        .add("tag-prefixed", words("(?m)^{tag} ", "~{tag} "), "OK with a character before the tag.")
        .add("ok-twice", twice("{tag} .*"), "The tagged line comes twice.")
        .add("ok-early", new Fault.Lines("{tag} .*", Treatment.FIRST), "The tagged OK comes first.")
        .add("ok-missing", without("{tag} .*"), "There is no tagged line.")
        .add("ok-without-end", words("({tag} [^\r]*)\r\n\\z", "$1"), "The tagged line has no end.")
        .add(
            "ok-next-too", after("{next} OK before you asked\r\n"), "The next command is answered.")
        .add("ok-no-status", words("(?m)^{tag} OK.*$", "{tag}"), "The tagged line is only a tag.");
  }

  private static void lines(Catalogue at) {
    at.add("lines-bare-lf", words("\r\n", "\n"), "Lines end with LF.")
        .add("lines-bare-cr", words("\r\n", "\r"), "Lines end with CR.")
        .add("lines-nul", words(" FETCH ", " FETCH \0"), "NUL in each reply.")
        .add("lines-eight-bit", words(" FETCH ", " F\u00e9TCH "), "A byte above 127 in a word.")
        .add("lines-empty", before("\r\n\r\n"), "Empty lines before the reply.")
        .add("lines-unknown", before("* XUNKNOWN (a b)\r\n* 7 XODD\r\n"), "Replies of no RFC.")
        .add(
            "lines-flood",
            new Fault.Flooded("* OK still here", 100_000),
            "A hundred thousand untagged lines before the reply.")
        .add(
            "lines-nested",
            before("* 1 FETCH " + "(".repeat(DEEP) + ")".repeat(DEEP) + "\r\n"),
            "Twenty thousand open parentheses.")
        .add("fetch-unclosed", words("\\)\r\n", "\r\n"), "No closing parenthesis.")
        .add(
            "fetch-quote-unclosed",
            words(" FETCH \\(", " FETCH (X-A \"open "),
            "A quoted string without its end.");
  }

  private static void messages(Catalogue at, long seed) {
    at.add("fetch-missing", without("\\* [0-9]+ FETCH .*"), "OK without the messages.")
        .add("fetch-first-missing", without("\\* 1 FETCH .*"), "The first message is left out.")
        .add("fetch-twice", twice("\\* [0-9]+ FETCH .*"), "Each message comes twice.")
        .add(
            "fetch-first-last",
            new Fault.Lines("\\* 1 FETCH .*", Treatment.LAST),
            "The first message comes behind the tagged line.")
        .add("fetch-not-asked", before("* 4242 FETCH (UID 4242 FLAGS ())\r\n"), "One that is not.")
        .add("fetch-other", new Fault.Misheard("^[0-9:*,]+$", "1"), "Always the message 1.")
        .add("uid-missing", words("UID [0-9]+ ?", ""), "No UID is told.")
        .add("uid-changed", words("\\(UID ([0-9]+)", "(UID 9$1"), "Other UIDs.")
        .add("uid-zero", words("\\(UID [0-9]+", "(UID 0"), "The UID 0.")
        .add("uid-same", words("\\(UID [0-9]+", "(UID 7"), "The same UID for all.")
        .add("uid-beyond-32-bits", words("\\(UID [0-9]+", "(UID 4294967296"), "A UID of 33 bits.")
        .add("flags-unclosed", words("FLAGS \\([^)]*\\)", "FLAGS (\\\\Seen"), "FLAGS not closed.")
        .add("number-zero", words("\\* [0-9]+ FETCH", "* 0 FETCH"), "The number 0.")
        .add(
            "expunge-inside",
            before("* 1 EXPUNGE\r\n"),
            "EXPUNGE where none may come, of a message that is there.")
        .add("exists-shrinks", before("* 0 EXISTS\r\n"), "EXISTS 0 and no EXPUNGE.")
        .add("vanished-not-asked", before("* VANISHED 1:*\r\n"), "VANISHED that nobody enabled.")
        .add("bye-inside", before("* BYE any moment now\r\n"), "BYE before the reply, no end.")
        .add("content-flipped", new Fault.Flipped(seed, 8), "Eight bits of the content are wrong.")
        .add("content-nul", content("(?s)^..", "\0\0"), "Literals begin with NULs.");
  }

  private static void pace(Catalogue at) {
    at.add("fetch-dripped", new Fault.Dripped(Duration.ofMillis(1)), "A byte each millisecond.")
        .add("fetch-slow", new Fault.Delayed(Duration.ofMillis(50)), "The reply 50 ms later.");
  }
}
