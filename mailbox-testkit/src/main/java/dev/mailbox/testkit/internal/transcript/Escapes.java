// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.transcript;

/**
 * Bytes as printable text without loss, one char for each byte. CR, LF and TAB are {@code \r},
 * {@code \n} and {@code \t}, other bytes that are not printable {@code \xHH}, as is a space at the
 * end. A backslash is itself, so that flags of IMAP can be read, unless it would be taken for one
 * of these or for the end of the text: then it is two.
 */
public final class Escapes {
  private static final String CRLF = "\r\n";
  private static final String KINDS = "rntx\\";

  private Escapes() {}

  /** A line and the end it had; one that is not CRLF is written out, with a backslash behind it. */
  public static String line(String text, String end) {
    String written = escape(text) + (end.equals(CRLF) ? "" : escape(end) + "\\");
    // As it is, that would mean any bytes.
    return written.matches("<[0-9]+ bytes>.*") ? "\\x3C" + written.substring(1) : written;
  }

  /** Any bytes as text in one line. */
  public static String escape(String bytes) {
    var text = new StringBuilder(bytes.length() + 16);
    for (int i = 0; i < bytes.length(); i++) {
      escape(bytes, i, text);
    }
    return text.toString();
  }

  /**
   * The bytes of a text line, with CRLF unless a backslash ends it.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static String unescapeLine(String text) {
    boolean isOpen = endsOpen(text);
    return unescape(isOpen ? text.substring(0, text.length() - 1) : text) + (isOpen ? "" : CRLF);
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  public static String unescape(String text) {
    var bytes = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char each = text.charAt(at);
      char kind = each == '\\' && at + 1 < text.length() ? text.charAt(at + 1) : 0;
      if (each > '\u00ff') {
        throw new IllegalArgumentException("'" + each + "' is no byte; write its bytes as \\xHH");
      }
      if (KINDS.indexOf(kind) < 0) {
        bytes.append(each);
        at++;
      } else {
        bytes.append(kind == 'x' ? byteAt(text, at + 2) : plain(kind));
        at += kind == 'x' ? 4 : 2;
      }
    }
    return bytes.toString();
  }

  /** Where in a text so many of its bytes end; its length if it has no more. */
  public static int indexAfter(String text, int bytes) {
    int at = 0;
    for (int done = 0; done < bytes && at < text.length(); done++) {
      at += unitAt(text, at);
    }
    return Math.min(at, text.length());
  }

  /** Whether a backslash that is no part of an escape ends the text. */
  public static boolean endsOpen(String text) {
    int at = 0;
    while (at < text.length() - 1) {
      at += unitAt(text, at);
    }
    return at == text.length() - 1 && text.charAt(at) == '\\';
  }

  /** How many characters stand for the byte that begins there. */
  private static int unitAt(String text, int at) {
    boolean isEscape =
        text.charAt(at) == '\\'
            && at + 1 < text.length()
            && KINDS.indexOf(text.charAt(at + 1)) >= 0;
    return !isEscape ? 1 : text.charAt(at + 1) == 'x' ? 4 : 2;
  }

  private static void escape(String bytes, int at, StringBuilder text) {
    char each = bytes.charAt(at);
    switch (each) {
      case '\\' -> text.append(isAmbiguousAt(bytes, at + 1) ? "\\\\" : "\\");
      case '\r' -> text.append("\\r");
      case '\n' -> text.append("\\n");
      case '\t' -> text.append("\\t");
      default -> {
        if (isPlainAt(bytes, at)) {
          text.append(each);
        } else {
          text.append(String.format("\\x%02X", (int) each));
        }
      }
    }
  }

  /** Whether what is written next, or the end, would make an escape of a backslash before it. */
  private static boolean isAmbiguousAt(String bytes, int at) {
    return at == bytes.length() || !isPlainAt(bytes, at) || KINDS.indexOf(bytes.charAt(at)) >= 0;
  }

  private static boolean isPlainAt(String bytes, int at) {
    char each = bytes.charAt(at);
    return (each > ' ' && each <= '~') || (each == ' ' && at + 1 < bytes.length());
  }

  private static char plain(char kind) {
    return switch (kind) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> kind;
    };
  }

  private static char byteAt(String text, int at) {
    String digits = text.substring(at, Math.min(text.length(), at + 2));
    if (!digits.matches("[0-9A-Fa-f]{2}")) {
      throw new IllegalArgumentException("two hexadecimal digits must follow \\x");
    }
    return (char) Integer.parseInt(digits, 16);
  }
}
