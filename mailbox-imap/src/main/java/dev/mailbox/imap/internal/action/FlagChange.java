// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.Flag;
import dev.mailbox.Reason;
import dev.mailbox.imap.internal.command.Store;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets and clears flags; a flag that the server would forget is refused rather than pretended. */
final class FlagChange {
  private FlagChange() {}

  static ActionResult apply(Workplace at, RemoteAction.ChangeFlags change) throws WireException {
    Selected folder = at.open(change.folder());
    List<String> set = change.set().stream().map(Flag::name).toList();
    List<String> clear = change.clear().stream().map(Flag::name).toList();
    Optional<String> forgotten = set.stream().filter(flag -> !folder.keeps(flag)).findFirst();
    if (forgotten.isPresent()) {
      return new ActionResult.Refused(
          Reason.IMPOSSIBLE, "the server does not keep the flag " + forgotten.get());
    }
    Refusals refusals = new Refusals();
    for (UidSet uids : at.uids(folder, change.keys())) {
      if (!set.isEmpty()) {
        Store.add(at.session(), uids.toString(), set, refusals);
      }
      if (!clear.isEmpty()) {
        Store.remove(at.session(), uids.toString(), clear, refusals);
      }
    }
    at.session().drain();
    return refusals.first().isPresent()
        ? at.refusal(refusals.first().get())
        : new ActionResult.Done(Map.of());
  }
}
