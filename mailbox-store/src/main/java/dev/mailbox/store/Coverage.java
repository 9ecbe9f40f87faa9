// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.spi.EntryState;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Meta;
import dev.mailbox.store.internal.db.Sql;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells how much of what the server has is here.
 *
 * @param hasServer whether there is a server now
 * @param scope the folders that are kept in step; empty for all but those that seldom matter
 */
record Coverage(boolean hasServer, Set<FolderPath> scope) {
  /** Folders with these roles are not kept in step unless they are asked for. */
  private static final Set<FolderRole> LEFT_OUT =
      EnumSet.of(FolderRole.ALL, FolderRole.JUNK, FolderRole.TRASH);

  /**
   * Whether the last syncs left nothing of a folder out, or of all that are kept in step. A store
   * that never had a server lacks nothing.
   */
  boolean isWhole(Sql sql, @Nullable FolderPath folder) {
    if (!hasServer && Store.hasNoAccount(sql)) {
      return true;
    }
    return folder == null
        ? knowsFolders(sql)
            && Folders.all(sql).stream().filter(this::isInScope).allMatch(f -> isWhole(sql, f))
        : isWhole(sql, Store.require(sql, folder));
  }

  static boolean isWhole(Sql sql, FolderRow folder) {
    return !folder.isKeptInStep()
        || (folder.leftOut().orElse(1) == 0
            && Entries.count(sql, folder.id(), EntryState.LEFT) == 0);
  }

  /** Whether all folders are known that a server may have. */
  static boolean knowsFolders(Sql sql) {
    return !Store.require(sql, FolderPath.INBOX).isOnServer()
        || Meta.get(sql, Arrangement.KNOWN).isPresent();
  }

  /** Whether a folder is kept in step. */
  boolean isInScope(FolderRow row) {
    return scope.isEmpty()
        ? row.role().filter(LEFT_OUT::contains).isEmpty()
        : scope.contains(row.path());
  }
}
