// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.command.Expunge;
import dev.mailbox.imap.internal.command.Refusals;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.command.Store;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.wire.WireException;
import java.util.List;

/**
 * Removes messages of the folder that a session is in: marks them as deleted, expunges those and no
 * others, and looks whether they are gone, whatever the server said that it did. On a server that
 * cannot expunge single messages (RFC 4315) the mark counts as removal.
 */
public final class Removals {
  /** The mark. */
  public static final String DELETED = "\\Deleted";

  private Removals() {}

  /** Whether a folder keeps the mark, without which nothing can be removed. */
  public static boolean arePossible(Selected folder) {
    return folder.keeps(DELETED);
  }

  /**
   * Removes as many as fit into a command.
   *
   * @param refusals takes the answers
   * @return those that are still there; they are marked no more, so that they do not go when
   *     somebody else expunges
   */
  public static UidSet remove(ImapSession session, UidSet uids, Refusals refusals)
      throws WireException {
    Store.add(session, uids.toString(), List.of(DELETED), refusals);
    session.drain();
    if (refusals.first().isEmpty() && session.capabilities().uidPlus()) {
      Expunge.uids(session, uids.toString(), refusals);
    }
    UidSet left = left(session, uids, refusals);
    if (!left.isEmpty()) {
      Store.remove(session, left.toString(), List.of(DELETED), status -> {});
      session.drain();
    }
    return left;
  }

  private static UidSet left(ImapSession session, UidSet uids, Refusals refusals)
      throws WireException {
    try {
      return Search.present(session, uids);
    } catch (RejectedException e) {
      // A server that cannot be asked is taken at its word.
      return refusals.first().isPresent() ? uids : UidSet.empty();
    }
  }
}
