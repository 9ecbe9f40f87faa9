// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells which of the listed messages the replica knows.
 *
 * <p>Mostly the key says it. It does not where a UIDL was unique and is not any more, or the other
 * way round, or where the server has lost its UIDLs or got them: then size and header hash say it,
 * so that no message is taken for new only because its name has changed.
 */
final class Recognition {
  private final Replica replica;
  private final FolderPath folder;

  Recognition(Replica replica, FolderPath folder) {
    this.replica = replica;
    this.folder = folder;
  }

  /** What is done with what the replica remembers. Called within a read of the replica. */
  interface Visitor {
    /** This listed message is known. */
    void known(int index, RemoteEntry entry);

    /** This is not listed any more. */
    void gone(RemoteEntry entry);
  }

  /** Resolves keys where it must be, and visits everything that the replica remembers. */
  void visit(Listing listing, KeyResolver resolver, Visitor visitor) throws WireException {
    doubtNewcomers(listing);
    resolver.resolve(listing);
    BitSet seen = new BitSet();
    List<RemoteEntry> unmatched = new ArrayList<>();
    replica.entries(
        folder,
        entry -> {
          int index = listing.find(entry.key());
          if (index >= 0 && !seen.get(index)) {
            seen.set(index);
            visitor.known(index, entry);
          } else {
            unmatched.add(entry);
          }
        });
    for (RemoteEntry entry : unmatched) {
      int index = adopt(listing, seen, entry);
      if (index >= 0) {
        seen.set(index);
        visitor.known(index, entry);
      } else {
        visitor.gone(entry);
      }
    }
  }

  private static int adopt(Listing listing, BitSet seen, RemoteEntry entry) {
    int index = listing.findByHash(entry.key(), entry.headerHash());
    if (index < 0 || seen.get(index)) {
      return -1;
    }
    listing.rename(index, entry.key());
    return index;
  }

  /**
   * A message with a UIDL that is new may be one that had no UIDL of its own before, if one of that
   * size is remembered by its hash.
   */
  private void doubtNewcomers(Listing listing) {
    Set<Long> sizes = new HashSet<>();
    BitSet known = new BitSet();
    replica.entries(
        folder,
        entry -> {
          Keys.Parts parts = Keys.parse(entry.key());
          int index = listing.find(entry.key());
          if (!parts.isUidl()) {
            sizes.add(parts.size());
          } else if (index >= 0) {
            known.set(index);
          }
        });
    for (int i = 0; !sizes.isEmpty() && i < listing.count(); i++) {
      if (!known.get(i) && sizes.contains(listing.size(i))) {
        listing.doubt(i);
      }
    }
  }
}
