// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Slice;

/** Numbers in a listing, read without a string for each. */
final class Decimal {
  private static final int MOST_DIGITS = 18;

  private Decimal() {}

  /** The number between two places of a line; -1 if it is none, or above {@code most}. */
  static long read(Slice line, int from, int to, long most) {
    if (from >= to || to - from > MOST_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = line.at(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= most ? value : -1;
  }
}
