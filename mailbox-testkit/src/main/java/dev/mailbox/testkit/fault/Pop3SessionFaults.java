// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import static dev.mailbox.testkit.fault.Catalogue.after;
import static dev.mailbox.testkit.fault.Catalogue.before;
import static dev.mailbox.testkit.fault.Catalogue.says;
import static dev.mailbox.testkit.fault.Catalogue.unanswered;
import static dev.mailbox.testkit.fault.Catalogue.without;
import static dev.mailbox.testkit.fault.Catalogue.words;

/** From the greeting to the login. */
final class Pop3SessionFaults {
  private static final int SMALL = 64;

  private Pop3SessionFaults() {}

  static void addTo(Catalogue catalogue, long seed) {
    greeting(catalogue.at("CONNECT"), seed);
    capa(catalogue.at("CAPA"));
    stls(catalogue.at("STLS"));
    ImapSessionFaults.tls(catalogue.at("TLS"), seed);
    login(catalogue.at("PASS", "AUTH", "APOP"));
    catalogue
        .at("AUTH")
        .add(
            "auth-challenge-garbage",
            new Fault.Asked("+ %% no base64 %%\r\n", 1, "-ERR [AUTH] no\r\n"),
            "A challenge that is no base64, then -ERR.")
        .add(
            "auth-challenge-endless",
            new Fault.Asked("+ \r\n", 1000, "-ERR [AUTH] no\r\n"),
            "A thousand empty challenges, then -ERR.");
  }

  private static void greeting(Catalogue at, long seed) {
    at.add(
            "greeting-err",
            says("-ERR [SYS/TEMP] too busy\r\n", Ending.CLOSE),
            "The greeting is -ERR, then FIN.")
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
        .add("greeting-cut", new Fault.Partial(3, Ending.CLOSE), "FIN after three bytes.")
        .add("greeting-without-end", words("\r\n\\z", ""), "The greeting has no end of line.");
  }

  private static void capa(Catalogue at) {
    at.add("capa-refused", says("-ERR what is that\r\n"), "-ERR to CAPA.")
        .add("capa-stls-stripped", without("STLS"), "CAPA does not list STLS.")
        .add("capa-uidl-stripped", without("UIDL"), "CAPA does not list UIDL.")
        .add("capa-empty", says("+OK nothing\r\n.\r\n"), "CAPA lists nothing.")
        .add("capa-unterminated", without("\\."), "CAPA does not come to an end.");
  }

  private static void stls(Catalogue at) {
    at.add(
            "stls-injected-before",
            before("+OK injected\r\n"),
            "A line in clear text before the reply to STLS, which takes its place.")
        .add(
            "stls-injected-after",
            after("+OK injected\r\n"),
            "A line in clear text behind the reply to STLS.")
        .add("stls-refused", says("-ERR not today\r\n"), "-ERR to STLS.")
        .add(
            "stls-not-followed",
            says("+OK begin TLS\r\n", Ending.STALL),
            "+OK to STLS, and nothing more.")
        .add("stls-closed", says("+OK begin TLS\r\n", Ending.CLOSE), "+OK to STLS, then FIN.");
  }

  private static void login(Catalogue at) {
    at.add("login-wrong", says("-ERR [AUTH] no\r\n"), "-ERR [AUTH] to a login.")
        .add("login-no", says("-ERR no\r\n"), "-ERR without a code to a login.")
        .add("login-in-use", says("-ERR [IN-USE] wait\r\n"), "The maildrop is locked: [IN-USE].")
        .add("login-delay", says("-ERR [LOGIN-DELAY] wait\r\n"), "-ERR [LOGIN-DELAY].")
        .add("login-sys-temp", says("-ERR [SYS/TEMP] later\r\n"), "-ERR [SYS/TEMP] to a login.")
        .add("login-sys-perm", says("-ERR [SYS/PERM] never\r\n"), "-ERR [SYS/PERM] to a login.")
        .add("login-dropped", unanswered(Ending.CLOSE), "FIN instead of a reply to a login.")
        .add("login-stalled", unanswered(Ending.STALL), "No reply to a login.")
        .add(
            "login-answer-lost",
            new Fault.Partial(0, Ending.RESET),
            "The login worked, and RST comes instead of the reply.");
  }
}
