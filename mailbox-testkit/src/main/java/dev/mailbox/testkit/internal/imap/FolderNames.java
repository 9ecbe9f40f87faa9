// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.imap.SessionState.Enabled;
import dev.mailbox.testkit.internal.names.ModifiedUtf7;
import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.words.ImapPhrase;

/** Folder names between what tests say and what is sent. */
final class FolderNames {
  private FolderNames() {}

  /** As a string in the encoding that the session has asked for. */
  static String quoted(String name, SessionState session) {
    if (session.isEnabled(Enabled.UTF8)) {
      String bytes = new String(name.getBytes(UTF_8), ISO_8859_1);
      return new ImapValue.Quoted(bytes).toString();
    }
    return new ImapValue.Quoted(ModifiedUtf7.encode(name)).toString();
  }

  /** That something cannot be done with the folder, which is named as on the wire. */
  static Refusal refusal(ImapPhrase phrase, String name) {
    return Refusal.no(phrase, "folder", ModifiedUtf7.encode(name));
  }

  static String decode(String wire, boolean utf8) throws Refusal {
    boolean ascii = wire.chars().allMatch(c -> c < 128);
    if (utf8 && !(ascii && wire.contains("&"))) {
      return new String(wire.getBytes(ISO_8859_1), UTF_8);
    }
    try {
      return ModifiedUtf7.decode(wire);
    } catch (IllegalArgumentException e) {
      throw Refusal.no("[CANNOT] a folder's name that is not modified UTF-7");
    }
  }
}
