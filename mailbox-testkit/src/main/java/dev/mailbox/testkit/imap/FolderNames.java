// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import dev.mailbox.testkit.internal.names.ModifiedUtf7;
import java.util.Locale;

/** Folder names between what tests say and what is sent. */
final class FolderNames {
  private FolderNames() {}

  /** INBOX in capitals, whatever the case; other names as they are. */
  static String canonical(String name, char delimiter) {
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals("INBOX") || upper.startsWith("INBOX" + delimiter)
        ? "INBOX" + name.substring(5)
        : name;
  }

  static String encode(String name) {
    return ModifiedUtf7.encode(name);
  }

  static String decode(String wire) throws Refusal {
    try {
      return ModifiedUtf7.decode(wire);
    } catch (IllegalArgumentException e) {
      throw Refusal.no("[CANNOT] a folder's name that is not modified UTF-7");
    }
  }
}
