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
import java.util.function.Consumer;

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
    Matching matching = new Matching(listing, visitor);
    Survey survey = new Survey(listing, matching);
    replica.entries(folder, survey);
    if (!survey.matches()) {
      survey.doubtNewcomers();
      resolver.resolve(listing);
      replica.entries(folder, matching);
    }
    matching.finish();
  }

  /** Finds out which listed message each entry is. */
  private static final class Matching implements Consumer<RemoteEntry> {
    private final Listing listing;
    private final Visitor visitor;
    private final BitSet seen = new BitSet();
    private final List<RemoteEntry> unmatched = new ArrayList<>();

    Matching(Listing listing, Visitor visitor) {
      this.listing = listing;
      this.visitor = visitor;
    }

    @Override
    public void accept(RemoteEntry entry) {
      int index = listing.find(entry.key());
      if (index >= 0 && !seen.get(index)) {
        seen.set(index);
        visitor.known(index, entry);
      } else {
        unmatched.add(entry);
      }
    }

    void finish() {
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
   * Looks at all entries before any is matched, for what the keys of the listing may have to be
   * instead. Where each listed message has a UIDL of its own, and all that is remembered had one
   * too, there is nothing to see, and they are matched at once: hundreds of thousands are read once
   * then, not twice. The first entry tells, since the keys that are no UIDLs come before the
   * others.
   */
  private static final class Survey implements Consumer<RemoteEntry> {
    private final Listing listing;
    private final Matching matching;
    private final Set<Long> sizes = new HashSet<>();
    private final BitSet known = new BitSet();
    private boolean begun;
    private boolean matches;

    Survey(Listing listing, Matching matching) {
      this.listing = listing;
      this.matching = matching;
    }

    @Override
    public void accept(RemoteEntry entry) {
      if (!begun) {
        begun = true;
        matches = Keys.isUidl(entry.key()) && listing.ambiguous().length == 0;
      }
      if (matches) {
        matching.accept(entry);
      } else {
        look(entry);
      }
    }

    private void look(RemoteEntry entry) {
      Keys.Parts parts = Keys.parse(entry.key());
      int index = listing.find(entry.key());
      if (!parts.isUidl()) {
        sizes.add(parts.size());
      } else if (index >= 0) {
        known.set(index);
      }
    }

    /** Whether the entries have been matched. */
    boolean matches() {
      return matches;
    }

    /**
     * A message with a UIDL that is new may be one that had no UIDL of its own before, if one of
     * that size is remembered by its hash.
     */
    void doubtNewcomers() {
      for (int i = 0; !sizes.isEmpty() && i < listing.count(); i++) {
        if (!known.get(i) && sizes.contains(listing.size(i))) {
          listing.doubt(i);
        }
      }
    }
  }
}
