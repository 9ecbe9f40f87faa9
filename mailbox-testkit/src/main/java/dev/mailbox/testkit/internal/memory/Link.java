// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.connect.Credentials;
import dev.mailbox.testkit.fault.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The way of one mailbox to its server, where things go wrong. Thread-safe; its methods are called
 * without the lock, because they may wait.
 */
final class Link {
  private final Server server;
  private final MailboxConfig config;
  private final Session kept;
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile boolean offline;
  private volatile boolean closed;
  private volatile @Nullable MailboxException lastProblem;

  Link(Server server, MailboxConfig config) {
    this.server = server;
    this.config = config;
    this.kept = new Session(server, this);
  }

  MailboxConfig config() {
    return config;
  }

  /** Whether there is a server at all. */
  boolean isThere() {
    return !config.host().isEmpty();
  }

  void requireServer() {
    requireOpen();
    if (!isThere()) {
      throw new IllegalStateException("the mailbox was opened without a server");
    }
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the mailbox is closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
  }

  void offline(boolean isOffline) {
    // In this order, so that whoever saw the way open counts among those of before.
    offline = isOffline;
    int unused = cuts.incrementAndGet();
  }

  /** Why the server was not reached when that was last tried. */
  Optional<MailboxException> lastProblem() {
    return Optional.ofNullable(lastProblem);
  }

  void reached() {
    lastProblem = null;
  }

  void failed(MailboxException problem) {
    lastProblem = problem;
  }

  /**
   * The session of one operation: over POP3 a new one, over IMAP the one that is kept for all that
   * is done.
   */
  Session session() {
    return server.residence() == Residence.LOCAL ? new Session(server, this) : kept;
  }

  /** How often the way was cut or opened; sessions of before have ended. */
  int cuts() {
    return cuts.get();
  }

  Credentials credentials() {
    return config.credentials().orElseThrow();
  }

  /** Throws if the server cannot be reached. */
  void requireReachable() {
    if (offline || !server.isAt(config.host(), config.port())) {
      throw Problems.broken(Reason.REFUSED, "cannot reach " + config.host() + ":" + config.port());
    }
  }

  /** Does what the test said for this; throws if it said that it fails. */
  void meet(Operation operation, List<FolderPath> folders) {
    meet(new Faults.Request(operation, folders), Span.of(Span.UNBOUNDED));
  }

  /** Does the same, but waits no longer than that; then it throws {@link TimeUp}. */
  void meet(Faults.Request request, Span limit) {
    for (Faults.Effect effect : server.faults().meet(request)) {
      if (effect instanceof Faults.Delay delay) {
        delay(delay.time(), limit);
      } else if (effect instanceof Faults.Failure failure) {
        throw Problems.of(failure.reason(), request.operation());
      }
    }
  }

  private void delay(Duration time, Span limit) {
    Duration patience = config.timeouts().reply();
    boolean tooLong = time.compareTo(patience) > 0;
    Span span = Span.of(tooLong ? patience : time);
    boolean mine = limit.left() < span.left();
    boolean cut = server.read(() -> rest(mine ? limit : span, () -> false));
    if (mine) {
      throw new TimeUp();
    }
    if (!cut && tooLong) {
      throw Problems.broken(Reason.TIMEOUT, "no reply within " + patience);
    }
  }

  /** The time is up that a caller gave. */
  static final class TimeUp extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Says why not to go on, if there is a reason. */
  void checkCancelled() {
    if (closed) {
      throw Problems.broken(Reason.CLOSED, "the mailbox is being closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw Problems.broken(Reason.INTERRUPTED, "the thread was interrupted");
    }
  }

  /** When to stop. */
  interface Stop {
    boolean isNow();
  }

  /**
   * Rests until something holds, which is looked at whenever there is news; with the lock.
   *
   * @return whether it holds; false when the time is up
   * @throws dev.mailbox.connect.ConnectionException if the mailbox is closed meanwhile, or the
   *     thread interrupted
   */
  boolean rest(Span span, Stop stop) {
    while (!stop.isNow()) {
      checkCancelled();
      long left = span.left();
      if (left <= 0) {
        return false;
      }
      try {
        long unused = server.news().awaitNanos(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return true;
  }
}
