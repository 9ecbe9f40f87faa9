// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.connect;

import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Visits that are done in the session of a synchronization, between two of its commands: a person
 * who opens a message waits for what is on its way, not for the end of the download, nor for a
 * connection to be made. Safe for several threads.
 */
final class Guests {
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Guest<?>> waiting = new ArrayDeque<>();
  private final Thread host = Thread.currentThread();
  private boolean over;

  /** A visit and what comes of it; empty if the synchronization ended first. */
  private static final class Guest<T> {
    private final Visit<T> visit;
    private final CompletableFuture<Optional<T>> result = new CompletableFuture<>();

    Guest(Visit<T> visit) {
      this.visit = visit;
    }

    /** Done by the thread that synchronizes; a wire that broke is its failure too. */
    void serve(ImapSession session) throws WireException {
      try {
        result.complete(Optional.of(visit.to(session)));
      } catch (WireException e) {
        leaveToOthers();
        result.completeExceptionally(Failures.of(e));
        throw e;
      } catch (RuntimeException | Error e) {
        leaveToOthers();
        result.completeExceptionally(e);
      }
    }

    /** An interrupt was meant for the thread that synchronizes, and ends only its work. */
    private void leaveToOthers() {
      if (Thread.currentThread().isInterrupted()) {
        turnAway();
        throw Failures.interrupted();
      }
    }

    void turnAway() {
      result.complete(Optional.empty());
    }
  }

  /**
   * Waits to be served.
   *
   * @return what came of the visit; empty if it was not begun in that time, or the synchronization
   *     ended before
   * @throws dev.mailbox.MailboxException as the visit does, or if the thread is interrupted
   */
  <T> Optional<T> visit(Visit<T> visit, Duration patience) {
    Guest<T> guest = new Guest<>(visit);
    lock.lock();
    try {
      if (over) {
        return Optional.empty();
      }
      waiting.add(guest);
    } finally {
      lock.unlock();
    }
    return await(guest, patience);
  }

  private <T> Optional<T> await(Guest<T> guest, Duration patience) {
    boolean interrupted = false;
    boolean begun = false;
    try {
      while (true) {
        try {
          return begun
              ? guest.result.get()
              : guest.result.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (withdraw(guest)) {
            return Optional.empty();
          }
          // What was begun has deadlines of its own.
          begun = true;
        } catch (InterruptedException e) {
          if (!interrupted && withdraw(guest)) {
            throw Failures.interrupted();
          }
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean withdraw(Guest<?> guest) {
    lock.lock();
    try {
      return waiting.remove(guest);
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException runtime) {
      return runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(cause);
  }

  /** Whether the calling thread is the one that synchronizes, which cannot wait for itself. */
  boolean areMine() {
    return host == Thread.currentThread();
  }

  /** Whether somebody waits. */
  boolean isSomebodyWaiting() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Serves who waits; called by the thread that synchronizes when no command is under way.
   *
   * @throws dev.mailbox.MailboxException if the session can no longer be used after one of them,
   *     whatever that one made of it; the others have to go elsewhere
   */
  void serve(ImapSession session) throws WireException {
    Guest<?> next = next();
    while (next != null) {
      next.serve(session);
      if (!session.isOpen() || !session.isQuiet()) {
        throw Thread.currentThread().isInterrupted()
            ? Failures.interrupted()
            : Failures.endedAtOthers(session.connection());
      }
      next = next();
    }
  }

  private @Nullable Guest<?> next() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody is served any more; who waits has to go elsewhere. */
  void end() {
    List<Guest<?>> left;
    lock.lock();
    try {
      over = true;
      left = List.copyOf(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(Guest::turnAway);
  }
}
