// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.search;

/** A query with an order, a bound and a place to look. Immutable. */
public final class Search {
  private final Query query;
  private final SortOrder order;
  private final int limit;
  private final boolean localOnly;

  private Search(Query query, SortOrder order, int limit, boolean localOnly) {
    this.query = query;
    this.order = order;
    this.limit = limit;
    this.localOnly = localOnly;
  }

  /** A search for all that matches, newest first, here and where needed on the server. */
  public static Search of(Query query) {
    return new Search(query, SortOrder.NEWEST_FIRST, Integer.MAX_VALUE, false);
  }

  /** The same in that order. */
  public Search sortedBy(SortOrder newOrder) {
    return new Search(query, newOrder, limit, localOnly);
  }

  /**
   * The same, stopping at so many hits.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Search limit(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("a limit must be at least 1");
    }
    return new Search(query, order, most, localOnly);
  }

  /** The same, but asking only the local copy: the network is not used. */
  public Search localOnly() {
    return new Search(query, order, limit, true);
  }

  /** The condition. */
  public Query query() {
    return query;
  }

  /** The order of the hits. */
  public SortOrder order() {
    return order;
  }

  /** The most hits wanted. */
  public int limit() {
    return limit;
  }

  /** Whether only the local copy is asked. */
  public boolean isLocalOnly() {
    return localOnly;
  }
}
