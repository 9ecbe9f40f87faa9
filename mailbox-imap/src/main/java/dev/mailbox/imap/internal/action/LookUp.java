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
import dev.mailbox.spi.ActionResult.Refused;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what became of an action whose answer was lost (RFC 4549 section 5). Messages are known
 * again, among those of the target that the replica does not know, by the hash of their header and
 * by their size.
 */
final class LookUp {
  private static final ActionResult.Done DONE = new ActionResult.Done(Map.of());

  private final Workplace at;

  LookUp(Workplace at) {
    this.at = at;
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
    Meant meant = at.look(move.folder(), move.keys());
    UidSet there = Fingerprints.of(at.session(), meant.uids()).uids();
    Map<String, Print> prints = at.recognition().prints(move.folder(), move.keys());
    Map<String, String> newKeys = unknownIn(move.target(), prints);
    List<String> copied = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, Refused> refused = new HashMap<>();
    for (String key : move.keys()) {
      boolean found = newKeys.containsKey(key);
      if (meant.uid(key).filter(there::contains).isPresent()) {
        (found ? copied : missing).add(key);
      } else if (!found && prints.containsKey(key) && !prints.get(key).isNone()) {
        refused.put(key, MessageTransfer.GONE);
      }
    }
    if (missing.size() == move.keys().size()) {
      return Optional.empty();
    }
    if (!copied.isEmpty()) {
      refused.putAll(Deletion.remove(at, at.open(move.folder(), copied)));
    }
    ActionResult.Done rest =
        missing.isEmpty()
            ? DONE
            : MessageTransfer.move(
                at, new RemoteAction.Move(move.folder(), missing, move.target()));
    return Optional.of(with(new ActionResult.Done(newKeys, refused), rest));
  }

  private Optional<ActionResult.Done> copied(RemoteAction.Copy copy) throws WireException {
    Map<String, String> newKeys =
        unknownIn(copy.target(), at.recognition().prints(copy.folder(), copy.keys()));
    List<String> missing = copy.keys().stream().filter(k -> !newKeys.containsKey(k)).toList();
    if (newKeys.isEmpty() || missing.isEmpty()) {
      return newKeys.isEmpty() ? Optional.empty() : Optional.of(new ActionResult.Done(newKeys));
    }
    ActionResult.Done rest =
        MessageTransfer.copy(at, new RemoteAction.Copy(copy.folder(), missing, copy.target()));
    return Optional.of(with(new ActionResult.Done(newKeys), rest));
  }

  /** What was done before, and what was done now. */
  private static ActionResult.Done with(ActionResult.Done before, ActionResult.Done now) {
    Map<String, String> newKeys = new HashMap<>(before.newKeys());
    newKeys.putAll(now.newKeys());
    Map<String, Refused> refused = new HashMap<>(before.refused());
    refused.putAll(now.refused());
    return new ActionResult.Done(newKeys, refused);
  }

  private Optional<ActionResult.Done> appended(RemoteAction.Append append) throws WireException {
    Print print = Print.of(append.message().headerHash(), append.message().sizeInBytes());
    Map<String, String> newKeys = unknownIn(append.folder(), Map.of(append.name(), print));
    return newKeys.isEmpty() ? Optional.empty() : Optional.of(new ActionResult.Done(newKeys));
  }

  /** The keys in a folder of messages that look like these and that the replica does not know. */
  private Map<String, String> unknownIn(FolderPath folder, Map<String, Print> prints)
      throws WireException {
    Selected target = at.look(folder);
    Map<String, String> keys = new HashMap<>();
    at.recognition()
        .find(folder, prints)
        .forEach((name, uid) -> keys.put(name, UidKeys.key(target.uidValidity(), uid)));
    return keys;
  }
}
