// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import java.util.HexFormat;

/**
 * The keys by which the replica knows messages: a letter, the listed size, and what tells messages
 * of that size apart. {@code u5441 uidl} is a message with a UIDL of its own; {@code h5441 hash}
 * one that has none, or one that other messages have too, and is known by the hash of its header.
 */
final class Keys {
  private static final char UIDL = 'u';
  private static final char HASH = 'h';

  private Keys() {}

  /** The parts of a key. */
  record Parts(boolean isUidl, long size, String rest) {}

  static String ofUidl(long size, String uidl) {
    return UIDL + Long.toString(size) + ' ' + uidl;
  }

  static String ofHash(long size, byte[] headerHash) {
    return HASH + Long.toString(size) + ' ' + HexFormat.of().formatHex(headerHash);
  }

  /** Whether a key has a UIDL; those that have none sort before those that have. */
  static boolean isUidl(String key) {
    return parse(key).isUidl();
  }

  /** Reads a key; one of another form has size -1. */
  static Parts parse(String key) {
    int space = key.indexOf(' ');
    if (space < 2 || space > 19) {
      return new Parts(false, -1, "");
    }
    try {
      long size = Long.parseLong(key, 1, space, 10);
      return new Parts(key.charAt(0) == UIDL, size, key.substring(space + 1));
    } catch (NumberFormatException e) {
      return new Parts(false, -1, "");
    }
  }
}
