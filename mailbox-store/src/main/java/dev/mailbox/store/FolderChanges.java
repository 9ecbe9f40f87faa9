// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.ArrayList;
import java.util.List;

/** What changes of folders do to the tables; each returns what the server is to be told. */
final class FolderChanges {
  private final Residence residence;

  /** For a mailbox whose new folders live there. */
  FolderChanges(Residence residence) {
    this.residence = residence;
  }

  List<QueuedAction> create(Sql sql, FolderPath path) {
    List<QueuedAction> actions = new ArrayList<>();
    for (int depth = 1; depth <= path.segments().size(); depth++) {
      FolderPath part = new FolderPath(path.segments().subList(0, depth));
      if (Folders.find(sql, part).isEmpty()) {
        FolderRow made = Folders.insert(sql, part, null, residence);
        Feed.add(sql, Feed.Kind.FOLDER_CREATED, null, part, null);
        if (residence == Residence.SERVER) {
          actions.add(QueuedAction.of(QueuedAction.Kind.CREATE_FOLDER, made, List.of()));
        }
      }
    }
    return actions;
  }

  List<QueuedAction> rename(Sql sql, FolderPath from, FolderPath to) {
    FolderRow row = Store.require(sql, from);
    refuseInbox(from, "renamed");
    if (Folders.find(sql, to).isPresent()) {
      throw taken(to);
    }
    if (to.isWithin(from)) {
      throw Actions.rejected(Reason.IMPOSSIBLE, "a folder cannot go into itself: " + to);
    }
    refuseTaken(sql, from, to);
    List<QueuedAction> actions = new ArrayList<>(parents(sql, to));
    renameTree(sql, from, to);
    if (row.residence() == Residence.SERVER) {
      actions.add(
          QueuedAction.of(QueuedAction.Kind.RENAME_FOLDER, row, List.of())
              .to(new QueuedAction.Place(to, row.id())));
    }
    return actions;
  }

  /** A folder that is gone may have left folders below it, whose names are taken. */
  private static void refuseTaken(Sql sql, FolderPath from, FolderPath to) {
    for (FolderRow row : Folders.all(sql)) {
      FolderPath renamed = renamed(row.path(), from, to);
      if (row.path().isWithin(from) && Folders.find(sql, renamed).isPresent()) {
        throw taken(renamed);
      }
    }
  }

  private static RejectedException taken(FolderPath path) {
    return Actions.rejected(Reason.ALREADY_EXISTS, "there is a folder " + path + " already");
  }

  /** What becomes of a path when a folder above it, or it, is renamed. */
  static FolderPath renamed(FolderPath path, FolderPath from, FolderPath to) {
    if (!path.isWithin(from)) {
      return path;
    }
    List<String> segments = new ArrayList<>(to.segments());
    segments.addAll(path.segments().subList(from.segments().size(), path.segments().size()));
    return new FolderPath(segments);
  }

  private List<QueuedAction> parents(Sql sql, FolderPath path) {
    int depth = path.segments().size() - 1;
    return depth == 0 ? List.of() : create(sql, new FolderPath(path.segments().subList(0, depth)));
  }

  /** Renames a folder and those below it, here. */
  static void renameTree(Sql sql, FolderPath from, FolderPath to) {
    for (FolderRow row : Folders.all(sql)) {
      if (row.path().isWithin(from)) {
        FolderPath renamed = renamed(row.path(), from, to);
        Folders.rename(sql, row.id(), renamed);
        Feed.add(sql, Feed.Kind.FOLDER_RENAMED, null, renamed, row.path().toString());
      }
    }
  }

  List<QueuedAction> delete(Sql sql, FolderPath path) {
    FolderRow row = Store.require(sql, path);
    refuseInbox(path, "deleted");
    for (long id : Placements.in(sql, row.id())) {
      if (Placements.folder(sql, id).isPresent()) {
        LocalActions.delete(sql, id, row, row.isOnServer());
      }
    }
    Feed.add(sql, Feed.Kind.FOLDER_DELETED, null, path, null);
    if (row.residence() == Residence.LOCAL) {
      Folders.delete(sql, row.id());
      return List.of();
    }
    Folders.hide(sql, row.id(), true);
    return List.of(QueuedAction.of(QueuedAction.Kind.DELETE_FOLDER, row, List.of()));
  }

  private static void refuseInbox(FolderPath path, String done) {
    if (path.equals(FolderPath.INBOX)) {
      throw Actions.rejected(Reason.IMPOSSIBLE, "the inbox cannot be " + done);
    }
  }
}
