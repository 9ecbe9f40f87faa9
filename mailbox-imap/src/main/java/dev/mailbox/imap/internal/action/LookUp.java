// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.command.ListFolders;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.Fingerprints;
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.Replica;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what became of an action whose answer was lost (RFC 4549 section 5). Messages are known
 * again, among those of the target that the replica does not know, by the hash of their header and
 * by their size.
 */
final class LookUp {
  private static final ActionResult.Done DONE = new ActionResult.Done(Map.of());

  private final Workplace at;
  private final Replica replica;

  LookUp(Workplace at, Replica replica) {
    this.at = at;
    this.replica = replica;
  }

  Optional<ActionResult.Done> find(RemoteAction action) throws WireException {
    if (action instanceof RemoteAction.CreateFolder create) {
      return when(exists(create.folder()));
    } else if (action instanceof RemoteAction.DeleteFolder delete) {
      return when(!exists(delete.folder()));
    } else if (action instanceof RemoteAction.RenameFolder rename) {
      return when(exists(rename.target()) && !exists(rename.folder()));
    } else if (action instanceof RemoteAction.Copy copy) {
      return copied(copy);
    } else if (action instanceof RemoteAction.Move move) {
      return moved(move);
    } else if (action instanceof RemoteAction.Append append) {
      return appended(append);
    }
    return Optional.empty();
  }

  private static Optional<ActionResult.Done> when(boolean done) {
    return done ? Optional.of(DONE) : Optional.empty();
  }

  private boolean exists(FolderPath path) throws WireException {
    return ListFolders.exists(at.session(), at.name(path));
  }

  /**
   * Messages that are no longer in the source have been moved. Those that are and whose copies are
   * in the target were copied, and only have to go; the others are moved now, if it had begun.
   */
  private Optional<ActionResult.Done> moved(RemoteAction.Move move) throws WireException {
    Selected source = at.open(move.folder());
    if (!UidKeys.areCurrent(move.keys(), source.uidValidity())) {
      return movedUnderOldNumbers(move);
    }
    UidSet wanted = at.all(source, move.keys());
    Fingerprints there = Fingerprints.of(at.session(), wanted);
    Map<String, Print> prints = prints(move.folder(), move.keys());
    Map<String, String> newKeys = unknownIn(move.target(), prints);
    List<String> copied = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String key : move.keys()) {
      if (there.uids().contains(UidKeys.uid(key))) {
        (newKeys.containsKey(key) ? copied : missing).add(key);
      }
    }
    if (missing.size() == move.keys().size()) {
      return Optional.empty();
    }
    if (!copied.isEmpty()) {
      remove(move.folder(), copied);
    }
    return missing.isEmpty()
        ? Optional.of(new ActionResult.Done(newKeys))
        : with(
            newKeys,
            MessageTransfer.move(at, new RemoteAction.Move(move.folder(), missing, move.target())));
  }

  /** The source's numbers are of no use any more, so only the target tells. */
  private Optional<ActionResult.Done> movedUnderOldNumbers(RemoteAction.Move move)
      throws WireException {
    Map<String, String> newKeys = unknownIn(move.target(), prints(move.folder(), move.keys()));
    return newKeys.keySet().containsAll(move.keys())
        ? Optional.of(new ActionResult.Done(newKeys))
        : Optional.empty();
  }

  /** A refusal for good leaves the originals, which the next listing shows again. */
  private void remove(FolderPath folder, List<String> keys) throws WireException {
    Optional<Status> no = Deletion.remove(at, at.open(folder), keys);
    if (no.isPresent()) {
      ActionResult unused = at.refusal(no.get());
    }
  }

  private Optional<ActionResult.Done> copied(RemoteAction.Copy copy) throws WireException {
    Map<String, String> newKeys = unknownIn(copy.target(), prints(copy.folder(), copy.keys()));
    List<String> missing = copy.keys().stream().filter(k -> !newKeys.containsKey(k)).toList();
    if (newKeys.isEmpty() || missing.isEmpty()) {
      return newKeys.isEmpty() ? Optional.empty() : Optional.of(new ActionResult.Done(newKeys));
    }
    return with(
        newKeys,
        MessageTransfer.copy(at, new RemoteAction.Copy(copy.folder(), missing, copy.target())));
  }

  /** What was done before and what was done now; a refusal is told when it is asked for again. */
  private static Optional<ActionResult.Done> with(Map<String, String> before, ActionResult now) {
    if (now instanceof ActionResult.Unknown unknown) {
      throw new ConnectionException(Reason.DISCONNECTED, unknown.problem(), null, List.of());
    }
    if (!(now instanceof ActionResult.Done done)) {
      return Optional.empty();
    }
    Map<String, String> all = new HashMap<>(before);
    all.putAll(done.newKeys());
    return Optional.of(new ActionResult.Done(all));
  }

  private Optional<ActionResult.Done> appended(RemoteAction.Append append) throws WireException {
    Print print = Print.of(append.message().headerHash(), append.message().sizeInBytes());
    Map<String, String> newKeys = unknownIn(append.folder(), Map.of(append.name(), print));
    return newKeys.isEmpty() ? Optional.empty() : Optional.of(new ActionResult.Done(newKeys));
  }

  private Map<String, Print> prints(FolderPath folder, Collection<String> keys) {
    Set<String> wanted = new HashSet<>(keys);
    Map<String, Print> prints = new HashMap<>();
    replica.entries(
        folder,
        entry -> {
          if (wanted.contains(entry.key())) {
            prints.put(entry.key(), Print.of(entry.headerHash(), entry.listedSize()));
          }
        });
    return prints;
  }

  /** The keys in a folder of messages that look like these and that the replica does not know. */
  private Map<String, String> unknownIn(FolderPath folder, Map<String, Print> prints)
      throws WireException {
    Selected target = at.look(folder);
    UidSet.Builder known = UidSet.builder();
    replica.entries(
        folder,
        entry -> {
          if (UidKeys.isKey(entry.key())
              && UidKeys.uidValidity(entry.key()) == target.uidValidity()) {
            known.add(UidKeys.uid(entry.key()));
          }
        });
    Set<Long> sizes = prints.values().stream().map(Print::size).collect(Collectors.toSet());
    Fingerprints there = Fingerprints.unknown(at.session(), known.build(), sizes);
    Map<String, String> found = new HashMap<>();
    prints.forEach(
        (key, print) ->
            there
                .take(print)
                .ifPresent(uid -> found.put(key, UidKeys.key(target.uidValidity(), uid))));
    return found;
  }
}
