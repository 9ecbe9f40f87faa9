// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.command.FetchNumbers;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.grammar.FetchData;
import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.EntryState;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a folder holds, by comparing the server's UIDs and flags with those that are known
 * (RFC 4549 section 3): which messages are new, which have other flags, which are gone.
 *
 * <p>Ranges of UIDs are asked for piece by piece, several at a time, so that others can have the
 * session in between. Where single messages cannot be expunged, one that is marked as deleted
 * counts as gone.
 */
final class FolderListing implements FetchHandler {
  private static final int PIECE = 2000;
  private static final int LINE_BYTES = 120;
  private static final int SET_CHARS = 1000;
  private static final int MOST_INTERVALS = 1_000_000;

  private final FolderWork work;
  private final KnownMessages known;
  private final boolean boundsChanged;
  private final Messages fresh = new Messages();
  private final BitSet changed = new BitSet();
  private final List<Integer> removed = new ArrayList<>();
  private final UidSet.Builder undescribed = UidSet.builder();
  private final UidSet.Builder deleted = UidSet.builder();
  private int undescribedCount;
  private int unknown;
  private long cut = 1;
  private long outOfScope;
  private @Nullable Status refusal;

  FolderListing(FolderWork work, KnownMessages known, boolean boundsChanged) {
    this.work = work;
    this.known = known;
    this.boundsChanged = boundsChanged;
  }

  /** Messages that are not known, or whose arrival has to be looked at again. */
  Messages fresh() {
    return fresh;
  }

  /** Indexes of known messages that have other flags now. */
  BitSet changed() {
    return changed;
  }

  /** Indexes of known messages that are gone. */
  List<Integer> removed() {
    return removed;
  }

  /** How many messages were left out because there are enough newer ones. */
  long outOfScope() {
    return outOfScope;
  }

  /** Asks the server. */
  void read(Selected folder) throws WireException {
    if (folder.exists() > 0) {
      cut(folder);
      range(Math.max(cut, known.count() == 0 ? 1 : known.lastUid() + 1), folder);
      knownRange(folder);
      end();
      describe();
      lower(folder);
      end();
      fresh.sort();
    }
    outOfScope = unlisted(folder);
    infer();
  }

  private void cut(Selected folder) throws WireException {
    long newest = work.policy().newest();
    if (newest < folder.exists()) {
      cut = Math.max(1, FetchNumbers.uidOf(work.session(), folder.exists() - newest + 1));
    }
  }

  /** All from a UID on, if there is such a UID: the last of all has none behind it. */
  private void range(long from, Selected folder) throws WireException {
    if (from > UidSet.LARGEST) {
      return;
    }
    if (folder.uidNext() == 0) {
      ask(from + ":*", Fetch.DESCRIPTION, Math.min(folder.exists(), PIECE));
    } else {
      pieces(from, folder.uidNext() - 1, folder, Fetch.DESCRIPTION);
    }
  }

  private void knownRange(Selected folder) throws WireException {
    if (known.count() > 0) {
      pieces(known.firstUid(), known.lastUid(), folder, Fetch.FLAGS);
    }
  }

  /** Those below the first that is known, if the count says that there are some. */
  private void lower(Selected folder) throws WireException {
    if (known.count() > 0 && unlisted(folder) > 0 && cut < known.firstUid()) {
      pieces(cut, known.firstUid() - 1, folder, Fetch.DESCRIPTION);
    }
  }

  private boolean isDeleted(int flags) {
    return work.flags().get(flags).deleted() && work.session().capabilities().marksCount();
  }

  /** How many messages the server has not told of, of those that it has. */
  private long unlisted(Selected folder) {
    return Math.max(0, folder.exists() - known.seen() - unknown - deleted.build().size());
  }

  private void pieces(long from, long to, Selected folder, List<String> items)
      throws WireException {
    long span = Math.max(1, folder.uidNext() == 0 ? to : folder.uidNext());
    long step = Math.max(PIECE, span / Math.max(1, folder.exists()) * PIECE);
    for (long start = from; start <= to; start += step) {
      work.step();
      long end = Math.min(to, start + step - 1);
      ask(start + ":" + end, items, Math.min(end - start + 1, PIECE));
    }
  }

  private void ask(String uids, List<String> items, long messages) throws WireException {
    work.session().submit(new Fetch(uids, items, messages * LINE_BYTES, this, this::ended));
  }

  private void ended(Status status) {
    if (!status.isOk() && refusal == null) {
      refusal = status;
    }
  }

  /** Only a listing that is whole tells what is gone. */
  private void end() throws WireException {
    work.session().drain();
    Status no = refusal;
    if (no != null) {
      throw Failures.command(work.session().connection(), "list messages", no);
    }
  }

  /** Asks for more about messages of the known range that are not known. */
  private void describe() throws WireException {
    if (undescribedCount > 0) {
      for (UidSet piece : undescribed.build().chunks(PIECE, SET_CHARS)) {
        work.step();
        ask(piece.toString(), Fetch.DESCRIPTION, piece.size());
      }
      end();
    }
  }

  @Override
  public void fetched(FetchData data) throws WireException {
    if (data.uid() == 0 || !data.hasFlags()) {
      return;
    }
    int flags = work.flags().number(data.flags());
    if (work.flags().areTooMany()) {
      throw tooMany();
    }
    int index = known.find(data.uid());
    if (index >= 0) {
      known(index, flags, data);
    } else if (isDeleted(flags)) {
      note(deleted, data.uid());
    } else if (data.uid() >= cut) {
      unknown(data, flags);
    }
  }

  private void note(UidSet.Builder uids, long uid) throws WireException {
    if (uids.add(uid).ranges() > MOST_INTERVALS) {
      throw tooMany();
    }
  }

  private void known(int index, int flags, FetchData data) throws WireException {
    if (isDeleted(flags) && known.state(index) != EntryState.UNCONFIRMED) {
      note(deleted, data.uid());
      return;
    }
    boolean first = known.see(index);
    if (first && isLookedAtAgain(index)) {
      note(undescribed, data.uid());
      undescribedCount++;
    } else if (data.size() >= 0 && isLookedAtAgain(index)) {
      add(data, flags);
    }
    if (known.flags(index) != flags && known.state(index) != EntryState.LEFT) {
      if (!sameFlags(known.flags(index), flags)) {
        changed.set(index);
      }
      known.flags(index, flags);
    }
  }

  private boolean sameFlags(int before, int now) {
    return before >= 0 && work.flags().get(before).flags().equals(work.flags().get(now).flags());
  }

  /** What was left out, or left without its body, under other bounds than today's. */
  private boolean isLookedAtAgain(int index) {
    EntryState state = known.state(index);
    return boundsChanged && (state == EntryState.LEFT || state == EntryState.HEADER);
  }

  private void unknown(FetchData data, int flags) throws WireException {
    if (data.size() >= 0) {
      add(data, flags);
      unknown++;
    } else {
      note(undescribed, data.uid());
      undescribedCount++;
    }
  }

  private void add(FetchData data, int flags) throws WireException {
    long arrival = data.internalDate().map(Instant::getEpochSecond).orElse(Long.MIN_VALUE);
    if (!fresh.add(data.uid(), flags, data.size(), arrival)) {
      throw tooMany();
    }
  }

  private WireException tooMany() {
    return work.session().connection().garbled("the server lists messages without end");
  }

  /** Those that were not listed are looked for once more before they are taken for gone. */
  private void infer() throws WireException {
    UidSet.Builder missing = UidSet.builder();
    int count = 0;
    for (int i = 0; i < known.count(); i++) {
      if (!known.isSeen(i)) {
        missing.add(known.uid(i));
        count++;
      }
    }
    if (count == 0) {
      return;
    }
    UidSet still = stillThere(missing.build());
    for (int i = 0; i < known.count(); i++) {
      if (!known.isSeen(i) && !still.contains(known.uid(i))) {
        removed.add(i);
      }
    }
  }

  private UidSet stillThere(UidSet missing) throws WireException {
    if (work.session().selected().map(Selected::exists).orElse(0L) == 0) {
      return UidSet.empty();
    }
    UidSet still = UidSet.empty();
    for (UidSet piece : missing.chunks(Integer.MAX_VALUE, SET_CHARS)) {
      work.step();
      still = still.union(Search.present(work.session(), piece));
    }
    return still;
  }
}
