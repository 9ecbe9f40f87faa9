// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.nio.charset.StandardCharsets;

/**
 * Turns bytes into text that is safe to print: one line, ASCII only. It can be read back: a
 * backslash is two where it would be taken for an escape.
 */
final class Escape {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Escape() {}

  static String utf8(String text) {
    return latin1(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
  }

  /** Escapes characters that each stand for one byte. */
  static String latin1(String bytes) {
    int plain = 0;
    while (plain < bytes.length() && isPlain(bytes.charAt(plain)) && bytes.charAt(plain) != '\\') {
      plain++;
    }
    if (plain == bytes.length()) {
      return bytes;
    }
    StringBuilder out = new StringBuilder(bytes.length() + 16).append(bytes, 0, plain);
    for (int i = plain; i < bytes.length(); i++) {
      append(out, bytes, i);
    }
    return out.toString();
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }

  /** Whether what is written next, or the end, would make an escape of a backslash before it. */
  private static boolean isAmbiguous(String bytes, int next) {
    return next == bytes.length()
        || !isPlain(bytes.charAt(next))
        || "rntx\\".indexOf(bytes.charAt(next)) >= 0;
  }

  private static void append(StringBuilder out, String bytes, int at) {
    char c = bytes.charAt(at);
    switch (c) {
      case '\\' -> out.append(isAmbiguous(bytes, at + 1) ? "\\\\" : "\\");
      case '\r' -> out.append("\\r");
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default -> {
        if (isPlain(c)) {
          out.append(c);
        } else {
          out.append("\\x").append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
        }
      }
    }
  }
}
