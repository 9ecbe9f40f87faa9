// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.command.ListFolders;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.Fingerprints;
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.ActionResult.Refused;
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
   * Messages that are no longer in the source have been moved, if they are in the target; else
   * somebody has removed them. Those that are in both were copied, and only have to go; the others
   * are moved now, if it had begun.
   */
  private Optional<ActionResult.Done> moved(RemoteAction.Move move) throws WireException {
    Selected source = at.look(move.folder());
    if (!UidKeys.areCurrent(move.keys(), source.uidValidity())) {
      return movedUnderOldNumbers(move);
    }
    UidSet wanted = at.all(source, move.keys());
    Fingerprints there = Fingerprints.of(at.session(), wanted);
    Map<String, Print> prints = prints(move.folder(), move.keys());
    Map<String, String> newKeys = unknownIn(move.target(), prints);
    List<String> copied = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, Refused> refused = new HashMap<>();
    for (String key : move.keys()) {
      boolean found = newKeys.containsKey(key);
      if (there.uids().contains(UidKeys.uid(key))) {
        (found ? copied : missing).add(key);
      } else if (!found && prints.containsKey(key)) {
        refused.put(key, MessageTransfer.GONE);
      }
    }
    if (missing.size() == move.keys().size()) {
      return Optional.empty();
    }
    if (!copied.isEmpty()) {
      refused.putAll(Deletion.remove(at, at.open(move.folder()), copied));
    }
    ActionResult rest =
        missing.isEmpty()
            ? DONE
            : MessageTransfer.move(
                at, new RemoteAction.Move(move.folder(), missing, move.target()));
    return Optional.of(with(new ActionResult.Done(newKeys, refused), rest));
  }

  /** The source's numbers are of no use any more, so only the target tells. */
  private Optional<ActionResult.Done> movedUnderOldNumbers(RemoteAction.Move move)
      throws WireException {
    Map<String, String> newKeys = unknownIn(move.target(), prints(move.folder(), move.keys()));
    return newKeys.keySet().containsAll(move.keys())
        ? Optional.of(new ActionResult.Done(newKeys))
        : Optional.empty();
  }

  private Optional<ActionResult.Done> copied(RemoteAction.Copy copy) throws WireException {
    Map<String, String> newKeys = unknownIn(copy.target(), prints(copy.folder(), copy.keys()));
    List<String> missing = copy.keys().stream().filter(k -> !newKeys.containsKey(k)).toList();
    if (newKeys.isEmpty() || missing.isEmpty()) {
      return newKeys.isEmpty() ? Optional.empty() : Optional.of(new ActionResult.Done(newKeys));
    }
    ActionResult rest =
        MessageTransfer.copy(at, new RemoteAction.Copy(copy.folder(), missing, copy.target()));
    return Optional.of(with(new ActionResult.Done(newKeys), rest));
  }

  /** What was done before, and what was done now. */
  private static ActionResult.Done with(ActionResult.Done before, ActionResult now) {
    if (!(now instanceof ActionResult.Done done)) {
      throw new ConnectionException(
          Reason.DISCONNECTED, "it is not known yet what became of an action", null, List.of());
    }
    Map<String, String> newKeys = new HashMap<>(before.newKeys());
    newKeys.putAll(done.newKeys());
    Map<String, Refused> refused = new HashMap<>(before.refused());
    refused.putAll(done.refused());
    return new ActionResult.Done(newKeys, refused);
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
          if (wanted.contains(entry.key()) && entry.headerHash().length > 0) {
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
