// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.change.Change;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Undoes in the tables what a refused action had shown. */
final class Rollback {
  /** The folder with that path, also if it is hidden because its deletion waits. */
  static Optional<FolderRow> folder(Sql sql, FolderPath path) {
    return Folders.find(sql, path).or(() -> Folders.findHidden(sql, path));
  }

  /** The later actions that cannot be done without this one. */
  List<QueuedAction> dependants(Sql sql, QueuedAction refused) {
    Set<Long> messages = new HashSet<>();
    Set<FolderPath> folders = new HashSet<>();
    collect(refused, messages, folders);
    return ActionQueue.after(sql, refused.id()).stream()
        .filter(
            action -> {
              boolean depends = depends(action, messages, folders);
              if (depends) {
                collect(action, messages, folders);
              }
              return depends;
            })
        .toList();
  }

  /** What stands or falls with an action: messages that are elsewhere by it, folders it made. */
  private static void collect(QueuedAction action, Set<Long> messages, Set<FolderPath> folders) {
    switch (action.kind()) {
      case MOVE -> action.items().forEach(item -> messages.add(item.placement()));
      case COPY -> action.items().forEach(item -> messages.add(item.copy()));
      case CREATE_FOLDER -> folders.add(action.folder());
      case RENAME_FOLDER -> folders.add(action.target().orElseThrow());
      case FLAGS, DELETE, DELETE_FOLDER -> {}
    }
  }

  private static boolean depends(QueuedAction action, Set<Long> messages, Set<FolderPath> folders) {
    return action.items().stream().anyMatch(item -> messages.contains(item.placement()))
        || folders.stream()
            .anyMatch(
                folder ->
                    action.folder().isWithin(folder)
                        || action.target().filter(t -> t.isWithin(folder)).isPresent());
  }

  void undo(Sql sql, QueuedAction action, ActionResult.Refused refused, String serverText) {
    ActionQueue.remove(sql, action.id());
    if (action.items().isEmpty()) {
      undoFolder(sql, action);
      ActionQueue.failed(sql, null, action.describe(), refused.reason(), serverText);
    }
    for (QueuedAction.Item item : action.items()) {
      undo(sql, action, item);
      ActionQueue.failed(sql, item.placement(), action.describe(), refused.reason(), serverText);
      Feed.add(sql, Feed.Kind.ACTION_FAILED, item.placement(), action.folder(), null);
    }
  }

  private static void undo(Sql sql, QueuedAction action, QueuedAction.Item item) {
    switch (action.kind()) {
      case FLAGS -> undoFlags(sql, action, item.placement());
      case MOVE -> undoMove(sql, action, item.placement());
      case COPY -> undoCopy(sql, action, item.copy());
      case DELETE -> {
        Placements.hide(sql, item.placement(), false);
        Feed.add(sql, Feed.Kind.ARRIVED, item.placement(), action.folder(), null);
      }
      case CREATE_FOLDER, RENAME_FOLDER, DELETE_FOLDER -> {}
    }
  }

  /** What is shown becomes what the server has, with the actions that still wait. */
  private static void undoFlags(Sql sql, QueuedAction action, long placement) {
    Optional<Flags> server = Placements.serverFlags(sql, placement);
    if (server.isPresent()) {
      Flags shown = server.get();
      for (QueuedAction waiting : ActionQueue.flagActions(sql, placement)) {
        shown = shown.changed(waiting.set(), waiting.cleared());
      }
      Placements.show(sql, placement, shown);
      Feed.add(sql, Feed.Kind.FLAGS, placement, action.folder(), null);
    }
  }

  private static void undoMove(Sql sql, QueuedAction action, long placement) {
    FolderPath target = action.target().orElseThrow();
    folder(sql, action.folder())
        .ifPresent(
            folder -> {
              Placements.move(sql, placement, folder.id());
              Feed.add(sql, Feed.Kind.MOVED, placement, action.folder(), target.toString());
            });
  }

  private static void undoCopy(Sql sql, QueuedAction action, long copy) {
    Placements.delete(sql, copy);
    Feed.add(
        sql,
        Feed.Kind.REMOVED,
        copy,
        action.target().orElseThrow(),
        Change.Cause.REMOVED_ON_SERVER.name());
  }

  private static void undoFolder(Sql sql, QueuedAction action) {
    switch (action.kind()) {
      case CREATE_FOLDER ->
          Folders.find(sql, action.folder())
              .filter(folder -> Placements.in(sql, folder.id()).isEmpty())
              .ifPresent(
                  folder -> {
                    Folders.delete(sql, folder.id());
                    Feed.add(sql, Feed.Kind.FOLDER_DELETED, null, action.folder(), null);
                  });
      case RENAME_FOLDER -> {
        FolderPath target = action.target().orElseThrow();
        FolderChanges.renameTree(sql, target, action.folder());
      }
      case DELETE_FOLDER ->
          Folders.findHidden(sql, action.folder())
              .ifPresent(
                  folder -> {
                    Folders.hide(sql, folder.id(), false);
                    Feed.add(sql, Feed.Kind.FOLDER_CREATED, null, action.folder(), null);
                    for (long id : Placements.in(sql, folder.id())) {
                      Placements.hide(sql, id, false);
                      Feed.add(sql, Feed.Kind.ARRIVED, id, action.folder(), null);
                    }
                  });
      case FLAGS, MOVE, COPY, DELETE -> {}
    }
  }
}
