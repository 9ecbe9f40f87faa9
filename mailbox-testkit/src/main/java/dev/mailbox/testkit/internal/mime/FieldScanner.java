// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.mime;

/** Reads a structured field piece by piece, past comments and quotes (RFC 5322, section 3.2). */
final class FieldScanner {
  private final String text;
  private int position;
  private char last;

  FieldScanner(String text) {
    this.text = text;
  }

  boolean hasNext() {
    return position < text.length();
  }

  /** Whether the last piece ended at this character. */
  boolean lastWas(char delimiter) {
    return last == delimiter;
  }

  /**
   * What stands before one of these characters, without quotes, comments and space around; space
   * inside quotes stays.
   */
  String until(char... delimiters) {
    var piece = new StringBuilder();
    int quoted = 0;
    last = 0;
    while (hasNext()) {
      char each = text.charAt(position++);
      if (each == '"') {
        quoted(piece);
        quoted = piece.length();
      } else if (each == '(') {
        comment();
      } else if (isAmong(each, delimiters)) {
        last = each;
        break;
      } else if (!piece.isEmpty() || !Character.isWhitespace(each)) {
        piece.append(each);
      }
    }
    return piece.substring(0, quoted) + piece.substring(quoted).stripTrailing();
  }

  private void quoted(StringBuilder piece) {
    while (hasNext()) {
      char each = text.charAt(position++);
      if (each == '"') {
        return;
      }
      boolean escaped = each == '\\' && hasNext();
      piece.append(escaped ? text.charAt(position++) : each);
    }
  }

  private void comment() {
    int depth = 1;
    while (hasNext() && depth > 0) {
      char each = text.charAt(position++);
      if (each == '\\' && hasNext()) {
        position++;
      } else if (each == '(') {
        depth++;
      } else if (each == ')') {
        depth--;
      }
    }
  }

  private static boolean isAmong(char each, char... delimiters) {
    for (char delimiter : delimiters) {
      if (each == delimiter) {
        return true;
      }
    }
    return false;
  }
}
