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
import dev.mailbox.store.internal.db.PlacementState;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** Messages of a folder that live in the same place, which is not always where it lives. */
  private record Group(FolderRow folder, boolean onServer) {}

  List<QueuedAction> mark(Sql sql, List<Long> ids, Set<Flag> set, Set<Flag> cleared) {
    List<QueuedAction> actions = new ArrayList<>();
    groups(sql, ids)
        .forEach(
            (group, placements) -> {
              placements.removeIf(id -> !mark(sql, group.folder(), id, set, cleared));
              if (group.onServer() && !placements.isEmpty()) {
                actions.add(action(QueuedAction.Kind.FLAGS, group, placements).flags(set, cleared));
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
    groups(sql, ids)
        .forEach(
            (group, placements) -> {
              FolderRow folder = group.folder();
              if (folder.id() == target.id()) {
                return;
              }
              requireReachable(group, target);
              for (long id : placements) {
                move(sql, id, group, target);
              }
              if (group.onServer()) {
                actions.add(action(QueuedAction.Kind.MOVE, group, placements).to(target));
              }
            });
    return actions;
  }

  /** What lives here goes on living here, also in a folder of the server. */
  private static void move(Sql sql, long id, Group from, FolderRow target) {
    Placements.move(sql, id, target.id());
    if (!from.onServer() && (from.folder().isOnServer() || target.isOnServer())) {
      Placements.sole(sql, id, target.isOnServer());
      Placements.remoteKey(sql, id, null);
    }
    Feed.add(sql, Feed.Kind.MOVED, id, target.path(), from.folder().path().toString());
  }

  List<QueuedAction> copy(Sql sql, List<Long> ids, FolderRow target) {
    List<QueuedAction> actions = new ArrayList<>();
    groups(sql, ids)
        .forEach(
            (group, placements) -> {
              requireReachable(group, target);
              List<QueuedAction.Item> items = new ArrayList<>();
              for (long id : placements) {
                items.add(new QueuedAction.Item(id, copy(sql, id, group, target)));
              }
              if (group.onServer()) {
                actions.add(
                    QueuedAction.of(QueuedAction.Kind.COPY, group.folder(), items).to(target));
              }
            });
    return actions;
  }

  private static long copy(Sql sql, long id, Group from, FolderRow target) {
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
                from.onServer()));
    if (!from.onServer() && target.isOnServer()) {
      Placements.sole(sql, copy, true);
    }
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
    if (made.isOnServer()) {
      actions.add(QueuedAction.of(QueuedAction.Kind.CREATE_FOLDER, made, List.of()));
    }
    return made;
  }

  List<QueuedAction> delete(Sql sql, List<Long> ids) {
    List<QueuedAction> actions = new ArrayList<>();
    groups(sql, ids)
        .forEach(
            (group, placements) -> {
              for (long id : placements) {
                delete(sql, id, group.folder(), group.onServer());
              }
              if (group.onServer()) {
                actions.add(action(QueuedAction.Kind.DELETE, group, placements));
              }
            });
    return actions;
  }

  /** Removes a message, or until the server has done so, hides it. */
  static void delete(Sql sql, long id, FolderRow folder, boolean onServer) {
    if (onServer) {
      Placements.hide(sql, id, true);
    } else {
      Entries.removed(sql, id);
      Placements.delete(sql, id);
    }
    Feed.add(sql, Feed.Kind.REMOVED, id, folder.path(), Change.Cause.DELETED_HERE.name());
  }

  /** The messages that are still there. */
  private static Map<Group, List<Long>> groups(Sql sql, List<Long> ids) {
    Map<Group, List<Long>> groups = new LinkedHashMap<>();
    Map<Long, FolderRow> folders = new HashMap<>();
    for (long id : new LinkedHashSet<>(ids)) {
      PlacementState state = Placements.state(sql, id).filter(s -> !s.hidden()).orElse(null);
      if (state != null) {
        FolderRow folder =
            folders.computeIfAbsent(
                state.place().folder(), f -> Folders.find(sql, f).orElseThrow());
        Group group = new Group(folder, state.onServer());
        groups.computeIfAbsent(group, g -> new ArrayList<>()).add(id);
      }
    }
    return groups;
  }

  private static QueuedAction action(QueuedAction.Kind kind, Group group, List<Long> placements) {
    return QueuedAction.of(
        kind, group.folder(), placements.stream().map(id -> new QueuedAction.Item(id, 0)).toList());
  }

  /** What lives on a server cannot leave it; what lives here can be anywhere. */
  private static void requireReachable(Group from, FolderRow target) {
    if (from.onServer() && !target.isOnServer()) {
      throw Actions.rejected(
          Reason.IMPOSSIBLE,
          from.folder().path() + " and " + target.path() + " do not live in the same place");
    }
  }
}
