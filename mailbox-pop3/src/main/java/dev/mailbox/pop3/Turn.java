// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets one session in at a time, because a maildrop admits only one (RFC 1939 section 4), and ends
 * everything when the mailbox is closed. Safe for several threads.
 */
final class Turn {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition changed = lock.newCondition();
  private @Nullable Pop3Session running;
  private boolean taken;
  private boolean closed;

  /**
   * Waits until nobody else has the turn, and takes it.
   *
   * @throws dev.mailbox.connect.ConnectionException if the mailbox is closed or the thread is
   *     interrupted meanwhile
   */
  void take() {
    lock.lock();
    try {
      while (taken && !closed) {
        changed.await();
      }
      requireOpen();
      taken = true;
    } catch (InterruptedException e) {
      throw Failures.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** Names the session of the thread that has the turn, for {@link #close} to close. */
  void running(Pop3Session session) {
    lock.lock();
    try {
      requireOpen();
      running = session;
    } finally {
      lock.unlock();
    }
  }

  /** Gives the turn to the next. */
  void give() {
    lock.lock();
    try {
      taken = false;
      running = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits that long, or until the end.
   *
   * @throws dev.mailbox.connect.ConnectionException as {@link #take}
   */
  void rest(Duration atMost) {
    lock.lock();
    try {
      long left = nanos(atMost);
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      requireOpen();
    } catch (InterruptedException e) {
      throw Failures.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the session that runs, and lets nobody in any more. */
  void close() {
    @Nullable Pop3Session session;
    lock.lock();
    try {
      closed = true;
      session = running;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (session != null) {
      session.close();
    }
  }

  /**
   * Looks whether the thread may go on.
   *
   * @throws dev.mailbox.connect.ConnectionException as {@link #take}
   */
  void checkOpen() {
    lock.lock();
    try {
      requireOpen();
    } finally {
      lock.unlock();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw Failures.interrupted();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw Failures.closed();
    }
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofDays(365)) > 0
        ? Duration.ofDays(365).toNanos()
        : duration.toNanos();
  }
}
