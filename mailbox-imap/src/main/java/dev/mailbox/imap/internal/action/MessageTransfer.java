// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.command.Transfer;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.imap.internal.sync.Removals;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Moves and copies messages. Where the server cannot move in one step (RFC 6851), a copy is made
 * first, and only those originals go whose copies are seen. An OK says little: messages that were
 * gone are passed over in silence (RFC 9051 section 6.4.9), so what the server told of new UIDs
 * (RFC 4315) is compared with what was asked for, and what it did not tell is looked for.
 */
final class MessageTransfer {
  static final ActionResult.Refused GONE =
      new ActionResult.Refused(Reason.NOT_FOUND, "the message is no longer on the server");

  private static final ActionResult.Refused UNMOVED =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER, "the server said that it moved messages, and has them still");

  private static final ActionResult.Refused UNCOPIED =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER, "the server said that it copied messages, and shows no copy");

  private static final ActionResult.Refused UNSEEN =
      new ActionResult.Refused(
          Reason.REFUSED_BY_SERVER,
          "the server did not show the copy that it said it made, and the original stays");

  private final Workplace at;
  private final FolderPath target;
  private final Meant meant;
  private final FolderPath source;
  private final Map<String, String> newKeys = new HashMap<>();
  private final Map<String, ActionResult.Refused> refused;

  /** What was done by commands of which the server did not tell what they did. */
  private UidSet untold = UidSet.empty();

  private MessageTransfer(
      Workplace at, FolderPath source, Collection<String> keys, FolderPath target)
      throws WireException {
    this.at = at;
    this.meant = at.open(source, keys);
    this.target = target;
    this.source = source;
    this.refused = new HashMap<>(meant.lost());
  }

  static ActionResult.Done copy(Workplace at, RemoteAction.Copy copy) throws WireException {
    MessageTransfer transfer = new MessageTransfer(at, copy.folder(), copy.keys(), copy.target());
    transfer.all(false);
    transfer.copied();
    return transfer.result();
  }

  static ActionResult.Done move(Workplace at, RemoteAction.Move move) throws WireException {
    MessageTransfer transfer = new MessageTransfer(at, move.folder(), move.keys(), move.target());
    if (at.session().capabilities().move()) {
      transfer.move();
    } else {
      transfer.moveByCopy(move);
    }
    return transfer.result();
  }

  private void move() throws WireException {
    boolean tells = at.session().capabilities().uidPlus();
    UidSet before = tells ? meant.uids() : present(meant.uids(), meant.uids());
    all(true);
    refuse(untold.minus(before), GONE);
    UidSet rest = untold.intersect(before);
    UidSet still = present(rest, UidSet.empty());
    refuse(still, UNMOVED);
    rest = rest.minus(still);
    if (rest.isEmpty()) {
      return;
    }
    Recognition.Arrived arrived = tells ? arrived(rest) : arrivedIfTold(rest);
    newKeys.putAll(arrived.keys());
    if (tells || arrived.none()) {
      refuseUnseen(rest, GONE);
    }
  }

  /** Those that the server has not told of were copied if they are there to be copied. */
  private void copied() throws WireException {
    UidSet there = present(untold, untold);
    refuse(untold.minus(there), GONE);
    if (!there.isEmpty()) {
      Recognition.Arrived arrived = arrivedIfTold(there);
      newKeys.putAll(arrived.keys());
      if (arrived.none()) {
        refuse(there, UNCOPIED);
      }
    }
  }

  private void moveByCopy(RemoteAction.Move move) throws WireException {
    if (!Removals.arePossible(meant.folder())) {
      refuse(meant.uids(), Deletion.UNMARKABLE);
      return;
    }
    all(false);
    try {
      findCopies();
    } catch (RejectedException e) {
      refuseUnseen(untold, copied(e.reason(), String.valueOf(e.getMessage())));
    }
    List<String> seen = move.keys().stream().filter(newKeys::containsKey).toList();
    if (!seen.isEmpty()) {
      refused.putAll(removeOriginals(at, move.folder(), seen));
    }
  }

  private void findCopies() throws WireException {
    UidSet there = Search.present(at.session(), untold);
    refuse(untold.minus(there), GONE);
    if (!there.isEmpty()) {
      newKeys.putAll(arrived(there).keys());
      refuseUnseen(there, UNSEEN);
    }
  }

  /** Removes messages whose copies are in the target; those that stay are told. */
  static Map<String, ActionResult.Refused> removeOriginals(
      Workplace at, FolderPath source, Collection<String> keys) throws WireException {
    Map<String, ActionResult.Refused> left = new HashMap<>();
    try {
      Deletion.remove(at, at.open(source, keys))
          .forEach((key, no) -> left.put(key, copied(no.reason(), no.serverText())));
    } catch (RejectedException e) {
      keys.forEach(key -> left.put(key, copied(e.reason(), String.valueOf(e.getMessage()))));
    }
    return left;
  }

  private static ActionResult.Refused copied(Reason reason, String why) {
    return new ActionResult.Refused(reason, "it was copied, and the original stays: " + why);
  }

  private ActionResult.Done result() {
    return new ActionResult.Done(newKeys, refused);
  }

  /** Those of some messages that are in the source; a server that cannot be asked is believed. */
  private UidSet present(UidSet uids, UidSet otherwise) throws WireException {
    try {
      return uids.isEmpty() ? uids : Search.present(at.session(), uids);
    } catch (RejectedException e) {
      return otherwise;
    }
  }

  /** What of these is in the target. The session is there afterwards. */
  private Recognition.Arrived arrived(UidSet uids) throws WireException {
    List<String> wanted = new ArrayList<>();
    uids.forEach(uid -> wanted.add(meant.key(uid)));
    Map<String, Print> prints = at.recognition().prints(source, wanted);
    at.look(target);
    return at.recognition().arrived(target, prints, newKeys.values());
  }

  /** The same; what cannot be asked for has been done all the same, and the next listing tells. */
  private Recognition.Arrived arrivedIfTold(UidSet uids) throws WireException {
    try {
      return arrived(uids);
    } catch (RejectedException | ConnectionException e) {
      if (at.session().isOpen()) {
        return new Recognition.Arrived(Map.of(), false);
      }
      throw e;
    }
  }

  private void refuse(UidSet uids, ActionResult.Refused why) {
    uids.forEach(uid -> refused.put(meant.key(uid), why));
  }

  private void refuseUnseen(UidSet uids, ActionResult.Refused why) {
    uids.forEach(
        uid -> {
          if (!newKeys.containsKey(meant.key(uid))) {
            refused.putIfAbsent(meant.key(uid), why);
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
        refuseUnseen(uids, no.get());
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
    UidSet.Builder told = UidSet.builder();
    pairs.forEach(
        (old, copy) -> {
          told.add(old);
          newKeys.put(meant.key(old), UidKeys.key(result.pairs().uidValidity(), copy));
        });
    if (!isRefused || !pairs.isEmpty()) {
      at.begin();
    }
    if (!isRefused) {
      untold = untold.union(uids.minus(told.build()));
    }
  }
}
