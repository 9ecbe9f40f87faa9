// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.Credentials;
import dev.mailbox.testkit.fault.Operation;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of one mailbox to its server, where things go wrong. Thread-safe; its methods are called
 * without the lock, because they may wait.
 */
final class Link {
  /** With these the server puts off what it was asked for, and the session goes on. */
  private static final Set<Reason> PUT_OFF =
      EnumSet.of(Reason.TEMPORARY, Reason.IN_USE, Reason.LIMIT);

  private final Server server;
  private final MailboxConfig config;
  private volatile boolean offline;
  private volatile boolean closed;
  private volatile @Nullable MailboxException lastProblem;

  /** The token of the session that is open, or what stands for a password; null if none is. */
  private volatile @Nullable String inside;

  Link(Server server, MailboxConfig config) {
    this.server = server;
    this.config = config;
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
    offline = isOffline;
    inside = null;
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

  /** Whether a session is open, which goes on after what it refused or put off. */
  boolean isInside() {
    return inside != null;
  }

  /** Something is done: over IMAP the session is kept for what comes next, over POP3 it ends. */
  void leave() {
    if (server.residence() == Residence.LOCAL) {
      inside = null;
    }
  }

  /** Gets through to the server, or throws what is in the way. */
  void ask(Operation operation, List<FolderPath> folders) {
    ask(new Faults.Request(operation, folders), Span.of(Span.UNBOUNDED));
  }

  /** Does the same, but waits no longer than that; then it throws {@link TimeUp}. */
  void ask(Faults.Request request, Span limit) {
    checkCancelled();
    try {
      visit(request, limit);
    } catch (ConnectionException e) {
      inside = PUT_OFF.contains(e.reason()) ? inside : null;
      throw e;
    } catch (AuthenticationException | TimeUp e) {
      inside = null;
      throw e;
    }
    checkCancelled();
  }

  private void visit(Faults.Request request, Span limit) {
    if (offline || !server.isAt(config.host(), config.port())) {
      throw Problems.broken(Reason.REFUSED, "cannot reach " + config.host() + ":" + config.port());
    }
    Credentials credentials = config.credentials().orElseThrow();
    if (credentials instanceof Credentials.OAuth oauth) {
      visit(oauth, token -> visit(oauth, token, request, limit));
    } else {
      visit(credentials, "", request, limit);
    }
  }

  /** A refused token is shown to its source once, which may have a better one. */
  private void visit(Credentials.OAuth oauth, Consumer<String> visit) {
    String known = inside;
    String token = known == null ? token(oauth, Optional.empty()) : known;
    try {
      visit.accept(token);
    } catch (AuthenticationException e) {
      inside = null;
      String next =
          e.reason() == Reason.AUTHENTICATION_FAILED ? token(oauth, Optional.of(token)) : token;
      if (next.equals(token)) {
        throw e;
      }
      visit.accept(next);
    }
  }

  private static String token(Credentials.OAuth oauth, Optional<String> refused) {
    try {
      return oauth.tokens().token(refused);
    } catch (MailboxException e) {
      throw e;
    } catch (RuntimeException e) {
      String message = "the token source failed: " + e.getClass().getName();
      throw new ConnectionException(Reason.TEMPORARY, message, e, List.of());
    }
  }

  private void visit(Credentials credentials, String token, Faults.Request request, Span limit) {
    if (inside == null && !server.lets(credentials, token)) {
      throw new AuthenticationException(
          Reason.AUTHENTICATION_FAILED,
          config.host() + " refused the login of " + credentials.user(),
          null,
          List.of("C: login " + credentials.user() + " ***", "S: no"));
    }
    inside = token;
    meet(request, limit);
  }

  /** Does what the test said for this; throws if it said that it fails. */
  void meet(Operation operation, List<FolderPath> folders) {
    meet(new Faults.Request(operation, folders), Span.of(Span.UNBOUNDED));
  }

  private void meet(Faults.Request request, Span limit) {
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
