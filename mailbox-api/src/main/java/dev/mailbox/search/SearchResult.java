// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.search;

import dev.mailbox.Message;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hits of a search: a list of ids, fixed when the search was made, so it is safe to act on the
 * messages while iterating.
 *
 * <p>Messages are read in pages as they are needed; those that have been removed meanwhile are left
 * out. The actions apply to all hits that still exist. Safe for use by several threads.
 */
public interface SearchResult extends Iterable<Message>, MessageActions {
  /** The ids of all hits, in order. */
  List<MessageId> ids();

  /** How many hits there are. */
  default int size() {
    return ids().size();
  }

  /** Whether there are none. */
  default boolean isEmpty() {
    return ids().isEmpty();
  }

  /**
   * Whether the whole folder was searched, as of its last sync. It is false when what is not here
   * could not be asked of the server: offline, or because the search was {@link Search#localOnly}.
   */
  boolean complete();

  /** The messages at these positions that still exist; fewer at the end. */
  List<Message> page(int offset, int count);

  /** All messages that still exist, read in pages. */
  Stream<Message> stream();

  /** The same hits, whose bodies are downloaded ahead of the iteration, a few at a time. */
  SearchResult prefetch();
}
