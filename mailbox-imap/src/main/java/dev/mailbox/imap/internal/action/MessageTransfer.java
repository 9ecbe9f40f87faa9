// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.imap.internal.command.Transfer;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidPairs;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
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
    Map<String, Fingerprints.Print> prints = untold.prints(folder, at.uids(folder, copy.keys()));
    Result result = transfer(at, folder, copy.keys(), new Way(false, copy.target()));
    if (result.refusal().isEmpty()) {
      result.newKeys().putAll(untold.after(prints));
    }
    return result.refusal().isPresent()
        ? refusal(at, result.refusal().get(), result.begun())
        : new ActionResult.Done(result.newKeys());
  }

  static ActionResult move(Workplace at, RemoteAction.Move move) throws WireException {
    Selected folder = at.open(move.folder());
    boolean atOnce = at.session().capabilities().move();
    NewKeys untold = NewKeys.before(at, move.target());
    Map<String, Fingerprints.Print> prints = untold.prints(folder, at.uids(folder, move.keys()));
    Result result = transfer(at, folder, move.keys(), new Way(atOnce, move.target()));
    Optional<Status> refusal = result.refusal();
    boolean begun = result.begun();
    if (refusal.isEmpty() && !atOnce) {
      refusal = Deletion.remove(at, folder, move.keys());
      begun = true;
    }
    if (refusal.isEmpty()) {
      result.newKeys().putAll(untold.after(prints));
    }
    return refusal.isPresent()
        ? refusal(at, refusal.get(), begun)
        : new ActionResult.Done(result.newKeys());
  }

  /** What waits and has begun must not begin anew: the next time it is looked up first. */
  private static ActionResult refusal(Workplace at, Status status, boolean begun) {
    boolean passing = Failures.isPassing(Failures.reason(status, Reason.REFUSED_BY_SERVER));
    return begun && passing ? new ActionResult.Unknown(status.shown()) : at.refusal(status);
  }

  private record Way(boolean moves, FolderPath target) {}

  /** What came of it, and whether some of it was done before the refusal. */
  private record Result(Map<String, String> newKeys, Optional<Status> refusal, boolean begun) {}

  private static Result transfer(Workplace at, Selected folder, Collection<String> keys, Way way)
      throws WireException {
    String target = at.name(way.target());
    Map<String, String> newKeys = new HashMap<>();
    boolean begun = false;
    for (UidSet uids : at.uids(folder, keys)) {
      Transfer.Result result =
          way.moves()
              ? Transfer.move(at.session(), uids.toString(), target)
              : Transfer.copy(at.session(), uids.toString(), target);
      note(newKeys, folder, result.pairs());
      if (!result.status().isOk()) {
        return new Result(newKeys, Optional.of(result.status()), begun);
      }
      begun = true;
    }
    return new Result(newKeys, Optional.empty(), begun);
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
