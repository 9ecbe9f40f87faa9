// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.delivery.Delivery;
import dev.mailbox.delivery.DeliveryHandler;
import dev.mailbox.delivery.FailedDelivery;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.sync.Removal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The receiver of all mailboxes: hands over what its queue holds. */
final class QueueReceiver implements Receiver {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 12;

  private static final Duration SHORTEST_REST = Duration.ofMillis(1);

  /** How long it rests at most before it looks whether the watch still runs. */
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private static final int MOST_FAILURES = 1000;

  private final String name;
  private final Means means;
  private final DeliveryQueue queue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread handling;
  private long signals;
  private boolean closed;

  /**
   * What a receiver works with.
   *
   * @param mailbox the mailbox, to be watched
   * @param sync synchronizes the inbox; does nothing where there is no server
   * @param clock tells when an attempt is due
   * @param whenClosed called when the receiver was closed
   */
  record Means(Mailbox mailbox, Runnable sync, Clock clock, Runnable whenClosed) {}

  /** A receiver that is open. */
  QueueReceiver(String name, Means means, DeliveryQueue queue) {
    this.name = name;
    this.means = means;
    this.queue = queue;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int pending() {
    return queue.size();
  }

  @Override
  public List<FailedDelivery> failures() {
    return queue.failures(MOST_FAILURES);
  }

  @Override
  public int handlePending(DeliveryHandler handler) {
    begin();
    try {
      Optional<MailboxException> problem = sync();
      int handled = handOver(handler);
      if (problem.isPresent()) {
        throw problem.get();
      }
      boolean removes =
          means.mailbox().config().removal().orElse(null) instanceof Removal.AfterHandled;
      if (handled > 0 && removes && !isClosed()) {
        means.sync().run();
      }
      return handled;
    } finally {
      end();
    }
  }

  private Optional<MailboxException> sync() {
    try {
      means.sync().run();
      return Optional.empty();
    } catch (MailboxException e) {
      if (e.reason() == Reason.CLOSED || e.reason() == Reason.INTERRUPTED) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  @Override
  public void handle(DeliveryHandler handler) {
    begin();
    try (Watch watch = means.mailbox().watch(new Signal())) {
      while (!isClosed()) {
        long seen = signals();
        int unused = handOver(handler);
        if (!watch.isRunning() && !isClosed()) {
          throw watch.lastProblem().orElseGet(QueueReceiver::watchEnded);
        }
        rest(seen);
      }
    } finally {
      end();
    }
  }

  private static MailboxException watchEnded() {
    return new ConnectionException(
        Reason.DISCONNECTED, "the watch of the mailbox has ended", null, List.of());
  }

  /** Wakes the thread that handles. */
  private final class Signal implements ChangeListener {
    @Override
    public void changed(Change change) {
      raise();
    }

    @Override
    public void failed(MailboxException problem) {
      raise();
    }

    private void raise() {
      lock.lock();
      try {
        signals++;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private long signals() {
    lock.lock();
    try {
      return signals;
    } finally {
      lock.unlock();
    }
  }

  private void rest(long seen) {
    Duration untilDue =
        queue
            .nextDue()
            .map(due -> Duration.between(means.clock().instant(), due))
            .filter(left -> left.compareTo(LONGEST_REST) < 0)
            .map(left -> left.compareTo(SHORTEST_REST) > 0 ? left : SHORTEST_REST)
            .orElse(LONGEST_REST);
    lock.lock();
    try {
      long left = untilDue.toNanos();
      while (!closed && signals == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  /** Hands over what is due now; what fails is not due any more. */
  private int handOver(DeliveryHandler handler) {
    Instant now = means.clock().instant();
    int handled = 0;
    Optional<Delivery> next = next(now);
    while (next.isPresent()) {
      handled += handOver(next.get(), handler) ? 1 : 0;
      next = next(now);
    }
    return handled;
  }

  private Optional<Delivery> next(Instant now) {
    if (Thread.currentThread().isInterrupted()) {
      throw interrupted(null);
    }
    return isClosed() ? Optional.empty() : queue.next(now);
  }

  private boolean handOver(Delivery delivery, DeliveryHandler handler) {
    try {
      handler.handle(delivery);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (Exception e) {
      queue.failed(delivery, e, nextAttempt(delivery));
      return false;
    } catch (Error e) {
      queue.failed(delivery, e, nextAttempt(delivery));
      throw e;
    }
    handled(delivery);
    return true;
  }

  /** An interrupt must not hand a message over once more that was handled. */
  private void handled(Delivery delivery) {
    boolean interrupted = Thread.interrupted();
    while (!isNoted(delivery)) {
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isNoted(Delivery delivery) {
    try {
      queue.handled(delivery);
      return true;
    } catch (MailboxException e) {
      if (e.reason() == Reason.INTERRUPTED) {
        return false;
      }
      throw e;
    }
  }

  private Instant nextAttempt(Delivery delivery) {
    int doublings = Math.min(delivery.attempt() - 1, MOST_DOUBLINGS);
    Duration pause = FIRST_PAUSE.multipliedBy(1L << doublings);
    return means.clock().instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  private static ConnectionException interrupted(@Nullable InterruptedException cause) {
    return new ConnectionException(
        Reason.INTERRUPTED, "interrupted while messages were handled", cause, List.of());
  }

  private void begin() {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the receiver " + name + " is closed");
      }
      if (handling != null) {
        throw new IllegalStateException("the receiver " + name + " handles already");
      }
      handling = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      handling = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forget() {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the receiver " + name + " is closed");
      }
    } finally {
      lock.unlock();
    }
    boolean unused = stop();
    awaitEnd();
    queue.forget();
    means.whenClosed().run();
  }

  /**
   * Lets what handles end, without waiting for it.
   *
   * @return whether it was open
   */
  boolean stop() {
    lock.lock();
    try {
      boolean wasOpen = !closed;
      closed = true;
      changed.signalAll();
      return wasOpen;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    boolean unused = stop();
    awaitEnd();
    means.whenClosed().run();
  }

  private void awaitEnd() {
    lock.lock();
    try {
      while (handling != null && handling != Thread.currentThread()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }
}
