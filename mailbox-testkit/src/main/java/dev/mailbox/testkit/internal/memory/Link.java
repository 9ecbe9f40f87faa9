// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.Credentials;
import dev.mailbox.testkit.fault.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way of one mailbox to its server, where things go wrong. Thread-safe; its methods are called
 * without the lock, because they may wait.
 */
final class Link {
  private final Server server;
  private final MailboxConfig config;
  private volatile boolean offline;
  private volatile boolean closed;
  private volatile @Nullable MailboxException lastProblem;

  Link(Server server, MailboxConfig config) {
    this.server = server;
    this.config = config;
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
    offline = isOffline;
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

  /** Gets through to the server, or throws what is in the way. */
  void ask(Operation operation, List<FolderPath> folders) {
    checkCancelled();
    if (offline || !server.isAt(config.host(), config.port())) {
      throw Problems.broken(Reason.REFUSED, "cannot reach " + config.host() + ":" + config.port());
    }
    Credentials credentials = config.credentials().orElseThrow();
    if (!server.lets(credentials)) {
      throw new AuthenticationException(
          Reason.AUTHENTICATION_FAILED,
          config.host() + " refused the password of " + credentials.user(),
          null,
          List.of("C: login " + credentials.user() + " ***", "S: no"));
    }
    meet(operation, folders);
    checkCancelled();
  }

  /** Does what the test said for this; throws if it said that it fails. */
  void meet(Operation operation, List<FolderPath> folders) {
    for (Faults.Effect effect : server.faults().meet(new Faults.Request(operation, folders))) {
      if (effect instanceof Faults.Delay delay) {
        delay(delay.time());
      } else if (effect instanceof Faults.Failure failure) {
        throw Problems.of(failure.reason(), operation);
      }
    }
  }

  private void delay(Duration time) {
    Duration patience = config.timeouts().reply();
    boolean tooLong = time.compareTo(patience) > 0;
    Span span = Span.of(tooLong ? patience : time);
    boolean cut = server.read(() -> rest(span, () -> false));
    if (!cut && tooLong) {
      throw Problems.broken(Reason.TIMEOUT, "no reply within " + patience);
    }
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
