// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits for a message: looks, synchronizes, looks again, and rests a little longer each time. */
final class Await {
  private static final Duration FIRST_REST = Duration.ofMillis(200);
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private final StoreMailbox mailbox;
  private final StoreFolder folder;
  private final Search search;

  Await(StoreMailbox mailbox, StoreFolder folder, Query query) {
    this.mailbox = mailbox;
    this.folder = folder;
    this.search = Search.of(query).limit(1);
  }

  Optional<Message> until(Duration timeout) {
    long start = System.nanoTime();
    Duration rest = FIRST_REST;
    Optional<Message> found = first(search.localOnly());
    while (found.isEmpty()) {
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      if (left.isNegative() || left.isZero()) {
        return Optional.empty();
      }
      found = lookOnServer(left);
      if (found.isEmpty()) {
        left = timeout.minusNanos(System.nanoTime() - start);
        mailbox.awaitNews(shorter(rest, left));
        rest = shorter(rest.multipliedBy(2), LONGEST_REST);
      }
    }
    return found;
  }

  private Optional<Message> lookOnServer(Duration left) {
    try {
      folder.sync();
      return first(search);
    } catch (ConnectionException e) {
      boolean over = left.compareTo(LONGEST_REST) < 0;
      if (e.reason() == Reason.CLOSED || e.reason() == Reason.INTERRUPTED || over) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Optional<Message> first(Search wanted) {
    List<Message> page = folder.search(wanted).page(0, 1);
    return page.stream().findFirst();
  }

  private static Duration shorter(Duration one, Duration other) {
    Duration least = one.compareTo(other) < 0 ? one : other;
    return least.isNegative() ? Duration.ZERO : least;
  }
}
