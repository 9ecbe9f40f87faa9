// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.Reason;
import dev.mailbox.imap.internal.command.Refusals;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.sync.Removals;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Removes messages for good, and tells by message what was not done. */
final class Deletion {
  private static final ActionResult.Refused KEPT =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER, "the server said that it removed messages, and has them still");

  static final ActionResult.Refused UNMARKABLE =
      new ActionResult.Refused(
          Reason.IMPOSSIBLE, "the folder does not keep the flag " + Removals.DELETED);

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
    // What is not there need not go.
    Map<String, ActionResult.Refused> left = new HashMap<>();
    Optional<ActionResult.Refused> no =
        Removals.arePossible(meant.folder()) ? Optional.empty() : Optional.of(UNMARKABLE);
    for (UidSet uids : meant.pieces()) {
      UidSet still = no.isPresent() ? uids : UidSet.empty();
      if (no.isEmpty()) {
        Refusals refusals = new Refusals();
        still = Removals.remove(at.session(), uids, refusals);
        Optional<Status> status = refusals.first();
        if (status.isPresent()) {
          no = Optional.of(at.refusal(status.get()));
        }
      }
      ActionResult.Refused why = no.orElse(KEPT);
      still.forEach(uid -> left.put(meant.key(uid), why));
    }
    return left;
  }
}
