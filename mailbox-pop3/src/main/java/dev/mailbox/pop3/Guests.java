// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.WireException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that are fetched in the session of a synchronization, between two of its commands: a
 * maildrop admits one session at a time, and a person who opens a message waits for what is on its
 * way, not for the end of the download. Safe for several threads.
 */
final class Guests {
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Guest> waiting = new ArrayDeque<>();
  private final Thread host = Thread.currentThread();
  private boolean over;

  /** What a guest does in a session that is another's. */
  interface Visit {
    /** Returns what the server no longer has; empty if this session cannot tell. */
    Optional<Set<String>> to(Pop3Session session, SyncWork host) throws WireException;
  }

  /** A visit and what comes of it; empty if it has to be made elsewhere. */
  private record Guest(Visit visit, CompletableFuture<Optional<Set<String>>> result) {
    void serve(Pop3Session session, SyncWork host) throws WireException {
      try {
        result.complete(visit.to(session, host));
      } catch (WireException e) {
        turnAway();
        throw e;
      } catch (RuntimeException | Error e) {
        if (Thread.currentThread().isInterrupted()) {
          // That was meant for the thread that synchronizes, and ends only its work.
          turnAway();
          throw e;
        }
        result.completeExceptionally(e);
      }
    }

    void turnAway() {
      result.complete(Optional.empty());
    }
  }

  /**
   * Waits to be served.
   *
   * @return what came of the visit; empty if it has to be made in a session of its own
   * @throws dev.mailbox.MailboxException as the visit does, or if the thread is interrupted
   * @throws IllegalStateException if this is the thread that synchronizes, which cannot wait for
   *     itself
   */
  Optional<Set<String>> visit(Visit visit) {
    if (host == Thread.currentThread()) {
      throw new IllegalStateException("a synchronization's listener cannot ask the server");
    }
    Guest guest = new Guest(visit, new CompletableFuture<>());
    lock.lock();
    try {
      if (over) {
        return Optional.empty();
      }
      waiting.add(guest);
    } finally {
      lock.unlock();
    }
    return await(guest);
  }

  private Optional<Set<String>> await(Guest guest) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return guest.result.get();
        } catch (InterruptedException e) {
          if (withdraw(guest)) {
            throw Failures.interrupted();
          }
          // What was begun has deadlines of its own.
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

  private boolean withdraw(Guest guest) {
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

  /** Whether somebody waits. */
  boolean isSomebodyWaiting() {
    lock.lock();
    try {
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Serves who waits; called by the thread that synchronizes when no command is under way. */
  void serve(Pop3Session session, SyncWork host) throws WireException {
    Guest next = next();
    while (next != null) {
      next.serve(session, host);
      if (!session.connection().isOpen()) {
        throw Failures.endedAtOthers(session.connection());
      }
      next = next();
    }
  }

  private @Nullable Guest next() {
    lock.lock();
    try {
      return waiting.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody is served any more; who waits has to go elsewhere. */
  void end() {
    List<Guest> left;
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
