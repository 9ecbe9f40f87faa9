// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Slice;
import java.util.Locale;
import java.util.Optional;

/**
 * The line that answers a command (RFC 1939 section 3), with its response code if it has one (RFC
 * 2449 section 8).
 *
 * @param kind what it says
 * @param text what follows, each character one byte
 */
record Status(Kind kind, String text) {
  private static final int LONGEST_SHOWN = 200;

  /** The three sorts of answer. */
  enum Kind {
    OK,
    ERR,
    /** A challenge of AUTH (RFC 5034 section 4). */
    CONTINUE
  }

  /** Reads a line; empty if it is no status line. */
  static Optional<Status> of(Slice line) {
    if (isWord(line, "+OK")) {
      return Optional.of(new Status(Kind.OK, rest(line, 3)));
    }
    if (isWord(line, "-ERR")) {
      return Optional.of(new Status(Kind.ERR, rest(line, 4)));
    }
    return isWord(line, "+")
        ? Optional.of(new Status(Kind.CONTINUE, rest(line, 1)))
        : Optional.empty();
  }

  private static boolean isWord(Slice line, String word) {
    int length = word.length();
    return line.startsWith(word) && (line.length() == length || line.at(length) == ' ');
  }

  private static String rest(Slice line, int from) {
    return line.length() == from ? "" : line.text().substring(from + 1);
  }

  boolean isOk() {
    return kind == Kind.OK;
  }

  boolean isContinue() {
    return kind == Kind.CONTINUE;
  }

  /** The response code in capitals, such as {@code IN-USE} or {@code SYS/TEMP}; empty if none. */
  String code() {
    int end = text.indexOf(']');
    return text.startsWith("[") && end > 0
        ? text.substring(1, end).toUpperCase(Locale.ROOT).strip()
        : "";
  }

  /** The text, fit to be shown: printable ASCII and not long. */
  String shown() {
    String cut = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) : text;
    return cut.replaceAll("[^ -~]", "?").strip();
  }
}
