// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import java.util.Locale;

/** Text comparison without regard to case. */
final class Fold {
  private Fold() {}

  /** The text with differences of case removed, also those of letters with two lower cases. */
  static String fold(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
