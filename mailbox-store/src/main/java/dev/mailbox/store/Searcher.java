// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.sync.ProgressListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers searches from the local copy, after what it lacks was brought from the server. */
final class Searcher {
  private final Store store;
  private final MessageReader reader;
  private final LocalSearch local;
  private final Bodies bodies;
  private final Optional<SyncRunner> runner;
  private final Optional<ServerSearch> server;
  private final Coverage coverage;

  Searcher(Store store, MessageReader reader, LocalSearch local, Remotes remotes) {
    this.store = store;
    this.reader = reader;
    this.local = local;
    this.bodies = remotes.bodies();
    this.runner = remotes.runner();
    this.server = remotes.server();
    this.coverage = remotes.coverage();
  }

  /** The server's side, where there is one. */
  record Remotes(
      Bodies bodies,
      Optional<SyncRunner> runner,
      Optional<ServerSearch> server,
      Coverage coverage) {}

  /**
   * Searches a folder, or without one, all folders. A server that can search is asked for what may
   * match and is not here. Without such a server, a copy in memory is made for the search, and one
   * on disk is as fresh as its last sync.
   */
  StoreSearchResult search(@Nullable FolderPath folder, Search search) {
    if (!search.isLocalOnly() && asksServer(folder)) {
      try {
        return searchOnServer(folder, search);
      } catch (ConnectionException e) {
        return result(folder, search, row -> true, false);
      }
    }
    return searchCopy(folder, search);
  }

  /** Whether a server is asked to search there. */
  boolean asksServer(@Nullable FolderPath folder) {
    return server.isPresent()
        && (folder == null || store.read(sql -> Store.require(sql, folder)).isOnServer());
  }

  /**
   * Searches with the help of the server.
   *
   * @throws ConnectionException if it cannot be reached
   */
  StoreSearchResult searchOnServer(@Nullable FolderPath folder, Search search) {
    try {
      ServerSearch.Answer answer =
          server.orElseThrow().ask(folder, search, ids -> local.count(ids, search.query()));
      return result(
          folder, search, row -> !answer.outdated().contains(row.id()), answer.complete());
    } catch (RejectedException e) {
      // It may sync all the same.
      return searchCopy(folder, search);
    }
  }

  private StoreSearchResult searchCopy(@Nullable FolderPath folder, Search search) {
    boolean asked = search.isLocalOnly() || (sync(folder) && bring(folder, search.query()));
    return result(folder, search, row -> true, asked && isComplete(folder, search.query()));
  }

  /** The same for a copy that is in step. */
  StoreSearchResult searchInStep(FolderPath folder, Search search) {
    boolean asked = bring(folder, search.query());
    return result(folder, search, row -> true, asked && isComplete(folder, search.query()));
  }

  private StoreSearchResult result(
      @Nullable FolderPath folder,
      Search search,
      Predicate<MessageRow> candidates,
      boolean complete) {
    return new StoreSearchResult(
        this, List.copyOf(local.find(folder, search, candidates)), complete);
  }

  /** Brings a copy in memory in step; false if the server cannot be reached. */
  private boolean sync(@Nullable FolderPath folder) {
    boolean here = folder != null && !store.read(sql -> Store.require(sql, folder)).isKeptInStep();
    if (runner.isEmpty() || store.isOnDisk() || here) {
      return true;
    }
    try {
      runner.get().sync(folder == null ? Set.of() : Set.of(folder), ProgressListener.NONE);
      return true;
    } catch (ConnectionException e) {
      return false;
    }
  }

  /** Brings the bodies that the query needs and the copy lacks; false if that is not possible. */
  private boolean bring(@Nullable FolderPath folder, Query query) {
    try {
      if (QueryMatcher.needsBodies(query)) {
        bodies.download(notWhole(folder));
      }
      return true;
    } catch (ConnectionException | RejectedException e) {
      return false;
    }
  }

  private boolean isComplete(@Nullable FolderPath folder, Query query) {
    return store.read(sql -> coverage.isWhole(sql, folder))
        && (!QueryMatcher.needsBodies(query) || notWhole(folder).isEmpty());
  }

  private List<Long> notWhole(@Nullable FolderPath folder) {
    return store.read(
        sql ->
            folder == null
                ? Placements.notWhole(sql)
                : Placements.notWhole(sql, Store.require(sql, folder).id()));
  }

  MessageReader reader() {
    return reader;
  }

  /** Downloads bodies ahead; a body that the server refuses is asked for again when it is read. */
  void prefetch(List<Long> placements) {
    try {
      bodies.download(placements);
    } catch (RejectedException e) {
      // Reading the message says so.
    }
  }
}
