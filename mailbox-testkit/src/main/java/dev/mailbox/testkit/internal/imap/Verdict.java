// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.internal.names.ModifiedUtf7;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.words.ImapPhrase;
import dev.mailbox.testkit.internal.words.Wording;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What follows the tag of a reply, in the words of the server. */
final class Verdict {
  private static final Set<String> NO_WORDS = Set.of("NOOP", "ID");
  private static final String OTHER_CODE = "^\\[(?!TRYCREATE\\]|ALERT\\])[^\\]]*\\] *";

  private Verdict() {}

  /** That a command was obeyed, which told this, with a code or without. */
  static String ok(SessionState session, ImapCommand command, String told) {
    Wording wording = session.server().wording();
    Map<String, String> known = known(session, command);
    return switch (command.name()) {
      case "LOGIN", "AUTHENTICATE" -> {
        known.put("capabilities", session.server().capabilities(session.connection(), true));
        yield "OK " + wording.say(ImapPhrase.LOGGED_IN, known);
      }
      case "LOGOUT" -> ("OK " + wording.say(ImapPhrase.LOGGED_OUT, known)).stripTrailing();
      case "SELECT", "EXAMINE" -> {
        String words = wording.say(ImapPhrase.SELECTED, known);
        yield ok(told, words.isEmpty() ? wording.say(ImapPhrase.COMPLETED, known) : words);
      }
      default -> ok(told, wording.say(ImapPhrase.COMPLETED, known));
    };
  }

  private static String ok(String told, String words) {
    int code = told.startsWith("[") ? told.indexOf(']') + 1 : 0;
    return words.isEmpty()
        ? "OK " + told
        : "OK " + told.substring(0, code) + (code > 0 ? " " : "") + words;
  }

  /** That it was not. */
  static String refused(SessionState session, ImapCommand command, Refusal refusal) {
    String status = session.server().has(Quirk.NO_FOR_BAD) ? "NO" : refusal.status();
    String words = words(session, command, refusal);
    boolean few = session.server().has(Quirk.FEW_CODES);
    return status + " " + (few ? words.replaceFirst(OTHER_CODE, "") : words);
  }

  /** That it could not even be read. */
  static String unreadable(SessionState session, ImapCommand command, String problem) {
    Wording wording = session.server().wording();
    String words = wording.say(ImapPhrase.BAD_ARGUMENTS, known(session, command));
    String status = session.server().has(Quirk.NO_FOR_BAD) ? "NO " : "BAD ";
    return status + (words.isEmpty() ? problem : words);
  }

  private static String words(SessionState session, ImapCommand command, Refusal refusal) {
    Wording wording = session.server().wording();
    Map<String, String> known = known(session, command);
    Optional<String> phrased = refusal.text(wording, known);
    boolean early =
        refusal.isAbout(ImapPhrase.UNKNOWN_COMMAND) || refusal.isAbout(ImapPhrase.WRONG_STATE);
    String own = "";
    if (early && !session.isLoggedIn()) {
      own = wording.say(ImapPhrase.BEFORE_LOGIN, known);
    } else if (refusal.isViolation() && phrased.isEmpty()) {
      own = wording.say(ImapPhrase.BAD_ARGUMENTS, known);
    }
    return own.isEmpty() ? phrased.orElse(refusal.text()) : own;
  }

  /** What the words of a reply to that command may speak of; the end of IDLE answers IDLE. */
  private static Map<String, String> known(SessionState session, ImapCommand command) {
    String name = command.name().equals("DONE") ? "IDLE" : command.name();
    String last = name.substring(name.lastIndexOf(' ') + 1);
    String sentence =
        NO_WORDS.contains(last) || last.isEmpty()
            ? last
            : last.charAt(0) + last.substring(1).toLowerCase(Locale.ROOT);
    Map<String, String> known = new HashMap<>();
    known.put("command", name);
    known.put("verb", last);
    known.put("Command", sentence);
    known.put("user", session.user());
    known.put("folder", ModifiedUtf7.encode(session.folder()));
    return known;
  }
}
