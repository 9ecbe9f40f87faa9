// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages that the replica knows by keys that mean nothing any more, since the server has numbered
 * its messages anew. They are known again by the hash of their whole header and their size, one to
 * one; those that are alike in both may change places. What is not found so is another message.
 */
final class Strangers {
  private final Map<Print, ArrayDeque<String>> byPrint = new HashMap<>();
  private final Set<String> unconfirmed = new HashSet<>();
  private final List<String> nameless = new ArrayList<>();
  private final List<String> noted = new ArrayList<>();

  void add(RemoteEntry entry) {
    if (entry.state() == EntryState.UNCONFIRMED) {
      unconfirmed.add(entry.key());
    }
    if (entry.state() == EntryState.LEFT) {
      noted.add(entry.key());
    } else if (entry.headerHash().length == 0) {
      nameless.add(entry.key());
    } else {
      byPrint
          .computeIfAbsent(
              Print.of(entry.headerHash(), entry.listedSize()), p -> new ArrayDeque<>(1))
          .add(entry.key());
    }
  }

  boolean isEmpty() {
    return byPrint.isEmpty() && nameless.isEmpty() && noted.isEmpty();
  }

  /** The key that a message had, if this is one of them; each is given once. */
  Optional<String> recognize(byte[] headerHash, long size) {
    ArrayDeque<String> keys = byPrint.get(Print.of(headerHash, size));
    return keys == null ? Optional.empty() : Optional.ofNullable(keys.poll());
  }

  /** Whether a message is durable here and was being removed from the server. */
  boolean isUnconfirmed(String key) {
    return unconfirmed.contains(key);
  }

  /** What those look like that were not recognized, by their keys. */
  Map<String, Print> prints() {
    Map<String, Print> prints = new LinkedHashMap<>();
    byPrint.forEach((print, keys) -> keys.forEach(key -> prints.put(key, print)));
    return prints;
  }

  /** Notes that these were recognized. */
  void recognized(Set<String> keys) {
    byPrint.values().forEach(left -> left.removeAll(keys));
  }

  /**
   * Those that were not recognized.
   *
   * @param knowable whether only those that could have been
   */
  List<String> left(boolean knowable) {
    List<String> keys = new ArrayList<>(noted);
    if (!knowable) {
      keys.addAll(nameless);
    }
    byPrint.values().forEach(keys::addAll);
    return keys;
  }
}
