// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

/** How wide text is on a terminal, where East Asian letters and emoji take two columns. */
final class Columns {
  /** First and last code points of what is two columns wide (Unicode Standard Annex 11). */
  private static final int[][] WIDE = {
    {0x1100, 0x115f},
    {0x231a, 0x231b},
    {0x23e9, 0x23ec},
    {0x2e80, 0x303e},
    {0x3041, 0xa4cf},
    {0xa960, 0xa97f},
    {0xac00, 0xd7a3},
    {0xf900, 0xfaff},
    {0xfe30, 0xfe6f},
    {0xff00, 0xff60},
    {0xffe0, 0xffe6},
    {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff},
    {0x1f900, 0x1f9ff},
    {0x1fa70, 0x1faff},
    {0x20000, 0x3fffd}
  };

  private Columns() {}

  static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int[] range : WIDE) {
      if (c >= range[0] && c <= range[1]) {
        return 2;
      }
    }
    return 1;
  }

  /** The text in exactly so many columns: cut with an ellipsis, or filled with spaces. */
  static String fit(String text, int columns) {
    String cut = cut(text, columns);
    return cut + " ".repeat(columns - of(cut));
  }

  /** The text in at most so many columns, with an ellipsis if it was cut. */
  static String cut(String text, int columns) {
    if (text.length() * 2L <= columns || of(text) <= columns) {
      return text;
    }
    StringBuilder start = new StringBuilder();
    int used = 0;
    for (int c : text.codePoints().toArray()) {
      int width = of(c);
      if (used + width > columns - 1) {
        break;
      }
      start.appendCodePoint(c);
      used += width;
    }
    return start.append('…').toString();
  }
}
