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
import java.util.function.Consumer;
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
  private boolean told;

  /**
   * What a receiver works with.
   *
   * @param mailbox the mailbox, to be watched
   * @param sync what it wants of the server
   * @param clock tells when an attempt is due
   * @param whenClosed called once, when the receiver was closed and does not handle any more
   */
  record Means(
      Mailbox mailbox, Receivers.Syncing sync, Clock clock, Consumer<QueueReceiver> whenClosed) {}

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
      if (handled > 0 && removesHandled() && !isClosed()) {
        // What fails now is done by the next synchronization.
        Optional<MailboxException> unused = sync();
      }
      return handled;
    } finally {
      end();
    }
  }

  private boolean removesHandled() {
    return means.mailbox().config().removal().orElse(null) instanceof Removal.AfterHandled;
  }

  private Optional<MailboxException> sync() {
    try {
      means.sync().sync();
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
      if (!wasEnded(e)) {
        note(() -> queue.failed(delivery, e, nextAttempt(delivery)));
      }
      return false;
    } catch (Error e) {
      note(() -> queue.failed(delivery, e, nextAttempt(delivery)));
      throw e;
    }
    note(() -> queue.handled(delivery));
    return true;
  }

  /** Whether the library ended what the handler did, because somebody wanted an end. */
  private boolean wasEnded(Exception e) {
    return e instanceof MailboxException problem
        && ((problem.reason() == Reason.INTERRUPTED && Thread.currentThread().isInterrupted())
            || (problem.reason() == Reason.CLOSED && isClosed()));
  }

  /** Notes something although the thread is interrupted: what was handled stays handled. */
  private static void note(Runnable work) {
    boolean interrupted = Thread.interrupted();
    while (!isNoted(work)) {
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isNoted(Runnable work) {
    try {
      work.run();
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
    tellIfOver();
  }

  /** Tells once that it is closed and handles nothing any more, so that its name is free. */
  private void tellIfOver() {
    lock.lock();
    try {
      if (!closed || handling != null || told) {
        return;
      }
      told = true;
    } finally {
      lock.unlock();
    }
    means.whenClosed().accept(this);
  }

  /** Whether this thread is the one that handles. */
  boolean isMine() {
    lock.lock();
    try {
      return handling == Thread.currentThread();
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
    stop();
    awaitEnd();
    queue.forget();
    tellIfOver();
  }

  /** Lets what handles end, without waiting for it. */
  void stop() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    stop();
    awaitEnd();
    tellIfOver();
  }

  /** Who synchronizes may be who it waits for. */
  private void awaitEnd() {
    if (means.sync().isMine()) {
      return;
    }
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
