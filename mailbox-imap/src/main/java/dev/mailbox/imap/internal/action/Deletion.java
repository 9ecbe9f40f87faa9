// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.imap.internal.command.Expunge;
import dev.mailbox.imap.internal.command.Store;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Removes messages for good: marks them as deleted, and expunges those and no others. A server that
 * cannot expunge single messages (RFC 4315) is left with the mark, which counts as deleted here and
 * is up to its owner there; what others have marked is never expunged.
 */
final class Deletion {
  private Deletion() {}

  static ActionResult apply(Workplace at, RemoteAction.Delete delete) throws WireException {
    Selected folder = at.open(delete.folder());
    Optional<Status> refusal = remove(at, folder, delete.keys());
    return refusal.isPresent() ? at.refusal(refusal.get()) : new ActionResult.Done(Map.of());
  }

  /** Removes them from the folder that the session is in; what the server said if it refused. */
  static Optional<Status> remove(Workplace at, Selected folder, Collection<String> keys)
      throws WireException {
    Refusals refusals = new Refusals();
    for (UidSet uids : at.uids(folder, keys)) {
      Store.deleted(at.session(), uids.toString(), refusals);
      at.session().drain();
      if (refusals.first().isEmpty() && at.session().capabilities().uidPlus()) {
        Expunge.uids(at.session(), uids.toString(), refusals);
      }
    }
    at.session().drain();
    return refusals.first();
  }
}
