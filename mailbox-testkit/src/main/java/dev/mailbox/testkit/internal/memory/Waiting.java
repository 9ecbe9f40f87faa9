// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Waits for a message: looks here, then on the server, and again as soon as there is news. */
final class Waiting {
  /** How soon a server that could not be reached is tried again, though nothing is known to be. */
  private static final Duration RETRY = Duration.ofMillis(20);

  private final Device device;
  private final FolderPath folder;
  private final Search search;
  private @Nullable ConnectionException problem;

  Waiting(Device device, FolderPath folder, Query query) {
    this.device = device;
    this.folder = folder;
    this.search = Search.of(query).limit(1);
  }

  Optional<Message> until(Duration timeout) {
    try {
      return look(timeout);
    } catch (IllegalStateException e) {
      throw device.link().isClosed()
          ? Problems.broken(Reason.CLOSED, "the mailbox was closed during the wait")
          : e;
    }
  }

  private Optional<Message> look(Duration timeout) {
    Span span = Span.of(timeout);
    Optional<Message> found = local();
    while (found.isEmpty()) {
      long seen = device.server().read(device.server()::revision);
      found = onServer();
      if (found.isEmpty() && !awaitNews(span, seen)) {
        if (problem != null) {
          throw problem;
        }
        return found;
      }
    }
    return found;
  }

  private Optional<Message> local() {
    return first(search.localOnly());
  }

  private Optional<Message> first(Search wanted) {
    return device.searching().search(folder, wanted).page(0, 1).stream().findFirst();
  }

  private Optional<Message> onServer() {
    if (!device.link().isThere()) {
      return Optional.empty();
    }
    try {
      Optional<Message> found = ask();
      problem = null;
      return found;
    } catch (ConnectionException e) {
      if (e.reason() == Reason.CLOSED || e.reason() == Reason.INTERRUPTED) {
        throw e;
      }
      problem = e;
      return Optional.empty();
    }
  }

  /** A copy in memory is not made for this. */
  private Optional<Message> ask() {
    boolean canSearch = device.copy().residence() == Residence.SERVER;
    if (canSearch && device.config().store().isEmpty()) {
      return device.searching().ask(folder, search).page(0, 1).stream().findFirst();
    }
    SyncReport unused = device.syncs().sync(Set.of(folder), ProgressListener.NONE);
    return first(search);
  }

  /** Whether there is time for another look. */
  private boolean awaitNews(Span span, long seen) {
    if (span.left() <= 0) {
      return false;
    }
    Duration left = Duration.ofNanos(span.left());
    Span rest = Span.of(problem == null || left.compareTo(RETRY) < 0 ? left : RETRY);
    Server server = device.server();
    boolean unused = server.read(() -> device.link().rest(rest, () -> server.revision() != seen));
    return true;
  }
}
