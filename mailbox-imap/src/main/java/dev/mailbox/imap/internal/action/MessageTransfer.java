// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.imap.internal.command.Transfer;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidPairs;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.Fingerprints;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Moves and copies messages. Where the server cannot move in one step (RFC 6851), a copy is made
 * first, and only when all of it is there the originals go.
 */
final class MessageTransfer {
  private MessageTransfer() {}

  static ActionResult copy(Workplace at, RemoteAction.Copy copy) throws WireException {
    Selected folder = at.open(copy.folder());
    NewKeys untold = NewKeys.before(at, copy.target());
    Map<String, Fingerprints.Print> prints =
        untold.prints(folder, Workplace.uids(folder, copy.keys()));
    Result result = transfer(at, folder, copy.keys(), new Way(false, copy.target()));
    if (result.refusal().isEmpty()) {
      result.newKeys().putAll(untold.after(prints));
    }
    return result.refusal().isPresent()
        ? at.refusal(result.refusal().get())
        : new ActionResult.Done(result.newKeys());
  }

  static ActionResult move(Workplace at, RemoteAction.Move move) throws WireException {
    Selected folder = at.open(move.folder());
    boolean atOnce = at.session().capabilities().move();
    NewKeys untold = NewKeys.before(at, move.target());
    Map<String, Fingerprints.Print> prints =
        untold.prints(folder, Workplace.uids(folder, move.keys()));
    Result result = transfer(at, folder, move.keys(), new Way(atOnce, move.target()));
    Optional<Status> refusal = result.refusal();
    if (refusal.isEmpty() && !atOnce) {
      refusal = Deletion.remove(at, folder, move.keys());
    }
    if (refusal.isEmpty()) {
      result.newKeys().putAll(untold.after(prints));
    }
    return refusal.isPresent()
        ? at.refusal(refusal.get())
        : new ActionResult.Done(result.newKeys());
  }

  private record Way(boolean moves, FolderPath target) {}

  private record Result(Map<String, String> newKeys, Optional<Status> refusal) {}

  private static Result transfer(Workplace at, Selected folder, Collection<String> keys, Way way)
      throws WireException {
    String target = at.name(way.target());
    Map<String, String> newKeys = new HashMap<>();
    for (UidSet uids : Workplace.uids(folder, keys)) {
      Transfer.Result result =
          way.moves()
              ? Transfer.move(at.session(), uids.toString(), target)
              : Transfer.copy(at.session(), uids.toString(), target);
      note(newKeys, folder, result.pairs());
      if (!result.status().isOk()) {
        return new Result(newKeys, Optional.of(result.status()));
      }
    }
    return new Result(newKeys, Optional.empty());
  }

  private static void note(Map<String, String> newKeys, Selected folder, UidPairs pairs) {
    pairs
        .byOldUid()
        .forEach(
            (old, copy) ->
                newKeys.put(
                    UidKeys.key(folder.uidValidity(), old),
                    UidKeys.key(pairs.uidValidity(), copy)));
  }
}
