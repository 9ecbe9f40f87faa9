// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import java.security.SecureRandom;

/**
 * The tags of a session's commands: letters that nobody can guess, so that nobody can answer a
 * command before it was sent, and a number.
 */
final class Tags {
  private static final int LETTERS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String prefix;
  private int last;

  Tags() {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < LETTERS; i++) {
      letters.append((char) ('A' + RANDOM.nextInt(26)));
    }
    prefix = letters.toString();
  }

  String next() {
    return prefix + ++last;
  }
}
