// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drains the queue behind the callers' backs, on a thread that is started when it is first needed.
 * While the server cannot be reached it tries again with growing pauses.
 */
final class Drainer {
  private static final Logger LOG = LoggerFactory.getLogger(Drainer.class);

  private final QueueDrain drain;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread = new Thread(this::run, "mailbox-queue");
  private final Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
  private boolean started;
  private boolean isDue;
  private long dueAt;
  private boolean closed;
  private long asked;
  private long answered;
  private Optional<MailboxException> problem = Optional.empty();

  Drainer(QueueDrain drain) {
    this.drain = drain;
    thread.setDaemon(true);
  }

  /** Asks for a drain, unless the login was refused; returns at once. */
  void wake() {
    if (!drain.isHalted()) {
      ask();
    }
  }

  /** Asks for a drain after a pause, since one has just failed; returns at once. */
  void wakeLater() {
    lock.lock();
    try {
      if (!drain.isHalted() && !isDue) {
        start();
        dueAfter(backoff.next());
      }
    } finally {
      lock.unlock();
    }
  }

  private long ask() {
    lock.lock();
    try {
      start();
      asked++;
      changed.signalAll();
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private void start() {
    if (!started && !closed) {
      started = true;
      thread.start();
    }
  }

  private void dueAfter(Duration pause) {
    isDue = true;
    dueAt = System.nanoTime() + pause.toNanos();
    changed.signalAll();
  }

  /**
   * Waits until a drain that began after this call is over.
   *
   * @return whether it is; false when the time is up
   * @throws MailboxException if the server could not be asked
   */
  boolean flush(Duration timeout) {
    long mine = ask();
    long left = timeout.compareTo(Duration.ofDays(365)) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
    lock.lock();
    try {
      while (answered < mine && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return outcome(answered >= mine);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(Reason.INTERRUPTED, "interrupted while waiting for the queue");
    } finally {
      lock.unlock();
    }
  }

  private boolean outcome(boolean over) {
    if (!over && closed) {
      throw cancelled(Reason.CLOSED, "the mailbox is being closed");
    }
    if (over && problem.isPresent()) {
      throw problem.get();
    }
    return over;
  }

  private static ConnectionException cancelled(Reason reason, String text) {
    return new ConnectionException(reason, text, null, List.of());
  }

  private void run() {
    try {
      while (awaitTurn()) {
        long mine = asked();
        Optional<MailboxException> result = attempt();
        answer(mine, result);
      }
    } catch (InterruptedException e) {
      // close() ends this thread so.
    }
  }

  /** Waits until somebody asks, or the pause after a failure is over; false when it is closed. */
  private boolean awaitTurn() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = isDue ? dueAt - System.nanoTime() : Long.MAX_VALUE;
      while (!closed && asked == answered && left > 0) {
        changed.awaitNanos(left);
        left = isDue ? dueAt - System.nanoTime() : Long.MAX_VALUE;
      }
      isDue = false;
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private long asked() {
    lock.lock();
    try {
      return asked;
    } finally {
      lock.unlock();
    }
  }

  private Optional<MailboxException> attempt() {
    try {
      return drain.drain();
    } catch (MailboxException e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      LOG.warn("queued actions could not be brought to the server", e);
      return Optional.of(cancelled(Reason.DISCONNECTED, "the queue stopped: " + e.getMessage()));
    }
  }

  private void answer(long mine, Optional<MailboxException> result) {
    lock.lock();
    try {
      answered = mine;
      problem = result;
      if (result.isEmpty()) {
        backoff.reset();
      } else if (Retry.helps(result.get())) {
        dueAfter(backoff.next());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread without waiting for it. */
  void stop() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }

  /** Waits for the end of the thread. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive() && thread != Thread.currentThread()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
