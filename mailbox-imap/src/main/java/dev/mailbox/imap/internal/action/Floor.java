// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.imap.internal.command.FolderStatus;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.sync.Anchor;
import dev.mailbox.spi.Replica;
import java.util.Collection;
import java.util.Optional;

/**
 * Below what UID nothing in a folder is what an action has put there.
 *
 * @param uidValidity the folder's when the action was sent; 0 if that is not known
 * @param uid the first UID that can be
 */
record Floor(long uidValidity, long uid) {
  /** Nothing is known. */
  static final Floor NONE = new Floor(0, 1);

  Floor {
    if (uidValidity < 0 || uid < 1 || uid > UidSet.LARGEST) {
      throw new IllegalArgumentException("no UIDs: " + uidValidity + ", " + uid);
    }
  }

  /** What the server tells. */
  static Floor of(FolderStatus.Numbers numbers) {
    return numbers.areTold() ? new Floor(numbers.uidValidity(), numbers.uidNext()) : NONE;
  }

  /**
   * What the last synchronization tells. A message that looks the same, and that somebody else has
   * put there since, counts as the one that was sent: its content is there.
   */
  static Floor of(FolderPath path, Replica replica) {
    Anchor anchor = Anchor.parse(replica.folder(path).anchor());
    return anchor.isComplete() ? new Floor(anchor.uidValidity(), anchor.uidNext()) : NONE;
  }

  /** Above these keys; empty if there are none, or they are not of the same numbers. */
  Optional<Floor> raised(Collection<String> keys) {
    if (keys.isEmpty() || !UidKeys.areCurrent(keys, uidValidity)) {
      return Optional.empty();
    }
    long greatest = keys.stream().mapToLong(UidKeys::uid).max().orElse(0);
    return Optional.of(
        new Floor(uidValidity, Math.max(uid, Math.min(UidSet.LARGEST, greatest + 1))));
  }

  /** Reads what {@link #text} wrote; anything else counts as nothing. */
  static Floor parse(String text) {
    int colon = text.indexOf(':');
    try {
      return colon < 0
          ? NONE
          : new Floor(
              Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }

  String text() {
    return uidValidity + ":" + uid;
  }

  boolean isKnown() {
    return uidValidity != 0;
  }

  /** Whether it is about the numbers that a folder has now. */
  boolean isOf(long presentValidity) {
    return isKnown() && uidValidity == presentValidity;
  }
}
