// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Waits for a message: looks, synchronizes, looks again, and rests a little longer each time. */
final class Await {
  private static final Duration FIRST_REST = Duration.ofMillis(200);

  /** How long the last look, with which the time ends, may take. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(1);

  private static final Duration LONGEST_REST = Duration.ofSeconds(3);

  private final StoreMailbox mailbox;
  private final StoreFolder folder;
  private final Search search;
  private long end;
  private Optional<ConnectionException> problem = Optional.empty();

  Await(StoreMailbox mailbox, StoreFolder folder, Query query) {
    this.mailbox = mailbox;
    this.folder = folder;
    this.search = Search.of(query).limit(1);
  }

  Optional<Message> until(Duration timeout) {
    try {
      return look(timeout);
    } catch (IllegalStateException e) {
      if (mailbox.isClosed()) {
        throw new ConnectionException(
            Reason.CLOSED, "the mailbox was closed during the wait", e, List.of());
      }
      throw e;
    }
  }

  private Optional<Message> look(Duration timeout) {
    long start = System.nanoTime();
    end = start + timeout.toNanos();
    Duration rest = FIRST_REST;
    Optional<Message> found = first(folder.search(search.localOnly()));
    while (found.isEmpty()) {
      found = lookOnServer(longer(timeout.minusNanos(System.nanoTime() - start), LAST_LOOK));
      Duration left = timeout.minusNanos(System.nanoTime() - start);
      if (found.isEmpty() && (left.isNegative() || left.isZero())) {
        problem.ifPresent(
            e -> {
              throw e;
            });
        return Optional.empty();
      }
      if (found.isEmpty()) {
        rest(shorter(longer(rest, mailbox.leaveAloneFor()), left));
        rest = shorter(rest.multipliedBy(2), LONGEST_REST);
      }
    }
    return found;
  }

  /** Rests until there may be news; without a connection, for as long. */
  private void rest(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    try {
      mailbox.awaitNews(folder.path(), time);
    } catch (ConnectionException e) {
      note(e);
      mailbox.pause(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
  }

  private void note(ConnectionException e) {
    if (e.reason() == Reason.CLOSED || e.reason() == Reason.INTERRUPTED) {
      throw e;
    }
    problem = Optional.of(e);
  }

  private Optional<Message> lookOnServer(Duration limit) {
    try {
      Optional<Message> found = first(ask(limit));
      problem = Optional.empty();
      return found;
    } catch (ConnectionException e) {
      if (e.reason() != Reason.TIMEOUT || System.nanoTime() - end < 0) {
        note(e);
      }
      // What has become durable until then may be what is waited for.
      return first(folder.search(search.localOnly()));
    }
  }

  /** A copy in memory is not made for this where the server can search. */
  private SearchResult ask(Duration limit) {
    if (folder.isSearchedOnServer()) {
      return TimeLimit.run(() -> folder.searchOnServer(search), limit);
    }
    folder.sync(limit);
    return folder.searchInStep(search);
  }

  private static Optional<Message> first(SearchResult result) {
    return result.page(0, 1).stream().findFirst();
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    Duration least = one.compareTo(other) < 0 ? one : other;
    return least.isNegative() ? Duration.ZERO : least;
  }
}
