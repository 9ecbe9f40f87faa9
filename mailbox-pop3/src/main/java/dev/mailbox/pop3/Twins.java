// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Messages without ids of their own that have size and header in common. Their order tells them
 * apart only as long as none of them goes, so which of them was deleted here cannot be known; it
 * matters not if all of them were. For one thread.
 */
final class Twins {
  private final Listing listing;
  private final Map<String, Integer> remembered = new HashMap<>();
  private final Map<String, Integer> requested = new HashMap<>();
  private final Set<String> spared = new HashSet<>();

  Twins(Listing listing) {
    this.listing = listing;
  }

  /** Takes note of an entry of the replica, listed or not. */
  void add(RemoteEntry entry) {
    if (listing.hasCopies()) {
      String name = name(entry);
      remembered.merge(name, 1, Integer::sum);
      requested.merge(name, entry.state() == EntryState.REMOVE ? 1 : 0, Integer::sum);
    }
  }

  /** Whether the entry may be that of another message than the one that is listed for it. */
  boolean isMistakable(int index, RemoteEntry entry) {
    if (!listing.isWeak(index)) {
      return false;
    }
    String name = name(entry);
    int known = remembered.getOrDefault(name, 0);
    return listing.copies(name) > known || requested.getOrDefault(name, 0) < known;
  }

  /** Nothing is done about an entry, nor, to keep the doubt alive, about its twins. */
  void spare(RemoteEntry entry) {
    spared.add(name(entry));
  }

  /** Whether the entry is one of those. */
  boolean isSpared(RemoteEntry entry) {
    return !spared.isEmpty() && spared.contains(name(entry));
  }

  private static String name(RemoteEntry entry) {
    return Keys.ofHash(Keys.parse(entry.key()).size(), entry.headerHash());
  }
}
