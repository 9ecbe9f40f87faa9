// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.command.Transfer;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Moves and copies messages. Where the server cannot move in one step (RFC 6851), a copy is made
 * first, and only those originals go whose copies are seen. An OK says little: messages that were
 * gone are passed over in silence (RFC 9051 section 6.4.9), so what the server told of new UIDs
 * (RFC 4315) is compared with what was asked for.
 */
final class MessageTransfer {
  static final ActionResult.Refused GONE =
      new ActionResult.Refused(Reason.NOT_FOUND, "the message is no longer on the server");

  private static final ActionResult.Refused UNSEEN =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER,
          "the server did not show the copy that it said it made, and the original stays");

  private final Workplace at;
  private final FolderPath target;
  private final Selected source;
  private final Collection<String> keys;
  private final Map<String, String> newKeys = new HashMap<>();
  private final Map<String, ActionResult.Refused> refused = new HashMap<>();

  /** What was done by commands of which the server did not tell what they did. */
  private UidSet untold = UidSet.empty();

  private MessageTransfer(
      Workplace at, Selected source, Collection<String> keys, FolderPath target) {
    this.at = at;
    this.source = source;
    this.keys = keys;
    this.target = target;
  }

  static ActionResult copy(Workplace at, RemoteAction.Copy copy) throws WireException {
    Selected source = at.open(copy.folder());
    MessageTransfer transfer = new MessageTransfer(at, source, copy.keys(), copy.target());
    NewKeys later = NewKeys.before(at, copy.target());
    transfer.all(false);
    transfer.copied(later);
    return transfer.result();
  }

  static ActionResult move(Workplace at, RemoteAction.Move move) throws WireException {
    Selected source = at.open(move.folder());
    MessageTransfer transfer = new MessageTransfer(at, source, move.keys(), move.target());
    NewKeys later = NewKeys.before(at, move.target());
    if (!at.session().capabilities().move()) {
      transfer.all(false);
      return transfer.movedByCopy(later, move.folder());
    }
    boolean told = at.session().capabilities().uidPlus();
    Map<String, Print> prints = told ? Map.of() : transfer.prints(at.all(source, move.keys()));
    transfer.all(true);
    if (told && !transfer.untold.isEmpty()) {
      return new ActionResult.Unknown("the server did not tell what it moved");
    }
    transfer.refuse(transfer.untold, key -> !prints.containsKey(key), GONE);
    transfer.newKeys.putAll(later.after(prints));
    return transfer.result();
  }

  /** Those that the server has not told of were copied if they are there to be copied. */
  private void copied(NewKeys later) throws WireException {
    if (untold.isEmpty()) {
      return;
    }
    try {
      if (at.session().capabilities().uidPlus()) {
        UidSet present = Search.present(at.session(), untold);
        refuse(untold, key -> !present.contains(UidKeys.uid(key)), GONE);
      } else {
        Map<String, Print> prints = prints(untold);
        refuse(untold, key -> !prints.containsKey(key), GONE);
        newKeys.putAll(later.after(prints));
      }
    } catch (RejectedException e) {
      // Copied they are; the next listing shows which.
    }
  }

  private ActionResult movedByCopy(NewKeys later, FolderPath folder) throws WireException {
    try {
      findCopies(later);
    } catch (RejectedException e) {
      refuse(untold, key -> !newKeys.containsKey(key), copied(e));
    }
    List<String> seen = keys.stream().filter(newKeys::containsKey).toList();
    try {
      if (!seen.isEmpty()) {
        refused.putAll(Deletion.remove(at, at.open(folder), seen));
      }
    } catch (RejectedException e) {
      seen.forEach(key -> refused.put(key, copied(e)));
    }
    return result();
  }

  private void findCopies(NewKeys later) throws WireException {
    if (!untold.isEmpty()) {
      Map<String, Print> prints = prints(untold);
      newKeys.putAll(later.find(prints));
      refuse(untold, key -> !prints.containsKey(key), GONE);
      refuse(untold, key -> !newKeys.containsKey(key) && prints.containsKey(key), UNSEEN);
    }
  }

  private static ActionResult.Refused copied(RejectedException e) {
    return new ActionResult.Refused(
        e.reason(), "it was copied, and the original stays: " + e.getMessage());
  }

  private ActionResult result() {
    return new ActionResult.Done(newKeys, refused);
  }

  private Map<String, Print> prints(UidSet uids) throws WireException {
    return NewKeys.prints(at, source, uids);
  }

  private void refuse(UidSet uids, Predicate<String> which, ActionResult.Refused why) {
    uids.forEach(
        uid -> {
          String key = UidKeys.key(source.uidValidity(), uid);
          if (which.test(key)) {
            refused.put(key, why);
          }
        });
  }

  /** Sends as many commands as it takes; after the first that is refused, none. */
  private void all(boolean moves) throws WireException {
    String name = at.name(target);
    Optional<ActionResult.Refused> no = Optional.empty();
    for (UidSet uids : at.uids(source, keys)) {
      if (no.isEmpty()) {
        Transfer.Result result =
            moves
                ? Transfer.move(at.session(), uids.toString(), name)
                : Transfer.copy(at.session(), uids.toString(), name);
        note(uids, result);
        no = no(result.status());
      }
      if (no.isPresent()) {
        ActionResult.Refused why = no.get();
        refuse(uids, key -> !newKeys.containsKey(key), why);
      }
    }
  }

  private Optional<ActionResult.Refused> no(Status status) {
    if (status.isOk()) {
      return Optional.empty();
    }
    return Optional.of(at.refusal(status));
  }

  /** A move that is refused may have moved some already, and says which (RFC 6851 section 3.3). */
  private void note(UidSet uids, Transfer.Result result) {
    boolean isRefused = !result.status().isOk();
    Map<Long, Long> pairs = result.pairs().byOldUid();
    if (!pairs.keySet().stream().allMatch(uids::contains)) {
      // Nonsense tells nothing.
      pairs = Map.of();
    }
    pairs.forEach(
        (old, copy) ->
            newKeys.put(
                UidKeys.key(source.uidValidity(), old),
                UidKeys.key(result.pairs().uidValidity(), copy)));
    if (!isRefused || !pairs.isEmpty()) {
      at.begin();
    }
    if (pairs.isEmpty() && !isRefused) {
      untold = untold.union(uids);
    } else if (!isRefused) {
      refuse(uids, key -> !newKeys.containsKey(key), GONE);
    }
  }
}
