// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.util.Locale;
import java.util.Optional;

/**
 * A status response (RFC 9051 section 7.1), tagged or not.
 *
 * @param kind what it says
 * @param code the name of its response code in capitals, or empty
 * @param argument what follows that name
 * @param text the text for people, each character one byte
 */
public record Status(Kind kind, String code, String argument, String text) {
  private static final int LONGEST_SHOWN = 300;

  /** The sorts of status. */
  public enum Kind {
    /** Done, or information. */
    OK,
    /** Refused, or a warning. */
    NO,
    /** Not understood. */
    BAD,
    /** The server is about to close. */
    BYE,
    /** The greeting of a connection that is logged in already. */
    PREAUTH
  }

  /** Reads what follows the kind. */
  static Status of(Kind kind, String rest) {
    if (!rest.startsWith("[")) {
      return new Status(kind, "", "", rest);
    }
    int end = rest.indexOf(']');
    String inside = end < 0 ? rest.substring(1) : rest.substring(1, end);
    int space = inside.indexOf(' ');
    String name = space < 0 ? inside : inside.substring(0, space);
    String argument = space < 0 ? "" : inside.substring(space + 1);
    String text = end < 0 ? "" : rest.substring(end + 1).strip();
    return new Status(kind, name.toUpperCase(Locale.ROOT), argument, text);
  }

  /** The kind of that name, if it is one. */
  static Optional<Kind> kind(String name) {
    return switch (name) {
      case "OK" -> Optional.of(Kind.OK);
      case "NO" -> Optional.of(Kind.NO);
      case "BAD" -> Optional.of(Kind.BAD);
      case "BYE" -> Optional.of(Kind.BYE);
      case "PREAUTH" -> Optional.of(Kind.PREAUTH);
      default -> Optional.empty();
    };
  }

  /** Whether it says yes. */
  public boolean isOk() {
    return kind == Kind.OK;
  }

  /** Whether it has this response code. */
  public boolean has(String name) {
    return code.equals(name);
  }

  /** Code and text, fit to be shown: printable ASCII and not long. */
  public String shown() {
    String whole = code.isEmpty() ? text : ("[" + code + "] " + text).strip();
    String cut = whole.length() > LONGEST_SHOWN ? whole.substring(0, LONGEST_SHOWN) : whole;
    return cut.replaceAll("[^ -~]", "?").strip();
  }
}
