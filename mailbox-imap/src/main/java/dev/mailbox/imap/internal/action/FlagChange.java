// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.Flag;
import dev.mailbox.Reason;
import dev.mailbox.imap.internal.command.Refusals;
import dev.mailbox.imap.internal.command.Store;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets and clears flags; a flag that the server would forget is refused rather than pretended. */
final class FlagChange {
  private FlagChange() {}

  static ActionResult apply(Workplace at, RemoteAction.ChangeFlags change) throws WireException {
    Meant meant = at.open(change.folder(), change.keys());
    List<String> set = change.set().stream().map(Flag::name).toList();
    List<String> clear = change.clear().stream().map(Flag::name).toList();
    Optional<String> forgotten =
        set.stream().filter(flag -> !meant.folder().keeps(flag)).findFirst();
    if (forgotten.isPresent()) {
      return new ActionResult.Refused(
          Reason.IMPOSSIBLE, "the server does not keep the flag " + forgotten.get());
    }
    Map<UidSet, Refusals> answers = new LinkedHashMap<>();
    for (UidSet uids : meant.pieces()) {
      Refusals refusals = new Refusals();
      answers.put(uids, refusals);
      if (!set.isEmpty()) {
        Store.add(at.session(), uids.toString(), set, refusals);
      }
      if (!clear.isEmpty()) {
        Store.remove(at.session(), uids.toString(), clear, refusals);
      }
    }
    at.session().drain();
    Map<String, ActionResult.Refused> refused = new HashMap<>(meant.lost());
    answers.forEach(
        (uids, refusals) ->
            refusals
                .first()
                .map(at::refusal)
                .ifPresent(no -> uids.forEach(uid -> refused.put(meant.key(uid), no))));
    return new ActionResult.Done(Map.of(), refused);
  }
}
