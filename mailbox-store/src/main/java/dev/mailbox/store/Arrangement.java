// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Meta;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Brings the folders in step with a server's list. What waits in the queue, or has just left it, is
 * done to the list first, so that the folders are compared with what the server will have. For one
 * transaction.
 */
final class Arrangement {
  /** Whether the server's folders are known. */
  static final String KNOWN = "folders_known";

  private static final ActionQueue.Refusal GONE =
      new ActionQueue.Refusal(Reason.NOT_FOUND, "the folder was removed on the server");

  private final Sql sql;
  private final Map<FolderPath, Optional<FolderRole>> expected =
      new TreeMap<>(Comparator.comparing(FolderPath::toString));

  Arrangement(Sql sql, Collection<ListedFolder> listed) {
    this.sql = sql;
    for (ListedFolder folder : listed) {
      expected.put(folder.path(), folder.role().filter(role -> role != FolderRole.INBOX));
    }
    expected.put(FolderPath.INBOX, Optional.of(FolderRole.INBOX));
  }

  /**
   * Does it.
   *
   * @param done actions on folders that the list may lack because the server has just done them
   */
  void arrange(List<QueuedAction> done) {
    done.forEach(this::expect);
    ActionQueue.folderActions(sql).forEach(this::expect);
    for (FolderRow row : Folders.all(sql)) {
      if (row.isOnServer() && !expected.containsKey(row.path())) {
        remove(row);
      }
    }
    expected.keySet().forEach(this::provide);
    Folders.all(sql).stream().filter(FolderRow::isOnServer).forEach(this::role);
    if (Meta.get(sql, KNOWN).isEmpty()) {
      Meta.put(sql, KNOWN, "1");
    }
  }

  private void expect(QueuedAction action) {
    switch (action.kind()) {
      case CREATE_FOLDER -> expected.putIfAbsent(action.folder(), Optional.empty());
      case DELETE_FOLDER -> expected.remove(action.folder());
      case RENAME_FOLDER -> expectRenamed(action.folder(), action.target().orElseThrow());
      case FLAGS, MOVE, COPY, DELETE, APPEND -> {}
    }
  }

  private void expectRenamed(FolderPath from, FolderPath to) {
    for (FolderPath path : List.copyOf(expected.keySet())) {
      if (path.isWithin(from)) {
        Optional<FolderRole> role = expected.getOrDefault(path, Optional.empty());
        expected.remove(path);
        expected.put(FolderChanges.renamed(path, from, to), role);
      }
    }
  }

  /** Makes a folder that is missing here; one that lived here becomes the server's. */
  private void provide(FolderPath path) {
    Optional<FolderRow> row = Folders.find(sql, path);
    if (row.isEmpty()) {
      Folders.insert(sql, path, null, Residence.SERVER);
      Feed.add(sql, Feed.Kind.FOLDER_CREATED, null, path, null);
    } else if (!row.get().isOnServer()) {
      Folders.settle(sql, row.get().id(), Residence.SERVER);
      for (long id : Placements.in(sql, row.get().id())) {
        Placements.sole(sql, id, true);
        Placements.remoteKey(sql, id, null);
      }
    }
  }

  /** The server has lost a folder: what was to go there stays where it was, or here. */
  private void remove(FolderRow row) {
    for (QueuedAction action : ActionQueue.into(sql, row.id())) {
      if (ActionQueue.waits(sql, action.id())) {
        Rollback.refuse(sql, action, GONE);
      }
    }
    Entries.placements(sql, row.id()).forEach(id -> ServerChanges.drop(sql, id));
    for (long id : Placements.in(sql, row.id())) {
      if (Placements.state(sql, id).filter(state -> !state.sole()).isPresent()) {
        ServerChanges.drop(sql, id);
      }
    }
    if (Placements.in(sql, row.id()).isEmpty()) {
      Folders.delete(sql, row.id());
      Feed.add(sql, Feed.Kind.FOLDER_DELETED, null, row.path(), null);
    } else {
      Folders.settle(sql, row.id(), Residence.LOCAL);
      Folders.role(sql, row.id(), null);
    }
  }

  /** A role that was given here stays until the server gives it to another folder. */
  private void role(FolderRow row) {
    Optional<FolderRole> told = expected.getOrDefault(row.path(), Optional.empty());
    boolean own = Folders.hasOwnRole(sql, row.id());
    boolean keeps = own && told.isEmpty() && !expected.containsValue(row.role());
    if (!keeps && (own || !told.equals(row.role()))) {
      Folders.role(sql, row.id(), told.orElse(null));
    }
  }
}
