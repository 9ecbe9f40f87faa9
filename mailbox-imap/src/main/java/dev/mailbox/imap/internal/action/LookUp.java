// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.command.ListFolders;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.ActionResult.Refused;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what became of an action whose answer was lost (RFC 4549 section 5), and changes
 * nothing.
 */
final class LookUp {
  private final Workplace at;

  LookUp(Workplace at) {
    this.at = at;
  }

  /**
   * What was found, by keys of messages.
   *
   * @param newKeys those that are in the target, with their keys there
   * @param refused those that are nowhere
   * @param copied those in the target that are in the source too, and only have to go from there
   * @param missing those that are still to be moved or copied
   */
  record Found(
      Map<String, String> newKeys,
      Map<String, Refused> refused,
      List<String> copied,
      List<String> missing) {
    private static final Found DONE = new Found(Map.of(), Map.of(), List.of(), List.of());

    private static Optional<Found> when(boolean done) {
      return done ? Optional.of(DONE) : Optional.empty();
    }
  }

  /**
   * Looks.
   *
   * @return empty if the server has done nothing of it
   * @throws RejectedException if the server does not let it be found out
   */
  Optional<Found> look(RemoteAction action) throws WireException {
    if (action instanceof RemoteAction.CreateFolder create) {
      return Found.when(exists(create.folder()));
    } else if (action instanceof RemoteAction.DeleteFolder delete) {
      return Found.when(!exists(delete.folder()));
    } else if (action instanceof RemoteAction.RenameFolder rename) {
      return Found.when(exists(rename.target()) && !exists(rename.folder()));
    } else if (action instanceof RemoteAction.Copy copy) {
      return copied(copy);
    } else if (action instanceof RemoteAction.Move move) {
      return moved(move);
    } else if (action instanceof RemoteAction.Append append) {
      return appended(append);
    }
    return Optional.empty();
  }

  private boolean exists(FolderPath path) throws WireException {
    return ListFolders.exists(at.session(), at.name(path));
  }

  /**
   * Messages that are no longer in the source have been moved, if they are in the target; else
   * somebody has removed them. Those that are in both were copied.
   */
  private Optional<Found> moved(RemoteAction.Move move) throws WireException {
    Set<String> there = inSource(move);
    Map<String, Print> prints = at.recognition().prints(move.folder(), move.keys());
    Map<String, Print> likeliest = new LinkedHashMap<>(prints);
    likeliest.keySet().removeAll(there);
    likeliest.putAll(prints);
    Map<String, String> newKeys = inTarget(move.target(), likeliest);
    List<String> copied = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Map<String, Refused> refused = new HashMap<>();
    for (String key : move.keys()) {
      boolean found = newKeys.containsKey(key);
      if (there.contains(key)) {
        (found ? copied : missing).add(key);
      } else if (!found && prints.containsKey(key) && !prints.get(key).isNone()) {
        refused.put(key, MessageTransfer.GONE);
      }
    }
    return missing.size() == move.keys().size()
        ? Optional.empty()
        : Optional.of(new Found(newKeys, refused, copied, missing));
  }

  private Set<String> inSource(RemoteAction.Move move) throws WireException {
    Meant meant;
    try {
      meant = at.look(move.folder(), move.keys());
    } catch (RejectedException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Set.of();
      }
      throw e;
    }
    Set<String> there = new HashSet<>();
    UidSet present = Search.present(at.session(), meant.uids());
    present.forEach(uid -> there.add(meant.key(uid)));
    return there;
  }

  private Optional<Found> copied(RemoteAction.Copy copy) throws WireException {
    Map<String, String> newKeys =
        inTarget(copy.target(), at.recognition().prints(copy.folder(), copy.keys()));
    List<String> missing = copy.keys().stream().filter(k -> !newKeys.containsKey(k)).toList();
    return newKeys.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(newKeys, Map.of(), List.of(), missing));
  }

  private Optional<Found> appended(RemoteAction.Append append) throws WireException {
    Print print = Print.of(append.message().headerHash(), append.message().sizeInBytes());
    Map<String, String> newKeys = inTarget(append.folder(), Map.of(append.name(), print));
    return newKeys.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(newKeys, Map.of(), List.of(), List.of()));
  }

  private Map<String, String> inTarget(FolderPath path, Map<String, Print> prints)
      throws WireException {
    try {
      at.look(path);
    } catch (RejectedException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Map.of();
      }
      throw e;
    }
    return at.recognition().arrived(path, prints, List.of()).keys();
  }
}
