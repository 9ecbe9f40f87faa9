// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SortOrder;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.RemoteSearch;
import dev.mailbox.spi.Replica;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server which messages may match, and brings those, so that not everything has to be copied
 * before it can be found. Whether they do match is decided here.
 */
final class ServerSearch {
  /** So many messages are brought at least, where a few newest are wanted. */
  private static final int FEW = 50;

  private static final int MANY = 500;

  private final Store store;
  private final Sides sides;
  private final Bodies bodies;
  private final Coverage coverage;

  ServerSearch(Store store, Sides sides, Bodies bodies, Coverage coverage) {
    this.store = store;
    this.sides = sides;
    this.bodies = bodies;
    this.coverage = coverage;
  }

  /** What it works between. */
  record Sides(RemoteSearch remote, Replica replica, SyncRunner runner) {}

  /**
   * What the server's help came to.
   *
   * @param outdated messages that are here, and of which the server said that they do not match
   * @param complete whether it was asked about everything
   */
  record Answer(Set<Long> outdated, boolean complete) {}

  /**
   * Brings what may match in a folder, or in all that are kept in step, and is not here.
   *
   * @param counter tells how many of some messages match
   */
  Answer ask(@Nullable FolderPath folder, Search search, ToIntFunction<List<Long>> counter) {
    return store.isOnDisk()
        ? askForTheRest(folder, search, counter)
        : askForAll(folder, search, counter);
  }

  /** A copy in memory is not kept in step: what the server does not name is not looked at. */
  private Answer askForAll(
      @Nullable FolderPath folder, Search search, ToIntFunction<List<Long>> counter) {
    if (folder == null && !store.read(Coverage::knowsFolders)) {
      sides.runner().learnFolders();
    }
    Set<Long> outdated = new HashSet<>();
    for (FolderRow row : store.read(sql -> folders(sql, folder))) {
      outdated.addAll(store.read(sql -> Entries.placements(sql, row.id())));
      if (folder != null || coverage.isInScope(row)) {
        bring(row, search, counter).forEach(outdated::remove);
      }
    }
    return new Answer(outdated, folder != null || store.read(Coverage::knowsFolders));
  }

  /** A copy on disk is as fresh as its last sync: only what that left out is asked for. */
  private Answer askForTheRest(
      @Nullable FolderPath folder, Search search, ToIntFunction<List<Long>> counter) {
    for (FolderRow row : store.read(sql -> folders(sql, folder))) {
      boolean wanted = folder != null || coverage.isInScope(row);
      if (wanted && !store.read(sql -> Coverage.isWhole(sql, row))) {
        bring(row, search, counter);
      }
      if (QueryMatcher.needsBodies(search.query())) {
        bringBodies(row, search.query());
      }
    }
    return new Answer(Set.of(), folder != null || store.read(Coverage::knowsFolders));
  }

  private static List<FolderRow> folders(Sql sql, @Nullable FolderPath folder) {
    return folder == null
        ? Folders.all(sql).stream().filter(FolderRow::isOnServer).toList()
        : List.of(Store.require(sql, folder));
  }

  /** Brings the messages that may match, and returns them; the newest, if only some are wanted. */
  private List<Long> bring(FolderRow row, Search search, ToIntFunction<List<Long>> counter) {
    RemoteFolder folder = new RemoteFolder(row.path(), row.anchor());
    boolean few = search.order() == SortOrder.NEWEST_FIRST && search.limit() < Integer.MAX_VALUE;
    List<String> keys = find(folder, search.query(), few);
    Predicate<String> wanted = withBodies(folder, search.query());
    int step = few ? Math.min(Math.max(search.limit(), FEW), keys.size()) : MANY;
    List<Long> brought = new ArrayList<>();
    int matching = 0;
    for (int from = 0; from < keys.size() && matching < search.limit(); from += step) {
      List<String> chunk = keys.subList(from, Math.min(keys.size(), from + step));
      sides.runner().checkCancelled();
      bringHeaders(row, folder, chunk);
      bodies.download(placements(row, chunk.stream().filter(wanted).toList()));
      List<Long> placements = placements(row, chunk);
      brought.addAll(placements);
      matching += few ? counter.applyAsInt(placements) : 0;
    }
    return brought;
  }

  /** A server that does not know yet what is shown here would find other messages. */
  private List<String> find(RemoteFolder folder, Query query, boolean newestFirst) {
    sides.runner().checkCancelled();
    sides.runner().drainQueue(SyncRunner.UNBOUNDED);
    return sides.remote().find(folder, query, newestFirst);
  }

  /** In memory, what is here already may have changed on the server. */
  private void bringHeaders(FolderRow row, RemoteFolder folder, List<String> keys) {
    List<String> missing =
        store.isOnDisk()
            ? store.read(
                sql ->
                    keys.stream()
                        .filter(key -> Entries.placement(sql, row.id(), key).isEmpty())
                        .toList())
            : keys;
    if (!missing.isEmpty()) {
      sides.remote().bring(folder, missing, sides.replica());
    }
  }

  /**
   * Which of the messages that may match are needed whole: none for a query that asks for no text,
   * and for one that asks for its absence, those that have it.
   */
  private Predicate<String> withBodies(RemoteFolder folder, Query query) {
    if (!QueryMatcher.needsBodies(query)) {
      return key -> false;
    }
    return QueryMatcher.excludesText(query) ? withTexts(folder, query)::contains : key -> true;
  }

  /** Downloads the bodies that decide whether messages that are here match. */
  private void bringBodies(FolderRow row, Query query) {
    if (store.read(sql -> Placements.notWhole(sql, row.id())).isEmpty()) {
      return;
    }
    RemoteFolder folder = new RemoteFolder(row.path(), row.anchor());
    Collection<String> keys =
        QueryMatcher.excludesText(query) ? withTexts(folder, query) : find(folder, query, false);
    bodies.download(placements(row, keys));
  }

  /** The keys of the messages that have one of the query's texts. */
  private Set<String> withTexts(RemoteFolder folder, Query query) {
    Set<String> keys = new HashSet<>();
    for (String text : QueryMatcher.texts(query).distinct().toList()) {
      keys.addAll(find(folder, new Query.InText(text), false));
    }
    return keys;
  }

  private List<Long> placements(FolderRow row, Collection<String> keys) {
    return store.read(
        sql ->
            keys.stream()
                .map(key -> Entries.placement(sql, row.id(), key))
                .filter(OptionalLong::isPresent)
                .map(OptionalLong::getAsLong)
                .toList());
  }
}
