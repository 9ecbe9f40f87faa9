// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

/**
 * Makes text that a stranger wrote fit for a terminal: escape sequences, other control characters
 * and what turns the direction of the rest of the line lose their effect.
 */
final class SafeText {
  private static final int REPLACEMENT = 0xfffd;

  private SafeText() {}

  /** One line: white space of any sort becomes single spaces. */
  static String line(String text) {
    return clean(text, false).strip().replaceAll(" {2,}", " ");
  }

  /** Several lines, each ending with LF; tabs stay. */
  static String block(String text) {
    String lines = clean(text.replace("\r\n", "\n").replace('\r', '\n'), true);
    return lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
  }

  private static String clean(String text, boolean keepLines) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().map(c -> safe(c, keepLines)).forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static int safe(int c, boolean keepLines) {
    if (c == '\n' || c == '\t') {
      return keepLines ? c : ' ';
    }
    if (c == '\r' || c == 0x2028 || c == 0x2029) {
      return keepLines ? '\n' : ' ';
    }
    boolean loneSurrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return isHarmful(c) || loneSurrogate ? REPLACEMENT : c;
  }

  /**
   * Whether a terminal may obey it or show it wrongly: C0, DEL, C1, line separators, and
   * embeddings, overrides and isolates of the bidirectional algorithm.
   */
  static boolean isHarmful(int c) {
    return Character.isISOControl(c)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069)
        || c == 0xfeff;
  }
}
