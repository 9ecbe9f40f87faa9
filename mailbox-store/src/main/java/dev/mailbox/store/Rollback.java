// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.change.Change;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.PlacementState;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Undoes in the tables what a refused action had shown. */
final class Rollback {
  private Rollback() {}

  /**
   * What stands or falls with a refused action.
   *
   * @param messages that are elsewhere by it
   * @param originals that must not be deleted, because their copies were not made
   * @param folders whose names it gave or freed
   * @param sources that must not be deleted, because messages that were to leave are still in them
   */
  private record Fallen(
      Set<Long> messages, Set<Long> originals, Set<FolderPath> folders, Set<Long> sources) {
    Fallen() {
      this(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    void add(QueuedAction action) {
      switch (action.kind()) {
        case MOVE -> {
          action.items().forEach(item -> messages.add(item.placement()));
          sources.add(action.place().folder());
        }
        case COPY -> {
          action.items().forEach(item -> messages.add(item.copy()));
          action.items().forEach(item -> originals.add(item.placement()));
          sources.add(action.place().folder());
        }
        case APPEND -> action.items().forEach(item -> messages.add(item.placement()));
        case CREATE_FOLDER, DELETE_FOLDER -> folders.add(action.folder());
        case RENAME_FOLDER -> {
          folders.add(action.folder());
          folders.add(action.target().orElseThrow());
        }
        case FLAGS, DELETE -> {}
      }
    }

    /** Whether the whole action falls, because of where it is. */
    boolean takesWhole(QueuedAction action) {
      boolean deletesSource =
          action.kind() == QueuedAction.Kind.DELETE_FOLDER
              && sources.contains(action.place().folder());
      return deletesSource
          || folders.stream()
              .anyMatch(
                  folder ->
                      action.folder().isWithin(folder)
                          || action.target().filter(t -> t.isWithin(folder)).isPresent());
    }

    /** The messages of an action that falls for them. */
    List<QueuedAction.Item> taken(QueuedAction action) {
      boolean deletes = action.kind() == QueuedAction.Kind.DELETE;
      return action.items().stream()
          .filter(
              item ->
                  messages.contains(item.placement())
                      || (deletes && originals.contains(item.placement())))
          .toList();
    }
  }

  /** The later actions that cannot be done without this one, with those messages that cannot. */
  private static List<QueuedAction> dependants(Sql sql, QueuedAction refused) {
    Fallen fallen = new Fallen();
    fallen.add(refused);
    List<QueuedAction> dependants = new ArrayList<>();
    for (QueuedAction action : ActionQueue.after(sql, refused.id())) {
      boolean whole = fallen.takesWhole(action);
      QueuedAction undone = whole ? action : action.only(fallen.taken(action));
      if (whole || !undone.items().isEmpty()) {
        fallen.add(undone);
        dependants.add(undone);
      }
    }
    return dependants;
  }

  /** Undoes a refused action, and what was built on it. */
  static void refuse(Sql sql, QueuedAction action, ActionQueue.Refusal refusal) {
    ActionQueue.Refusal inherited =
        new ActionQueue.Refusal(refusal.reason(), "an action before it was refused");
    List<QueuedAction> dependants = dependants(sql, action);
    for (int i = dependants.size() - 1; i >= 0; i--) {
      undo(sql, dependants.get(i), inherited);
    }
    undo(sql, action, refusal);
  }

  /** Takes back a message that was appended and refused, for a caller who is told so now. */
  static void withdraw(Sql sql, long placement) {
    Placements.state(sql, placement)
        .filter(PlacementState::sole)
        .ifPresent(
            state -> {
              String cause = Change.Cause.DELETED_HERE.name();
              Feed.add(sql, Feed.Kind.REMOVED, placement, state.place().path(), cause);
              Placements.delete(sql, placement);
            });
  }

  /** Undoes an action, and notes why. */
  private static void undo(Sql sql, QueuedAction action, ActionQueue.Refusal refusal) {
    ActionQueue.remove(sql, action.id(), action.items());
    if (action.items().isEmpty()) {
      undoFolder(sql, action);
      ActionQueue.failed(sql, action, null, refusal);
    }
    for (QueuedAction.Item item : action.items()) {
      if (!isHere(sql, action, item)) {
        continue;
      }
      undo(sql, action, item);
      ActionQueue.failed(sql, action, item.placement(), refusal);
      Feed.add(sql, Feed.Kind.ACTION_FAILED, item.placement(), path(sql, action.place()), null);
    }
  }

  /** A message that was removed on the server meanwhile has nothing to be undone. */
  private static boolean isHere(Sql sql, QueuedAction action, QueuedAction.Item item) {
    boolean isCopy = action.kind() == QueuedAction.Kind.COPY;
    return Placements.content(sql, isCopy ? item.copy() : item.placement()).isPresent();
  }

  /** What a folder is called now; a folder that is gone keeps its last name. */
  private static FolderPath path(Sql sql, QueuedAction.Place place) {
    return Folders.find(sql, place.folder()).map(FolderRow::path).orElse(place.path());
  }

  private static void undo(Sql sql, QueuedAction action, QueuedAction.Item item) {
    switch (action.kind()) {
      case FLAGS -> undoFlags(sql, item.placement());
      case MOVE -> undoMove(sql, action, item.placement());
      case COPY -> undoCopy(sql, action, item.copy());
      case DELETE -> show(sql, item.placement(), path(sql, action.place()));
      case APPEND -> Placements.sole(sql, item.placement(), true);
      case CREATE_FOLDER, RENAME_FOLDER, DELETE_FOLDER -> {}
    }
  }

  /** What is shown becomes what the server has, with the actions that still wait. */
  private static void undoFlags(Sql sql, long placement) {
    Placements.state(sql, placement)
        .ifPresent(
            state ->
                state.server().ifPresent(told -> ServerChanges.show(sql, placement, state, told)));
  }

  private static void show(Sql sql, long placement, FolderPath folder) {
    Placements.hide(sql, placement, false);
    Feed.add(sql, Feed.Kind.ARRIVED, placement, folder, null);
  }

  private static void undoMove(Sql sql, QueuedAction action, long placement) {
    FolderPath left = path(sql, action.targetPlace().orElseThrow());
    Placements.move(sql, placement, action.place().folder());
    Feed.add(sql, Feed.Kind.MOVED, placement, path(sql, action.place()), left.toString());
  }

  private static void undoCopy(Sql sql, QueuedAction action, long copy) {
    FolderPath folder = path(sql, action.targetPlace().orElseThrow());
    Placements.delete(sql, copy);
    String cause = Change.Cause.REMOVED_ON_SERVER.name();
    Feed.add(sql, Feed.Kind.REMOVED, copy, folder, cause);
  }

  private static void undoFolder(Sql sql, QueuedAction action) {
    switch (action.kind()) {
      case CREATE_FOLDER -> removeFolder(sql, action.place());
      case RENAME_FOLDER ->
          FolderChanges.renameTree(sql, action.target().orElseThrow(), action.folder());
      case DELETE_FOLDER -> showFolder(sql, action.place());
      case FLAGS, MOVE, COPY, DELETE, APPEND -> {}
    }
  }

  /** A folder that holds what is nowhere else stays, and lives here from now on. */
  private static void removeFolder(Sql sql, QueuedAction.Place place) {
    if (Placements.in(sql, place.folder()).isEmpty()) {
      FolderPath path = path(sql, place);
      Folders.delete(sql, place.folder());
      Feed.add(sql, Feed.Kind.FOLDER_DELETED, null, path, null);
    } else {
      Folders.settle(sql, place.folder(), Residence.LOCAL);
    }
  }

  private static void showFolder(Sql sql, QueuedAction.Place place) {
    Folders.hide(sql, place.folder(), false);
    Feed.add(sql, Feed.Kind.FOLDER_CREATED, null, place.path(), null);
    Placements.in(sql, place.folder()).forEach(id -> show(sql, id, place.path()));
  }
}
