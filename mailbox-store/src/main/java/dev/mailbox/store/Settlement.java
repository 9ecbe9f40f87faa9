// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.ActionResult;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteAction;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the tables in line with what the server made of a queued action. */
final class Settlement {
  private final Store store;
  private final Rollback rollback = new Rollback();

  Settlement(Store store) {
    this.store = store;
  }

  /** What the server is to be asked; empty if none of the messages is known to it any more. */
  Optional<RemoteAction> remoteAction(QueuedAction action) {
    return store.read(
        sql -> {
          List<String> keys = List.copyOf(keys(sql, action).keySet());
          boolean aboutMessages = !action.items().isEmpty();
          return aboutMessages && keys.isEmpty()
              ? Optional.empty()
              : Optional.of(remoteAction(action, keys));
        });
  }

  private static RemoteAction remoteAction(QueuedAction action, List<String> keys) {
    FolderPath folder = action.folder();
    return switch (action.kind()) {
      case FLAGS -> new RemoteAction.ChangeFlags(folder, keys, action.set(), action.cleared());
      case MOVE -> new RemoteAction.Move(folder, keys, action.target().orElseThrow());
      case COPY -> new RemoteAction.Copy(folder, keys, action.target().orElseThrow());
      case DELETE -> new RemoteAction.Delete(folder, keys);
      case CREATE_FOLDER -> new RemoteAction.CreateFolder(folder);
      case RENAME_FOLDER -> new RemoteAction.RenameFolder(folder, action.target().orElseThrow());
      case DELETE_FOLDER -> new RemoteAction.DeleteFolder(folder);
    };
  }

  /** The keys by which the server knows an action's messages in its folder. */
  private static Map<String, QueuedAction.Item> keys(Sql sql, QueuedAction action) {
    Map<String, QueuedAction.Item> keys = new LinkedHashMap<>();
    Optional<FolderRow> folder = Rollback.folder(sql, action.folder());
    for (QueuedAction.Item item : action.items()) {
      folder
          .flatMap(f -> Entries.key(sql, f.id(), item.placement()))
          .ifPresent(key -> keys.put(key, item));
    }
    return keys;
  }

  /** The server has done it. */
  void done(QueuedAction action, ActionResult.Done done) {
    store.change(
        sql -> {
          apply(sql, action, done);
          ActionQueue.remove(sql, action.id());
        });
  }

  private static void apply(Sql sql, QueuedAction action, ActionResult.Done done) {
    switch (action.kind()) {
      case FLAGS -> action.items().forEach(item -> confirmFlags(sql, action, item.placement()));
      case MOVE -> moved(sql, action, done);
      case COPY -> copied(sql, action, done);
      case DELETE -> action.items().forEach(item -> removed(sql, item.placement()));
      case DELETE_FOLDER -> folderDeleted(sql, action);
      case CREATE_FOLDER, RENAME_FOLDER -> {}
    }
  }

  private static void confirmFlags(Sql sql, QueuedAction action, long placement) {
    Flags before = Placements.serverFlags(sql, placement).orElse(Flags.NONE);
    Placements.serverFlags(sql, placement, before.changed(action.set(), action.cleared()));
  }

  private static void moved(Sql sql, QueuedAction action, ActionResult.Done done) {
    Optional<FolderRow> from = Rollback.folder(sql, action.folder());
    Optional<FolderRow> to = action.target().flatMap(t -> Rollback.folder(sql, t));
    keys(sql, action)
        .forEach(
            (key, item) -> {
              from.ifPresent(f -> Entries.delete(sql, f.id(), key));
              note(sql, to, item.placement(), done.newKeys().get(key));
            });
  }

  private static void copied(Sql sql, QueuedAction action, ActionResult.Done done) {
    Optional<FolderRow> to = action.target().flatMap(t -> Rollback.folder(sql, t));
    keys(sql, action).forEach((key, item) -> note(sql, to, item.copy(), done.newKeys().get(key)));
  }

  private static void note(
      Sql sql, Optional<FolderRow> folder, long placement, @Nullable String key) {
    Placements.remoteKey(sql, placement, key);
    if (key != null && folder.isPresent()) {
      RemoteEntry entry = new RemoteEntry(key, 0, EntryState.DURABLE, new byte[0], Instant.now());
      Entries.put(sql, folder.get().id(), entry, placement);
    }
  }

  private static void removed(Sql sql, long placement) {
    Entries.forget(sql, placement);
    Placements.delete(sql, placement);
  }

  private static void folderDeleted(Sql sql, QueuedAction action) {
    Folders.findHidden(sql, action.folder())
        .ifPresent(
            folder -> {
              Placements.in(sql, folder.id()).forEach(id -> removed(sql, id));
              Folders.delete(sql, folder.id());
            });
  }

  /** The server said no: it, and what was built on it, is undone here. */
  void refused(QueuedAction action, ActionResult.Refused refused) {
    store.change(
        sql -> {
          List<QueuedAction> undone = new ArrayList<>(rollback.dependants(sql, action));
          for (int i = undone.size() - 1; i >= 0; i--) {
            rollback.undo(sql, undone.get(i), refused, "an action before it was refused");
          }
          rollback.undo(sql, action, refused, refused.serverText());
        });
  }
}
