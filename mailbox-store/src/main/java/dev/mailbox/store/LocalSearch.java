// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.content.Address;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SortOrder;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds messages in the local copy alone. Safe for several threads. */
final class LocalSearch {
  private final Store store;
  private final MessageReader reader;
  private final Indexer indexer;

  LocalSearch(Store store, MessageReader reader, Indexer indexer) {
    this.store = store;
    this.reader = reader;
    this.indexer = indexer;
  }

  /** The hits of a folder, or of all, among the messages that are to be looked at. */
  List<Long> find(@Nullable FolderPath folder, Search search, Predicate<MessageRow> candidates) {
    Predicate<MessageRow> matcher = candidates.and(matcher(search.query())::matches);
    Long folderId = folder == null ? null : store.read(sql -> Store.require(sql, folder).id());
    return switch (search.order()) {
      case NEWEST_FIRST -> inOrder(folderId, false, matcher, search.limit());
      case OLDEST_FIRST -> inOrder(folderId, true, matcher, search.limit());
      case LARGEST_FIRST, SUBJECT, FROM -> sorted(folderId, matcher, search);
    };
  }

  /** How many of these messages match. */
  int count(List<Long> placements, Query query) {
    QueryMatcher matcher = matcher(query);
    return (int)
        placements.stream()
            .flatMap(id -> store.read(sql -> Placements.find(sql, id)).stream())
            .filter(matcher::matches)
            .count();
  }

  private QueryMatcher matcher(Query query) {
    return new QueryMatcher(query, textHits(query), reader::header);
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
      @Nullable Long folder, boolean oldestFirst, Predicate<MessageRow> matcher, int limit) {
    List<Long> found = new ArrayList<>();
    Scan.of(store, folder, oldestFirst)
        .forEach(
            row -> {
              if (matcher.test(row)) {
                found.add(row.id());
              }
              return found.size() < limit;
            });
    return found;
  }

  private List<Long> sorted(@Nullable Long folder, Predicate<MessageRow> matcher, Search search) {
    List<Hit> hits = new ArrayList<>();
    Scan.of(store, folder, false)
        .forEach(
            row -> {
              if (matcher.test(row)) {
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
}
