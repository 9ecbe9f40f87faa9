// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.change.Change;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What actions change in the tables, each within one transaction. Each returns what the server is
 * to be told; nothing for what lives only here.
 */
final class LocalActions {
  private static final FolderPath TRASH = FolderPath.of("Trash");

  private final Residence residence;

  /** For a mailbox whose new folders live there. */
  LocalActions(Residence residence) {
    this.residence = residence;
  }

  List<QueuedAction> mark(Sql sql, List<Long> ids, Set<Flag> set, Set<Flag> cleared) {
    List<QueuedAction> actions = new ArrayList<>();
    byFolder(sql, ids)
        .forEach(
            (folder, placements) -> {
              placements.removeIf(id -> !mark(sql, folder, id, set, cleared));
              if (isOnServer(folder) && !placements.isEmpty()) {
                actions.add(
                    action(QueuedAction.Kind.FLAGS, folder, placements).flags(set, cleared));
              }
            });
    return actions;
  }

  private static boolean mark(
      Sql sql, FolderRow folder, long id, Set<Flag> set, Set<Flag> cleared) {
    Flags before = Placements.flags(sql, id).orElseThrow();
    Flags after = before.changed(set, cleared);
    if (after.toSet().equals(before.toSet())) {
      return false;
    }
    Placements.show(sql, id, after);
    Feed.add(sql, Feed.Kind.FLAGS, id, folder.path(), null);
    return true;
  }

  List<QueuedAction> move(Sql sql, List<Long> ids, FolderRow target) {
    List<QueuedAction> actions = new ArrayList<>();
    byFolder(sql, ids)
        .forEach(
            (folder, placements) -> {
              if (folder.id() == target.id()) {
                return;
              }
              requireSameResidence(folder, target);
              for (long id : placements) {
                Placements.move(sql, id, target.id());
                Feed.add(sql, Feed.Kind.MOVED, id, target.path(), folder.path().toString());
              }
              if (isOnServer(folder)) {
                actions.add(action(QueuedAction.Kind.MOVE, folder, placements).to(target));
              }
            });
    return actions;
  }

  List<QueuedAction> copy(Sql sql, List<Long> ids, FolderRow target) {
    List<QueuedAction> actions = new ArrayList<>();
    byFolder(sql, ids)
        .forEach(
            (folder, placements) -> {
              requireSameResidence(folder, target);
              List<QueuedAction.Item> items = new ArrayList<>();
              for (long id : placements) {
                items.add(new QueuedAction.Item(id, copy(sql, id, target)));
              }
              if (isOnServer(folder)) {
                actions.add(QueuedAction.of(QueuedAction.Kind.COPY, folder, items).to(target));
              }
            });
    return actions;
  }

  private static long copy(Sql sql, long id, FolderRow target) {
    MessageRow row = Placements.find(sql, id).orElseThrow();
    long copy =
        Placements.insert(
            sql,
            new Placements.New(
                target.id(),
                row.content().id(),
                null,
                row.receivedAt(),
                row.flags(),
                isOnServer(target)));
    Feed.add(sql, Feed.Kind.ARRIVED, copy, target.path(), null);
    return copy;
  }

  List<QueuedAction> trash(Sql sql, List<Long> ids) {
    List<QueuedAction> actions = new ArrayList<>();
    Optional<FolderRow> trash = Folders.find(sql, FolderRole.TRASH);
    if (trash.isEmpty()) {
      trash = Optional.of(makeTrash(sql, actions));
    }
    actions.addAll(move(sql, ids, trash.get()));
    return actions;
  }

  private FolderRow makeTrash(Sql sql, List<QueuedAction> actions) {
    Optional<FolderRow> named = Folders.find(sql, TRASH);
    if (named.isPresent()) {
      Folders.ownRole(sql, named.get().id(), FolderRole.TRASH);
      return named.get();
    }
    FolderRow made = Folders.insert(sql, TRASH, null, residence);
    Folders.ownRole(sql, made.id(), FolderRole.TRASH);
    Feed.add(sql, Feed.Kind.FOLDER_CREATED, null, TRASH, null);
    if (isOnServer(made)) {
      actions.add(QueuedAction.of(QueuedAction.Kind.CREATE_FOLDER, made, List.of()));
    }
    return made;
  }

  List<QueuedAction> delete(Sql sql, List<Long> ids) {
    List<QueuedAction> actions = new ArrayList<>();
    byFolder(sql, ids)
        .forEach(
            (folder, placements) -> {
              for (long id : placements) {
                delete(sql, folder, id);
              }
              if (isOnServer(folder)) {
                actions.add(action(QueuedAction.Kind.DELETE, folder, placements));
              }
            });
    return actions;
  }

  static void delete(Sql sql, FolderRow folder, long id) {
    if (isOnServer(folder)) {
      Placements.hide(sql, id, true);
    } else {
      Entries.removed(sql, id);
      Placements.delete(sql, id);
    }
    Feed.add(sql, Feed.Kind.REMOVED, id, folder.path(), Change.Cause.DELETED_HERE.name());
  }

  /** The messages that are still there, by folder. */
  private static Map<FolderRow, List<Long>> byFolder(Sql sql, List<Long> ids) {
    Map<Long, List<Long>> byId = new LinkedHashMap<>();
    for (long id : new LinkedHashSet<>(ids)) {
      Placements.folder(sql, id)
          .ifPresent(folder -> byId.computeIfAbsent(folder, f -> new ArrayList<>()).add(id));
    }
    Map<FolderRow, List<Long>> byRow = new LinkedHashMap<>();
    byId.forEach((folder, found) -> byRow.put(Folders.find(sql, folder).orElseThrow(), found));
    return byRow;
  }

  private static QueuedAction action(
      QueuedAction.Kind kind, FolderRow folder, List<Long> placements) {
    return QueuedAction.of(
        kind, folder, placements.stream().map(id -> new QueuedAction.Item(id, 0)).toList());
  }

  private static boolean isOnServer(FolderRow folder) {
    return folder.residence() == Residence.SERVER;
  }

  private static void requireSameResidence(FolderRow folder, FolderRow target) {
    if (folder.residence() != target.residence()) {
      throw Actions.rejected(
          Reason.IMPOSSIBLE,
          folder.path() + " and " + target.path() + " do not live in the same place");
    }
  }
}
