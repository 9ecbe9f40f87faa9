// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An action that waits to be done on the server.
 *
 * @param id its number, which is its place in the queue
 * @param kind what is to be done
 * @param folder where
 * @param target where to, for actions that have a target
 * @param set flags to set
 * @param cleared flags to clear
 * @param fateUnknown whether it was sent once and its answer was lost
 * @param items the messages it is for
 */
public record QueuedAction(
    long id,
    Kind kind,
    FolderPath folder,
    Optional<FolderPath> target,
    Set<Flag> set,
    Set<Flag> cleared,
    boolean fateUnknown,
    List<Item> items) {
  /** What is to be done; the names are stored. */
  public enum Kind {
    /** Set and clear flags. */
    FLAGS,
    /** Move messages. */
    MOVE,
    /** Copy messages. */
    COPY,
    /** Remove messages. */
    DELETE,
    /** Make a folder. */
    CREATE_FOLDER,
    /** Rename a folder. */
    RENAME_FOLDER,
    /** Delete a folder. */
    DELETE_FOLDER
  }

  /**
   * A message of an action.
   *
   * @param placement the message
   * @param copy the copy that was made of it here, or 0
   */
  public record Item(long placement, long copy) {}

  /** An action that has no number yet. */
  public static QueuedAction of(Kind kind, FolderPath folder, List<Item> items) {
    return new QueuedAction(0, kind, folder, Optional.empty(), Set.of(), Set.of(), false, items);
  }

  /** The same with a target. */
  public QueuedAction to(FolderPath newTarget) {
    return new QueuedAction(
        id, kind, folder, Optional.of(newTarget), set, cleared, fateUnknown, items);
  }

  /** The same with flags. */
  public QueuedAction flags(Set<Flag> newSet, Set<Flag> newCleared) {
    return new QueuedAction(id, kind, folder, target, newSet, newCleared, fateUnknown, items);
  }

  /** The action in words. */
  public String describe() {
    String what = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    String messages = items.isEmpty() ? "" : " of " + items.size() + " message(s)";
    return what + messages + " in " + folder + target.map(t -> " to " + t).orElse("");
  }
}
