// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.command.Expunge;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.command.Store;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes messages for good: marks them as deleted, expunges those and no others, and looks whether
 * they are gone. A server that cannot expunge single messages (RFC 4315) is left with the mark,
 * which counts as deleted here and is up to its owner there; what others have marked is never
 * expunged.
 */
final class Deletion {
  private static final String DELETED = "\\Deleted";

  private static final ActionResult.Refused KEPT =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER, "the server said that it removed messages, and has them still");

  private static final ActionResult.Refused UNMARKABLE =
      new ActionResult.Refused(Reason.IMPOSSIBLE, "the folder does not keep the flag " + DELETED);

  private Deletion() {}

  static ActionResult apply(Workplace at, RemoteAction.Delete delete) throws WireException {
    return new ActionResult.Done(Map.of(), remove(at, at.open(delete.folder(), delete.keys())));
  }

  /**
   * Removes those that are meant from the folder that the session is in.
   *
   * @return those that are still there, with the reasons; what was marked of them is so no more
   * @throws dev.mailbox.MailboxException if the server may do it another time
   */
  static Map<String, ActionResult.Refused> remove(Workplace at, Meant meant) throws WireException {
    Map<String, ActionResult.Refused> left = new HashMap<>(meant.lost());
    Optional<ActionResult.Refused> no =
        meant.folder().keeps(DELETED) ? Optional.empty() : Optional.of(UNMARKABLE);
    for (UidSet uids : meant.pieces()) {
      UidSet still = no.isPresent() ? uids : UidSet.empty();
      if (no.isEmpty()) {
        Refusals refusals = new Refusals();
        still = remove(at, uids, refusals);
        Optional<Status> status = refusals.first();
        if (status.isPresent()) {
          no = Optional.of(at.refusal(status.get()));
        }
        unmark(at, still);
      }
      ActionResult.Refused why = no.orElse(KEPT);
      still.forEach(uid -> left.put(meant.key(uid), why));
    }
    return left;
  }

  private static UidSet remove(Workplace at, UidSet uids, Refusals refusals) throws WireException {
    Store.deleted(at.session(), uids.toString(), refusals);
    at.session().drain();
    if (refusals.first().isEmpty() && at.session().capabilities().uidPlus()) {
      Expunge.uids(at.session(), uids.toString(), refusals);
    }
    try {
      return Search.present(at.session(), uids);
    } catch (RejectedException e) {
      // A server that cannot be asked is taken at its word.
      return refusals.first().isPresent() ? uids : UidSet.empty();
    }
  }

  /** What stays must not go when somebody else expunges. */
  private static void unmark(Workplace at, UidSet uids) throws WireException {
    if (!uids.isEmpty()) {
      Store.remove(at.session(), uids.toString(), List.of(DELETED), status -> {});
      at.session().drain();
    }
  }
}
