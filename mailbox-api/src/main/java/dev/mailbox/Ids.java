// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import java.util.regex.Pattern;

/** What the ids' texts have in common. */
final class Ids {
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9.-]{1,100}");

  private Ids() {}

  static void check(String value) {
    if (!TEXT.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not an id: 1 to 100 letters, digits, '.' or '-' expected");
    }
  }
}
