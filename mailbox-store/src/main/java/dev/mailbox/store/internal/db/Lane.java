// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.spi.Durability;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A row of writes that belong together, on their way to the writer. Once one of them fails, the
 * later ones are not done, and no commit that has not succeeded will.
 *
 * <p>Used by one thread at a time; the writer looks at it from its own.
 */
public final class Lane {
  private final Writer writer;
  private volatile @Nullable RuntimeException failure;

  Lane(Writer writer) {
    this.writer = writer;
  }

  /**
   * Hands a write over, and waits while the queue is full.
   *
   * @param weight about how many bytes of memory the write holds on to
   * @throws dev.mailbox.StoreException if an earlier write of this lane has failed
   */
  public void write(int weight, Consumer<Sql> work) {
    check();
    writer.enqueue(new Task(this, weight, work, null));
  }

  /** Asks that all so far be made durable; returns at once, or when the queue has room. */
  public Durability commit() {
    Ticket ticket = new Ticket(this);
    writer.enqueue(new Task(this, 0, sql -> {}, ticket));
    return ticket;
  }

  void fail(RuntimeException e) {
    if (failure == null) {
      failure = e;
    }
  }

  /** Whether a write of this lane has failed. */
  public boolean hasFailed() {
    return failure != null;
  }

  private void check() {
    RuntimeException e = failure;
    if (e != null) {
      throw Ticket.again(e);
    }
  }

  /** One write in the queue; with a ticket it is a commit. */
  record Task(Lane lane, int weight, Consumer<Sql> work, @Nullable Ticket ticket) {}

  /** Tells when a commit is done, or will never be. */
  static final class Ticket implements Durability {
    private final Lane lane;
    private final CountDownLatch settled = new CountDownLatch(1);
    private volatile boolean durable;

    Ticket(Lane lane) {
      this.lane = lane;
    }

    /** Called by the writer when all before the ticket was committed or has failed. */
    void settle() {
      durable = lane.failure == null;
      settled.countDown();
    }

    @Override
    public boolean isDurable() {
      if (settled.getCount() > 0) {
        return false;
      }
      requireDurable();
      return true;
    }

    @Override
    public void awaitDurable() {
      try {
        settled.await();
      } catch (InterruptedException e) {
        throw Failures.interrupted(e);
      }
      requireDurable();
    }

    private void requireDurable() {
      RuntimeException e = lane.failure;
      if (!durable) {
        throw again(e == null ? new IllegalStateException("the mailbox is closed") : e);
      }
    }

    static RuntimeException again(RuntimeException e) {
      return e instanceof dev.mailbox.StoreException store
          ? new dev.mailbox.StoreException(
              store.reason(), String.valueOf(store.getMessage()), store)
          : new IllegalStateException(e.getMessage(), e);
    }
  }
}
