// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares replies bit by bit. */
final class Bits {
  private Bits() {}

  /**
   * Some bits of the content differ, at most eight, and nothing else does.
   *
   * @param words the reply with another content, so that words are where both are the same
   */
  static void assertFlipped(String right, String heard, String words) {
    int flipped = 0;
    for (int i = 0; i < right.length(); i++) {
      int difference = Integer.bitCount(right.charAt(i) ^ heard.charAt(i));
      boolean isWord = right.charAt(i) == words.charAt(i);
      assertThat(isWord ? difference : 0).isZero();
      flipped += difference;
    }
    assertThat(flipped).isBetween(1, 8);
  }
}
