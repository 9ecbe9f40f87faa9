// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

/** Reads the wire form of a {@link UidSet}. Refusals do not repeat the text. */
final class UidSetParser {
  private final String text;
  private int at;

  private UidSetParser(String text) {
    this.text = text;
  }

  static UidSet parse(String text) {
    return new UidSetParser(text).parse();
  }

  private UidSet parse() {
    UidSet.Builder set = UidSet.builder();
    int elements = 0;
    do {
      if (++elements > UidSet.MOST_RANGES) {
        throw new IllegalArgumentException("a set of UIDs with too many elements");
      }
      long first = uid();
      set.addRange(first, skip(':') ? uid() : first);
    } while (skip(','));
    if (at < text.length()) {
      throw malformed();
    }
    return set.build();
  }

  private boolean skip(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  /** A number that does not begin with 0 and fits. */
  private long uid() {
    long value = 0;
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      value = 10 * value + text.charAt(at++) - '0';
      if (value == 0 || value > UidSet.LARGEST) {
        throw malformed();
      }
    }
    if (at == start) {
      throw malformed();
    }
    return value;
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not a set of UIDs");
  }
}
