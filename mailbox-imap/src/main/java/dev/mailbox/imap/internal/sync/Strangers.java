// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  private record Trait(ByteBuffer headerHash, long size) {
    static Trait of(byte[] headerHash, long size) {
      return new Trait(ByteBuffer.wrap(headerHash), size);
    }
  }

  private final Map<Trait, ArrayDeque<String>> byTrait = new HashMap<>();
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
      byTrait
          .computeIfAbsent(
              Trait.of(entry.headerHash(), entry.listedSize()), t -> new ArrayDeque<>(1))
          .add(entry.key());
    }
  }

  boolean isEmpty() {
    return byTrait.isEmpty() && nameless.isEmpty() && noted.isEmpty();
  }

  /** The key that a message had, if this is one of them; each is given once. */
  Optional<String> recognize(byte[] headerHash, long size) {
    ArrayDeque<String> keys = byTrait.get(Trait.of(headerHash, size));
    return keys == null ? Optional.empty() : Optional.ofNullable(keys.poll());
  }

  /** Whether a message is durable here and was being removed from the server. */
  boolean isUnconfirmed(String key) {
    return unconfirmed.contains(key);
  }

  /** The sizes of those that were not recognized. */
  Set<Long> sizes() {
    Set<Long> sizes = new HashSet<>();
    byTrait.forEach(
        (trait, keys) -> {
          if (!keys.isEmpty()) {
            sizes.add(trait.size());
          }
        });
    return sizes;
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
    byTrait.values().forEach(keys::addAll);
    return keys;
  }
}
