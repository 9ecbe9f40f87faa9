// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A message as a client sees it.
 *
 * @param uid its UID
 * @param flags flags and keywords in lower case, without {@code \Recent}
 * @param receivedAt when the server took it, to the second
 * @param size how many bytes the client says that it has
 * @param hash the SHA-256 of its bytes
 */
record Seen(long uid, Set<String> flags, Instant receivedAt, long size, String hash) {
  Seen {
    flags = Set.copyOf(flags);
  }

  /** The same without the mark for deletion. */
  Seen withoutMark() {
    Set<String> others = new HashSet<>(flags);
    others.remove("\\deleted");
    return new Seen(uid, others, receivedAt, size, hash);
  }

  static String hash(byte[] raw) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(raw));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
