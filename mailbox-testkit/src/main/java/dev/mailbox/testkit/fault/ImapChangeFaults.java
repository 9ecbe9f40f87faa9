// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import static dev.mailbox.testkit.fault.Catalogue.says;
import static dev.mailbox.testkit.fault.Catalogue.unanswered;
import static dev.mailbox.testkit.fault.Catalogue.without;

/** Commands that change what the server has, and the end. */
final class ImapChangeFaults {
  private ImapChangeFaults() {}

  static void addTo(Catalogue catalogue) {
    append(catalogue.at("APPEND"));
    store(catalogue.at("STORE", "UID STORE"));
    copy(catalogue.at("COPY", "UID COPY", "MOVE", "UID MOVE"));
    expunge(catalogue.at("EXPUNGE", "UID EXPUNGE"));
    catalogue
        .at("LOGOUT")
        .add("logout-dropped", unanswered(Ending.CLOSE), "FIN instead of BYE to LOGOUT.")
        .add("logout-stalled", unanswered(Ending.STALL), "No reply to LOGOUT.");
  }

  private static void append(Catalogue at) {
    at.add(
            "append-no-continuation",
            new Fault.AtLiteral("", Ending.STALL),
            "The client is never let send its literal.")
        .add(
            "append-refused",
            new Fault.AtLiteral("{tag} NO [TOOBIG] no\r\n", Ending.NONE),
            "NO [TOOBIG] where the client waits to send its literal.")
        .add(
            "append-closed",
            new Fault.AtLiteral("", Ending.CLOSE),
            "FIN where the client waits to send its literal.")
        .add(
            "append-deaf",
            new Fault.AtLiteral("+ go on\r\n", Ending.DEAF),
            "The client may send its literal, and nobody reads it.")
        .add("append-overquota", says("{tag} NO [OVERQUOTA] full\r\n"), "NO [OVERQUOTA].")
        .add("append-trycreate", says("{tag} NO [TRYCREATE] where\r\n"), "NO [TRYCREATE].")
        .add(
            "append-answer-lost",
            new Fault.Partial(0, Ending.CLOSE),
            "The message is appended, and FIN comes instead of the reply.")
        .add("append-pretended", says("{tag} OK appended\r\n"), "OK, and nothing is appended.");
  }

  private static void store(Catalogue at) {
    at.add("store-no", says("{tag} NO [NOPERM] no\r\n"), "NO [NOPERM] to STORE.")
        .add("store-pretended", says("{tag} OK stored\r\n"), "OK, and no flag is changed.")
        .add("store-untold", without("\\* [0-9]+ FETCH .*"), "The new flags are not told.")
        .add(
            "store-answer-lost",
            new Fault.Partial(0, Ending.CLOSE),
            "Flags are changed, and FIN comes instead of the reply.");
  }

  private static void copy(Catalogue at) {
    at.add("copy-no", says("{tag} NO [OVERQUOTA] full\r\n"), "NO [OVERQUOTA] to COPY or MOVE.")
        .add("copy-trycreate", says("{tag} NO [TRYCREATE] where\r\n"), "NO [TRYCREATE].")
        .add("copy-pretended", says("{tag} OK copied\r\n"), "OK, and nothing is copied or moved.")
        .add(
            "copy-answer-lost",
            new Fault.Partial(0, Ending.CLOSE),
            "It is copied or moved, and FIN comes instead of the reply.");
  }

  private static void expunge(Catalogue at) {
    at.add("expunge-no", says("{tag} NO [INUSE] later\r\n"), "NO [INUSE] to EXPUNGE.")
        .add("expunge-pretended", says("{tag} OK gone\r\n"), "OK, and nothing is removed.")
        .add("expunge-untold", without("\\* [0-9]+ EXPUNGE"), "What is removed is not told.")
        .add(
            "expunge-answer-lost",
            new Fault.Partial(0, Ending.CLOSE),
            "Messages are removed, and FIN comes instead of the reply.");
  }
}
