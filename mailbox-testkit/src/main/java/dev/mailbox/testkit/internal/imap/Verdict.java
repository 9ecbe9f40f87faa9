// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.names.ModifiedUtf7;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.internal.words.Wording;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What follows the tag of a reply, in the words of the server. */
final class Verdict {
  private static final Set<String> WITH_OWN_WORDS = Set.of("LOGIN", "AUTHENTICATE", "LOGOUT");
  private static final Set<String> NO_WORDS = Set.of("NOOP", "ID");

  private Verdict() {}

  /** That a command was obeyed, which told this, with a code or without. */
  static String ok(SessionState session, ImapCommand command, String told) {
    Wording wording = session.server().wording();
    String name = command.name();
    String words = wording.of(ImapPhrase.COMPLETED);
    boolean opened = name.equals("SELECT") || name.equals("EXAMINE");
    if (opened && !wording.of(ImapPhrase.SELECTED).isEmpty()) {
      words = wording.of(ImapPhrase.SELECTED);
    }
    if (WITH_OWN_WORDS.contains(name)) {
      return ("OK " + filled(session, name, told)).stripTrailing();
    }
    if (words.isEmpty()) {
      return "OK " + told;
    }
    int code = told.startsWith("[") ? told.indexOf(']') + 1 : 0;
    return "OK " + told.substring(0, code) + (code > 0 ? " " : "") + filled(session, name, words);
  }

  /** That it was not. */
  static String refused(SessionState session, ImapCommand command, Refusal refusal) {
    Wording wording = session.server().wording();
    String status = session.server().has(Quirk.NO_FOR_BAD) ? "NO" : refusal.status();
    return status + " " + filled(session, command.name(), words(session, wording, refusal));
  }

  /** That it could not even be read. */
  static String unreadable(SessionState session, ImapCommand command, String problem) {
    String words = session.server().wording().of(ImapPhrase.BAD_ARGUMENTS);
    String status = session.server().has(Quirk.NO_FOR_BAD) ? "NO " : "BAD ";
    return status + (words.isEmpty() ? problem : filled(session, command.name(), words));
  }

  private static String words(SessionState session, Wording wording, Refusal refusal) {
    boolean early =
        refusal.isAbout(ImapPhrase.UNKNOWN_COMMAND) || refusal.isAbout(ImapPhrase.WRONG_STATE);
    String own = "";
    if (early && !session.isLoggedIn()) {
      own = wording.of(ImapPhrase.BEFORE_LOGIN);
    } else if (refusal.isViolation() && refusal.text(wording).isEmpty()) {
      own = wording.of(ImapPhrase.BAD_ARGUMENTS);
    }
    return own.isEmpty() ? refusal.text(wording).orElse(refusal.text()) : own;
  }

  private static String filled(SessionState session, String command, String words) {
    String last = command.substring(command.lastIndexOf(' ') + 1);
    String sentence =
        NO_WORDS.contains(last) || last.isEmpty()
            ? last
            : last.charAt(0) + last.substring(1).toLowerCase(Locale.ROOT);
    String folder = ModifiedUtf7.encode(session.folder());
    return Wording.filled(
        words,
        Map.of(
            "command", command,
            "verb", last,
            "Command", sentence,
            "user", session.user(),
            "folder", folder));
  }
}
