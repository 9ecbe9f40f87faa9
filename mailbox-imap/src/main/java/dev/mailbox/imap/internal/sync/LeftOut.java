// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.spi.EntryState;
import dev.mailbox.wire.WireException;
import java.util.Map;

/**
 * Looks among the messages that a scope leaves out for those that are here by numbers of another
 * UIDVALIDITY: they stay, and can be read and acted on.
 */
final class LeftOut {
  private final FolderWork work;
  private final Messages fresh;
  private final KnownMessages known;

  LeftOut(FolderWork work, Messages fresh, KnownMessages known) {
    this.work = work;
    this.fresh = fresh;
    this.known = known;
  }

  /**
   * Gives those that are found their new keys.
   *
   * @return how many were found; -1 if the server did not let all be looked at
   */
  int recognize(Strangers strangers) throws WireException {
    Map<String, Fingerprints.Print> prints = strangers.prints();
    if (prints.isEmpty()) {
      return 0;
    }
    Map<String, Long> found;
    try {
      UidSet others = UidSet.range(1, UidSet.LARGEST).minus(lookedAt());
      found =
          Fingerprints.among(
                  work.session(),
                  Fingerprints.Range.of(others, prints.values()),
                  work.session().capabilities().marksCount())
              .take(prints);
    } catch (RejectedException e) {
      return -1;
    }
    found.forEach(this::rekey);
    strangers.recognized(found.keySet());
    return found.size();
  }

  /** Messages of which it is known which they are. */
  private UidSet lookedAt() {
    UidSet.Builder uids = UidSet.builder();
    for (int i = 0; i < fresh.count(); i++) {
      if (fresh.mark(i) != 0) {
        uids.add(fresh.uid(i));
      }
    }
    for (int i = 0; i < known.count(); i++) {
      if (known.state(i) != EntryState.LEFT) {
        uids.add(known.uid(i));
      }
    }
    return uids.build();
  }

  private void rekey(String before, long uid) {
    // It may have been noted as one that is not here.
    work.batch().forget(work.key(uid));
    work.batch().rekey(before, work.key(uid));
    work.commits().changed();
  }
}
