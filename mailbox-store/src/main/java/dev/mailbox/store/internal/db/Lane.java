// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.RejectedException;
import dev.mailbox.StoreException;
import dev.mailbox.spi.Durability;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /** Contents whose chunks came in several writes; only for the writer's thread. */
  private final Set<Long> unfinished = new HashSet<>();

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
    return newCommit();
  }

  private Ticket newCommit() {
    Ticket ticket = new Ticket(this);
    writer.enqueue(new Task(this, 0, sql -> {}, ticket));
    return ticket;
  }

  /** Called by the writer: a content that comes in several writes has begun. */
  public void filling(long content) {
    unfinished.add(content);
  }

  /** Called by the writer when the lane has failed: what is not whole never will be. */
  void sweep(Sql sql) {
    for (long content : unfinished) {
      if (Contents.isFilling(sql, content)) {
        Contents.discard(sql, content);
      }
    }
    unfinished.clear();
  }

  /**
   * Commits, and waits until all so far is durable, also when the caller is interrupted: it must
   * not be told that nothing was done when it was. Its flag stays set.
   */
  public void finish() {
    boolean interrupted = Thread.interrupted();
    try {
      Ticket ticket = newCommit();
      interrupted |= ticket.awaitSettled();
      ticket.requireDurable();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
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

    /** Waits, and tells whether the caller was interrupted meanwhile. */
    boolean awaitSettled() {
      boolean interrupted = false;
      while (true) {
        try {
          settled.await();
          return interrupted;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
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
      if (e instanceof StoreException store) {
        return new StoreException(store.reason(), String.valueOf(e.getMessage()), e);
      }
      return e instanceof RejectedException rejected
          ? new RejectedException(rejected.reason(), String.valueOf(e.getMessage()), e, List.of())
          : new IllegalStateException(e.getMessage(), e);
    }
  }
}
