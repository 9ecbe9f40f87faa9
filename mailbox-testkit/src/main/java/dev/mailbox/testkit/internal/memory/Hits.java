// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.search.SearchResult;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The hits of a search, which are read when they are reached. */
final class Hits extends MemoryActions implements SearchResult {
  private final Reader reader;
  private final List<MessageId> ids;
  private final boolean complete;
  private final boolean prefetched;

  Hits(Reader reader, List<MessageId> ids, boolean complete) {
    this(reader, ids, complete, false);
  }

  private Hits(Reader reader, List<MessageId> ids, boolean complete, boolean prefetched) {
    this.reader = reader;
    this.ids = List.copyOf(ids);
    this.complete = complete;
    this.prefetched = prefetched;
  }

  @Override
  Changes changes() {
    return reader.changes();
  }

  @Override
  List<MessageId> targets() {
    return ids;
  }

  @Override
  public List<MessageId> ids() {
    return ids;
  }

  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public List<Message> page(int offset, int count) {
    int from = Math.min(offset, ids.size());
    List<MessageId> page = ids.subList(from, (int) Math.min((long) from + count, ids.size()));
    if (prefetched) {
      reader.prefetch(page);
    }
    return reader.find(page);
  }

  @Override
  public Stream<Message> stream() {
    return ids.stream().flatMap(id -> read(id).stream());
  }

  private List<Message> read(MessageId id) {
    if (prefetched) {
      reader.prefetch(List.of(id));
    }
    return reader.find(List.of(id));
  }

  @Override
  public Iterator<Message> iterator() {
    return stream().iterator();
  }

  @Override
  public SearchResult prefetch() {
    return new Hits(reader, ids, complete, true);
  }

  @Override
  public String toString() {
    return "SearchResult[" + ids.size() + " hits]";
  }
}
