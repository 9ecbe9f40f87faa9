// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import java.security.SecureRandom;

/**
 * The tags of a session's commands: letters that nobody can guess, not even from the tags before,
 * so that nobody can answer a command before it was sent; and a number, for people to count by.
 */
final class Tags {
  private static final int LETTERS = 5;
  private static final SecureRandom RANDOM = new SecureRandom();

  private int last;

  String next() {
    StringBuilder tag = new StringBuilder();
    for (int i = 0; i < LETTERS; i++) {
      tag.append((char) ('A' + RANDOM.nextInt(26)));
    }
    return tag.append(++last).toString();
  }
}
