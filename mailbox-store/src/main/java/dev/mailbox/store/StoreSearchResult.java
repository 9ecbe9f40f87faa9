// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.search.SearchResult;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The hits of a search, kept as numbers. */
final class StoreSearchResult implements SearchResult {
  private static final int PAGE = 100;
  private static final int AHEAD = 20;

  private final Searcher searcher;
  private final List<Long> hits;
  private final boolean complete;
  private final boolean prefetching;

  StoreSearchResult(Searcher searcher, List<Long> hits, boolean complete) {
    this(searcher, hits, complete, false);
  }

  private StoreSearchResult(
      Searcher searcher, List<Long> hits, boolean complete, boolean prefetching) {
    this.searcher = searcher;
    this.hits = hits;
    this.complete = complete;
    this.prefetching = prefetching;
  }

  @Override
  public List<MessageId> ids() {
    return hits.stream().map(searcher.reader()::id).toList();
  }

  @Override
  public int size() {
    return hits.size();
  }

  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public List<Message> page(int offset, int count) {
    int from = Math.min(offset, hits.size());
    int to = (int) Math.min((long) from + count, hits.size());
    return messages(hits.subList(from, to));
  }

  private List<Message> messages(List<Long> placements) {
    if (prefetching) {
      searcher.prefetch(placements);
    }
    return searcher.reader().find(placements).stream().map(m -> (Message) m).toList();
  }

  @Override
  public Stream<Message> stream() {
    int step = prefetching ? AHEAD : PAGE;
    return IntStream.iterate(0, offset -> offset < hits.size(), offset -> offset + step)
        .boxed()
        .flatMap(offset -> page(offset, step).stream());
  }

  @Override
  public Iterator<Message> iterator() {
    return stream().iterator();
  }

  @Override
  public SearchResult prefetch() {
    return new StoreSearchResult(searcher, hits, complete, true);
  }

  private ManyActions all() {
    return new ManyActions(searcher.reader().actions(), hits);
  }

  @Override
  public Outcome mark(Flag first, Flag... more) {
    return all().mark(first, more);
  }

  @Override
  public Outcome unmark(Flag first, Flag... more) {
    return all().unmark(first, more);
  }

  @Override
  public Outcome moveTo(FolderPath folder) {
    return all().moveTo(folder);
  }

  @Override
  public Outcome copyTo(FolderPath folder) {
    return all().copyTo(folder);
  }

  @Override
  public Outcome trash() {
    return all().trash();
  }

  @Override
  public Outcome delete() {
    return all().delete();
  }
}
