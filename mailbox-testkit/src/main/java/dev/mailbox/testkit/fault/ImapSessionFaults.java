// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import static dev.mailbox.testkit.fault.Catalogue.after;
import static dev.mailbox.testkit.fault.Catalogue.before;
import static dev.mailbox.testkit.fault.Catalogue.says;
import static dev.mailbox.testkit.fault.Catalogue.unanswered;
import static dev.mailbox.testkit.fault.Catalogue.words;

import dev.mailbox.testkit.fault.Fault.Flaw;

/** From the greeting to the login, and compression. */
final class ImapSessionFaults {
  private static final int SMALL = 64;
  private static final long GIBIBYTE_OF_LINES = 1 << 20;
  private static final String LONG_LINE = "* OK " + "x".repeat(1017);

  private ImapSessionFaults() {}

  static void addTo(Catalogue catalogue, long seed) {
    greeting(catalogue.at("CONNECT"), seed);
    capability(catalogue.at("CAPABILITY"));
    startTls(catalogue.at("STARTTLS"));
    tls(catalogue.at("TLS"), seed);
    login(catalogue.at("LOGIN", "AUTHENTICATE"));
    authenticate(catalogue.at("AUTHENTICATE"));
    compress(catalogue, seed);
  }

  private static void greeting(Catalogue at, long seed) {
    at.add(
            "greeting-bye",
            says("* BYE [UNAVAILABLE] too busy\r\n", Ending.CLOSE),
            "The greeting is BYE, then FIN.")
        .add(
            "greeting-preauth",
            words("^\\* OK", "* PREAUTH"),
            "The greeting says that nobody has to log in, which is not true.")
        .add("greeting-none", unanswered(Ending.STALL), "There is no greeting.")
        .add("greeting-closed", unanswered(Ending.CLOSE), "FIN instead of a greeting.")
        .add("greeting-reset", unanswered(Ending.RESET), "RST instead of a greeting.")
        .add(
            "greeting-garbage",
            new Fault.Garbage(seed, SMALL, Ending.CLOSE),
            "Random bytes instead of a greeting, then FIN.")
        .add(
            "greeting-other-protocol",
            says("220 mail.example ESMTP\r\n"),
            "Another protocol's greeting.")
        .add("greeting-cut", new Fault.Partial(4, Ending.CLOSE), "FIN after four bytes.")
        .add("greeting-without-end", words("\r\n\\z", ""), "The greeting has no end of line.")
        .add(
            "greeting-starttls-stripped",
            words(" STARTTLS(?=[ \\]])", ""),
            "The greeting does not list STARTTLS.")
        .add(
            "greeting-without-capabilities",
            words("\\[CAPABILITY [^\\]]*\\] ", ""),
            "The greeting lists no capabilities.");
  }

  private static void capability(Catalogue at) {
    at.add(
            "capability-starttls-stripped",
            words(" STARTTLS(?=[ \r])", ""),
            "CAPABILITY does not list STARTTLS.")
        .add(
            "capability-empty",
            words("\\* CAPABILITY [^\r]*", "* CAPABILITY"),
            "CAPABILITY lists nothing.")
        .add("capability-missing", Catalogue.without("\\* CAPABILITY.*"), "OK without the list.")
        .add("capability-refused", says("{tag} BAD what is that\r\n"), "BAD to CAPABILITY.");
  }

  private static void startTls(Catalogue at) {
    at.add(
            "starttls-injected-before",
            before("* CAPABILITY IMAP4rev1 INJECTED\r\n* 99 EXISTS\r\n"),
            "Untagged replies in clear text before the OK to STARTTLS.")
        .add(
            "starttls-injected-after",
            after("* CAPABILITY IMAP4rev1 INJECTED\r\n{next} OK injected\r\n"),
            "Replies in clear text behind the OK to STARTTLS, one for the next tag.")
        .add("starttls-refused", says("{tag} NO not today\r\n"), "NO to STARTTLS.")
        .add("starttls-bad", says("{tag} BAD what is that\r\n"), "BAD to STARTTLS.")
        .add(
            "starttls-not-followed",
            says("{tag} OK begin TLS\r\n", Ending.STALL),
            "OK to STARTTLS, and nothing more.")
        .add(
            "starttls-closed",
            says("{tag} OK begin TLS\r\n", Ending.CLOSE),
            "OK to STARTTLS, then FIN.");
  }

  static void tls(Catalogue at, long seed) {
    at.add(
            "tls-expired",
            new Fault.Certificate(Flaw.EXPIRED),
            "The certificate has expired, for this handshake.")
        .add(
            "tls-wrong-host",
            new Fault.Certificate(Flaw.WRONG_HOST),
            "The certificate is for another host, for this handshake.")
        .add(
            "tls-self-signed",
            new Fault.Certificate(Flaw.SELF_SIGNED),
            "The certificate is signed by itself, for this handshake.")
        .add("tls-closed", unanswered(Ending.CLOSE), "FIN instead of a handshake.")
        .add("tls-reset", unanswered(Ending.RESET), "RST instead of a handshake.")
        .add("tls-stalled", unanswered(Ending.STALL), "Nothing instead of a handshake.")
        .add(
            "tls-garbage",
            new Fault.Garbage(seed, SMALL, Ending.CLOSE),
            "Random bytes instead of a handshake, then FIN.");
  }

  private static void login(Catalogue at) {
    at.add(
            "login-wrong",
            says("{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
            "NO [AUTHENTICATIONFAILED] to a login.")
        .add("login-no", says("{tag} NO no\r\n"), "NO without a code to a login.")
        .add(
            "login-unavailable",
            says("{tag} NO [UNAVAILABLE] later\r\n"),
            "NO [UNAVAILABLE] to a login.")
        .add("login-limit", says("{tag} NO [LIMIT] too many\r\n"), "NO [LIMIT] to a login.")
        .add("login-expired", says("{tag} NO [EXPIRED] too old\r\n"), "NO [EXPIRED] to a login.")
        .add(
            "login-privacy",
            says("{tag} NO [PRIVACYREQUIRED] not in clear text\r\n"),
            "NO [PRIVACYREQUIRED] to a login.")
        .add(
            "login-contact-admin",
            says("{tag} NO [CONTACTADMIN] ask them\r\n"),
            "NO [CONTACTADMIN] to a login.")
        .add(
            "login-bye",
            says("* BYE too many connections\r\n", Ending.CLOSE),
            "BYE instead of a reply to a login, then FIN.")
        .add("login-dropped", unanswered(Ending.CLOSE), "FIN instead of a reply to a login.")
        .add("login-stalled", unanswered(Ending.STALL), "No reply to a login.")
        .add(
            "login-answer-lost",
            new Fault.Partial(0, Ending.RESET),
            "The login worked, and RST comes instead of the reply.")
        .add(
            "login-without-capabilities",
            words("\\[CAPABILITY [^\\]]*\\] ", ""),
            "The OK to a login lists no capabilities.")
        .add(
            "login-capabilities-stripped",
            words("\\[CAPABILITY [^\\]]*\\]", "[CAPABILITY IMAP4rev1]"),
            "After the login the server can do nothing but IMAP4rev1.");
  }

  private static void authenticate(Catalogue at) {
    at.add(
            "auth-challenge-garbage",
            new Fault.Asked("+ %% no base64 %%\r\n", 1, "{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
            "A challenge that is no base64, then NO.")
        .add(
            "auth-challenge-endless",
            new Fault.Asked("+ \r\n", 1000, "{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
            "A thousand empty challenges, then NO.")
        .add(
            "auth-challenge-unanswered",
            new Fault.Asked("+ \r\n", 1, ""),
            "One challenge more, and nothing after it.");
  }

  private static void compress(Catalogue catalogue, long seed) {
    catalogue
        .at("COMPRESS")
        .add("compress-refused", says("{tag} NO not today\r\n"), "NO to COMPRESS.")
        .at("DEFLATE")
        .add(
            "deflate-bomb",
            new Fault.Bomb(LONG_LINE, GIBIBYTE_OF_LINES),
            "A GiB of untagged lines in some MiB of compressed stream.")
        .add(
            "deflate-garbage",
            new Fault.Garbage(seed, SMALL, Ending.CLOSE),
            "The compressed stream begins with random bytes, then FIN.");
  }
}
