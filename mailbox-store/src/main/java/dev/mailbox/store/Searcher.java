// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.content.Address;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SortOrder;
import dev.mailbox.spi.EntryState;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Meta;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import dev.mailbox.store.internal.db.Words;
import dev.mailbox.sync.ProgressListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers searches from the local copy, after what it lacks was brought from the server. */
final class Searcher {
  /** Folders with these roles are not kept in step unless they are asked for. */
  private static final Set<FolderRole> LEFT_OUT =
      EnumSet.of(FolderRole.ALL, FolderRole.JUNK, FolderRole.TRASH);

  private final Store store;
  private final MessageReader reader;
  private final Indexer indexer;
  private final Bodies bodies;
  private final Optional<SyncRunner> runner;
  private final Set<FolderPath> scope;

  Searcher(Store store, MessageReader reader, Indexer indexer, Remotes remotes) {
    this.store = store;
    this.reader = reader;
    this.indexer = indexer;
    this.bodies = remotes.bodies();
    this.runner = remotes.runner();
    this.scope = remotes.scope();
  }

  /** The server's side, where there is one. */
  record Remotes(Bodies bodies, Optional<SyncRunner> runner, Set<FolderPath> scope) {}

  /**
   * Searches a folder, or without one, all folders. A copy in memory is made for the search; one on
   * disk is as fresh as its last sync.
   */
  StoreSearchResult search(@Nullable FolderPath folder, Search search) {
    boolean asked = search.isLocalOnly() || (sync(folder) && bring(folder, search.query()));
    return result(folder, search, asked);
  }

  /** The same for a copy that is in step. */
  StoreSearchResult searchInStep(FolderPath folder, Search search) {
    return result(folder, search, bring(folder, search.query()));
  }

  private StoreSearchResult result(@Nullable FolderPath folder, Search search, boolean asked) {
    boolean complete = asked && isComplete(folder, search.query());
    return new StoreSearchResult(this, List.copyOf(find(folder, search)), complete);
  }

  /** Brings a copy in memory in step; false if the server cannot be reached. */
  private boolean sync(@Nullable FolderPath folder) {
    boolean local = folder != null && !store.read(sql -> Store.require(sql, folder)).isKeptInStep();
    if (runner.isEmpty() || store.isOnDisk() || local) {
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
      if (needsBodies(query)) {
        bodies.download(notWhole(folder));
      }
      return true;
    } catch (ConnectionException | RejectedException e) {
      return false;
    }
  }

  private boolean isComplete(@Nullable FolderPath folder, Query query) {
    boolean leftOut =
        store.read(
            sql ->
                folder == null
                    ? Entries.count(sql, EntryState.LEFT) > 0
                    : Entries.count(sql, Store.require(sql, folder).id(), EntryState.LEFT) > 0);
    return !leftOut
        && store.read(sql -> isInStep(sql, folder))
        && (!needsBodies(query) || notWhole(folder).isEmpty());
  }

  /** Whether the last syncs left nothing out; a store that never had a server lacks nothing. */
  private boolean isInStep(Sql sql, @Nullable FolderPath folder) {
    if (Store.hasNoAccount(sql)) {
      return true;
    }
    return folder == null
        ? knowsFolders(sql)
            && Folders.all(sql).stream().filter(this::isInScope).allMatch(Searcher::isInStep)
        : isInStep(Store.require(sql, folder));
  }

  private static boolean isInStep(FolderRow row) {
    return !row.isKeptInStep() || row.leftOut().orElse(1) == 0;
  }

  /** Whether all folders are known that a server may have. */
  private static boolean knowsFolders(Sql sql) {
    return !Store.require(sql, FolderPath.INBOX).isOnServer()
        || Meta.get(sql, Arrangement.KNOWN).isPresent();
  }

  private boolean isInScope(FolderRow row) {
    return scope.isEmpty()
        ? row.role().filter(LEFT_OUT::contains).isEmpty()
        : scope.contains(row.path());
  }

  private static boolean needsBodies(Query query) {
    return QueryMatcher.texts(query).findAny().isPresent();
  }

  private List<Long> notWhole(@Nullable FolderPath folder) {
    return store.read(
        sql ->
            folder == null
                ? Placements.notWhole(sql)
                : Placements.notWhole(sql, Store.require(sql, folder).id()));
  }

  private List<Long> find(@Nullable FolderPath folder, Search search) {
    QueryMatcher matcher =
        new QueryMatcher(search.query(), textHits(search.query()), reader::header);
    Long folderId = folder == null ? null : store.read(sql -> Store.require(sql, folder).id());
    return switch (search.order()) {
      case NEWEST_FIRST -> inOrder(folderId, false, matcher, search.limit());
      case OLDEST_FIRST -> inOrder(folderId, true, matcher, search.limit());
      case LARGEST_FIRST, SUBJECT, FROM -> sorted(folderId, matcher, search);
    };
  }

  private Map<String, Set<Long>> textHits(Query query) {
    List<String> texts = QueryMatcher.texts(query).distinct().toList();
    Map<String, Set<Long>> hits = new HashMap<>();
    if (!texts.isEmpty()) {
      indexer.catchUp();
      texts.forEach(text -> hits.put(text, store.read(sql -> Words.search(sql, phrase(text)))));
    }
    return hits;
  }

  /** The words next to each other and in this order, the last one as a prefix. */
  private static String phrase(String words) {
    return '"' + words.replace("\"", "\"\"").replace('\0', ' ') + "\" *";
  }

  private List<Long> inOrder(
      @Nullable Long folder, boolean oldestFirst, QueryMatcher matcher, int limit) {
    List<Long> found = new ArrayList<>();
    Scan.of(store, folder, oldestFirst)
        .forEach(
            row -> {
              if (matcher.matches(row)) {
                found.add(row.id());
              }
              return found.size() < limit;
            });
    return found;
  }

  private List<Long> sorted(@Nullable Long folder, QueryMatcher matcher, Search search) {
    List<Hit> hits = new ArrayList<>();
    Scan.of(store, folder, false)
        .forEach(
            row -> {
              if (matcher.matches(row)) {
                hits.add(Hit.of(row, search.order()));
              }
              return true;
            });
    hits.sort(Comparator.comparing(Hit::text).thenComparing(Hit::number));
    return hits.stream().limit(search.limit()).map(Hit::id).toList();
  }

  /** A hit with what it is sorted by; hits that are equal in it stay in order. */
  private record Hit(long id, String text, long number) {
    static Hit of(MessageRow row, SortOrder order) {
      return switch (order) {
        case SUBJECT -> new Hit(row.id(), Fold.fold(row.content().envelope().subject()), 0);
        case FROM -> new Hit(row.id(), Fold.fold(author(row)), 0);
        default -> new Hit(row.id(), "", -row.content().sizeInBytes());
      };
    }

    private static String author(MessageRow row) {
      List<Address> from = row.content().envelope().from();
      return from.isEmpty() ? "" : from.get(0).toString();
    }
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
