// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.imap.internal.command.ListFolders;
import dev.mailbox.imap.internal.folder.UidKeys;
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
      return copied(copy.folder(), copy.keys(), copy.target());
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
   * in the target were copied, and only have to go.
   */
  private Optional<ActionResult.Done> moved(RemoteAction.Move move) throws WireException {
    Selected source = at.open(move.folder());
    UidSet wanted = UidKeys.uids(move.keys(), source.uidValidity());
    Fingerprints there = Fingerprints.of(at.session(), wanted);
    Map<String, Print> prints = prints(move.folder(), move.keys());
    Map<String, String> newKeys = unknownIn(move.target(), prints);
    List<String> copied = new ArrayList<>();
    for (String key : move.keys()) {
      if (there.uids().contains(UidKeys.uid(key))) {
        if (!newKeys.containsKey(key)) {
          return Optional.empty();
        }
        copied.add(key);
      }
    }
    if (!copied.isEmpty()) {
      Deletion.remove(at, at.open(move.folder()), copied);
    }
    return Optional.of(new ActionResult.Done(newKeys));
  }

  private Optional<ActionResult.Done> copied(
      FolderPath source, Collection<String> keys, FolderPath target) throws WireException {
    Map<String, String> newKeys = unknownIn(target, prints(source, keys));
    return newKeys.keySet().containsAll(keys)
        ? Optional.of(new ActionResult.Done(newKeys))
        : Optional.empty();
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
