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
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
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

  private static final ActionResult.Refused UNMOVED =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER, "the server said that it moved messages, and has them still");

  private static final ActionResult.Refused UNSEEN =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER,
          "the server did not show the copy that it said it made, and the original stays");

  private final Workplace at;
  private final FolderPath target;
  private final Meant meant;
  private final Map<String, String> newKeys = new HashMap<>();
  private final Map<String, ActionResult.Refused> refused;

  /** What was done by commands of which the server did not tell what they did. */
  private UidSet untold = UidSet.empty();

  private MessageTransfer(Workplace at, Meant meant, FolderPath target) {
    this.at = at;
    this.meant = meant;
    this.target = target;
    this.refused = new HashMap<>(meant.lost());
  }

  static ActionResult.Done copy(Workplace at, RemoteAction.Copy copy) throws WireException {
    Meant meant = at.open(copy.folder(), copy.keys());
    MessageTransfer transfer = new MessageTransfer(at, meant, copy.target());
    NewKeys later = NewKeys.before(at, copy.target(), at.session().capabilities().uidPlus());
    transfer.all(false);
    transfer.copied(later);
    return transfer.result();
  }

  static ActionResult.Done move(Workplace at, RemoteAction.Move move) throws WireException {
    Meant meant = at.open(move.folder(), move.keys());
    MessageTransfer transfer = new MessageTransfer(at, meant, move.target());
    boolean told = at.session().capabilities().uidPlus();
    boolean moves = at.session().capabilities().move();
    NewKeys later = NewKeys.before(at, move.target(), told && moves);
    if (!moves) {
      transfer.all(false);
      return transfer.movedByCopy(later, move);
    }
    Map<String, Print> prints = told ? Map.of() : transfer.prints(meant.uids());
    transfer.all(true);
    if (told) {
      transfer.findUntold(move);
      return transfer.result();
    }
    transfer.refuse(transfer.untold, key -> !prints.containsKey(key), GONE);
    transfer.newKeys.putAll(later.after(prints));
    return transfer.result();
  }

  /** Those that the server has not told of were gone, or were moved all the same. */
  private void findUntold(RemoteAction.Move move) throws WireException {
    if (untold.isEmpty()) {
      return;
    }
    List<String> keysUntold = new ArrayList<>();
    untold.forEach(uid -> keysUntold.add(meant.key(uid)));
    Optional<ActionResult.Done> found =
        new LookUp(at).find(new RemoteAction.Move(move.folder(), keysUntold, target));
    found.ifPresent(
        done -> {
          done.newKeys().forEach(this::foundUntold);
          refused.putAll(done.refused());
        });
    if (found.isEmpty()) {
      refuse(untold, key -> true, UNMOVED);
    }
  }

  /** One that is alike may be the copy of another, which the server has told of. */
  private void foundUntold(String key, String newKey) {
    if (newKeys.containsValue(newKey)) {
      refused.put(key, GONE);
    } else {
      newKeys.put(key, newKey);
    }
  }

  /** Those that the server has not told of were copied if they are there to be copied. */
  private void copied(NewKeys later) throws WireException {
    if (untold.isEmpty()) {
      return;
    }
    try {
      if (at.session().capabilities().uidPlus()) {
        UidSet present = Search.present(at.session(), untold);
        refuse(untold.minus(present), key -> true, GONE);
      } else {
        Map<String, Print> prints = prints(untold);
        refuse(untold, key -> !prints.containsKey(key), GONE);
        newKeys.putAll(later.after(prints));
      }
    } catch (RejectedException e) {
      // Copied they are; the next listing shows which.
    }
  }

  private ActionResult.Done movedByCopy(NewKeys later, RemoteAction.Move move)
      throws WireException {
    try {
      findCopies(later);
    } catch (RejectedException e) {
      refuse(untold, key -> !newKeys.containsKey(key), copied(e));
    }
    List<String> seen = move.keys().stream().filter(newKeys::containsKey).toList();
    try {
      if (!seen.isEmpty()) {
        refused.putAll(Deletion.remove(at, at.open(move.folder(), seen)));
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

  private ActionResult.Done result() {
    return new ActionResult.Done(newKeys, refused);
  }

  private Map<String, Print> prints(UidSet uids) throws WireException {
    return NewKeys.prints(at, meant, uids);
  }

  private void refuse(UidSet uids, Predicate<String> which, ActionResult.Refused why) {
    uids.forEach(
        uid -> {
          String key = meant.key(uid);
          if (which.test(key)) {
            refused.put(key, why);
          }
        });
  }

  /** Sends as many commands as it takes; after the first that is refused, none. */
  private void all(boolean moves) throws WireException {
    String name = at.name(target);
    Optional<ActionResult.Refused> no = Optional.empty();
    for (UidSet uids : meant.pieces()) {
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
            newKeys.put(meant.key(old), UidKeys.key(result.pairs().uidValidity(), copy)));
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
