// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes to the store.
 *
 * <p>Lanes bring bulk work through a queue of bounded weight; it is done in transactions that end
 * at a lane's commit. A {@link #call} goes before all queued bulk work, in a transaction of its
 * own, so what a person does never waits for a download.
 */
public final class Writer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /**
   * How many bytes may wait in the queue: enough for a commit not to hold up a download, and little
   * to be moved about by the collector of a small heap, since the queue of a quick server is full.
   */
  static final long CAPACITY = 3L << 20;

  /** How many bytes a transaction takes before it ends by itself. */
  private static final long TRANSACTION_BYTES = 16L << 20;

  /** How long a transaction stays open for more bulk work, when none comes. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Sql sql;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Deque<Runnable> calls = new ArrayDeque<>();
  private final Deque<Lane.Task> bulk = new ArrayDeque<>();
  private final Set<Lane> lanes = new HashSet<>();
  private final Set<Lane> failed = new HashSet<>();
  private final List<Lane.Ticket> toSettle = new ArrayList<>();
  private final Thread thread;
  private volatile Runnable afterCommit = () -> {};
  private long weight;
  private long written;
  private boolean closing;
  private volatile boolean open;

  Writer(Sql sql) {
    this.sql = sql;
    this.thread = new Thread(this::run, "mailbox-writer");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets something quick be run on the writer's thread after each commit. */
  public void afterCommit(Runnable listener) {
    afterCommit = listener;
  }

  /** Whether bulk work waits or is being done. */
  public boolean isBusy() {
    lock.lock();
    try {
      return !bulk.isEmpty() || open;
    } finally {
      lock.unlock();
    }
  }

  /** A new lane for bulk work. */
  public Lane lane() {
    return new Lane(this);
  }

  /**
   * Does work in a transaction of its own, and waits until it is durable. A caller that is
   * interrupted before the work began takes it back; once it has begun, it is finished.
   *
   * @throws StoreException if it could not be done; then nothing of it was
   * @throws IllegalStateException if the mailbox is closed
   */
  public <T> T call(Function<Sql, T> work) {
    return call(
        sql -> {
          T value = inTransaction(work);
          afterCommit.run();
          return value;
        },
        new CompletableFuture<>());
  }

  /** Reads between two transactions. */
  <T> T read(Function<Sql, T> work) {
    return call(work, new CompletableFuture<>());
  }

  private <T> T call(Function<Sql, T> work, CompletableFuture<T> result) {
    Runnable call = () -> complete(result, work);
    lock.lock();
    try {
      requireOpen();
      calls.add(call);
      changed.signal();
    } finally {
      lock.unlock();
    }
    return Waiting.forResult(result, () -> withdraw(call));
  }

  private boolean withdraw(Runnable call) {
    lock.lock();
    try {
      return calls.remove(call);
    } finally {
      lock.unlock();
    }
  }

  /** Does the same with work that has no result. */
  public void run(Consumer<Sql> work) {
    call(
        sql -> {
          work.accept(sql);
          return true;
        });
  }

  private <T> void complete(CompletableFuture<T> result, Function<Sql, T> work) {
    try {
      result.complete(work.apply(sql));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }

  private <T> T inTransaction(Function<Sql, T> work) {
    try {
      sql.begin();
      T value = work.apply(sql);
      sql.script("COMMIT");
      return value;
    } catch (RuntimeException | Error e) {
      rollback(e);
      throw e;
    }
  }

  void enqueue(Lane.Task task) {
    lock.lock();
    try {
      requireOpen();
      while (weight > 0 && weight + task.weight() > CAPACITY) {
        room.await();
        requireOpen();
      }
      weight += task.weight();
      bulk.add(task);
      changed.signal();
    } catch (InterruptedException e) {
      throw Failures.interrupted(e);
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closing) {
      throw new IllegalStateException("the mailbox is closed");
    }
  }

  private void run() {
    while (true) {
      Runnable call = null;
      Lane.Task task = null;
      lock.lock();
      try {
        awaitWork();
        call = calls.poll();
        if (call == null) {
          task = bulk.poll();
        }
      } finally {
        lock.unlock();
      }
      if (call != null) {
        commit();
        call.run();
      } else if (task != null) {
        perform(task);
        release(task.weight());
      } else {
        commit();
        if (hasEnded()) {
          return;
        }
      }
    }
  }

  private boolean hasEnded() {
    lock.lock();
    try {
      return closing && calls.isEmpty() && bulk.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work; ends early when a transaction has been left open for long enough. */
  private void awaitWork() {
    long nanos = IDLE_NANOS;
    while (calls.isEmpty() && bulk.isEmpty() && !closing && nanos > 0) {
      if (!open) {
        changed.awaitUninterruptibly();
      } else {
        try {
          nanos = changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
          // Nobody interrupts this thread; its end is asked for by close().
        }
      }
    }
  }

  /** Who waits for room gets a good deal of it, or the threads would take turns at each task. */
  private void release(int done) {
    lock.lock();
    try {
      weight -= done;
      if (weight <= CAPACITY / 2) {
        room.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void perform(Lane.Task task) {
    if (!task.lane().hasFailed()) {
      lanes.add(task.lane());
      try {
        begin();
        if (lanes.size() == 1) {
          task.work().accept(sql);
        } else {
          performApart(task);
        }
        written += task.weight();
      } catch (RuntimeException | Error e) {
        abandon(e);
      }
    }
    if (task.ticket() != null) {
      toSettle.add(task.ticket());
      commit();
    } else if (written >= TRANSACTION_BYTES) {
      commit();
    }
  }

  /** Does a task whose failure must not undo what other lanes have in the transaction. */
  private void performApart(Lane.Task task) {
    sql.script("SAVEPOINT task");
    try {
      task.work().accept(sql);
      sql.script("RELEASE task");
    } catch (RuntimeException | Error e) {
      undoTask(e);
      fail(task.lane(), e);
    }
  }

  private void undoTask(Throwable e) {
    try {
      sql.script("ROLLBACK TO task");
      sql.script("RELEASE task");
    } catch (StoreException lost) {
      // SQLite has ended the whole transaction, as it may when the disk is full.
      lost.addSuppressed(e);
      throw e instanceof StoreException cause ? cause : lost;
    }
  }

  private void begin() {
    if (!open) {
      sql.begin();
      open = true;
    }
  }

  private void commit() {
    if (open) {
      try {
        sql.script("COMMIT");
        end();
        afterCommit.run();
      } catch (RuntimeException | Error e) {
        abandon(e);
      }
    }
    toSettle.forEach(Lane.Ticket::settle);
    toSettle.clear();
    sweep();
  }

  private void end() {
    open = false;
    written = 0;
    lanes.clear();
  }

  /** Undoes the transaction; whoever had work in it must not take it for done. */
  private void abandon(Throwable e) {
    lanes.forEach(lane -> fail(lane, e));
    end();
    rollback(e);
    sweep();
  }

  private void fail(Lane lane, Throwable e) {
    lane.fail(e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e));
    failed.add(lane);
  }

  /** Removes what failed lanes have written of messages that will never be whole. */
  private void sweep() {
    List<Lane> lost = List.copyOf(failed);
    failed.clear();
    for (Lane lane : lost) {
      try {
        inTransaction(
            s -> {
              lane.sweep(s);
              return true;
            });
      } catch (RuntimeException e) {
        LOG.debug("the next opening of the store sweeps what is left of a message", e);
      }
    }
  }

  private void rollback(Throwable cause) {
    try {
      sql.script("ROLLBACK");
    } catch (StoreException e) {
      // SQLite has ended the transaction by itself, as it does when the disk is full.
      cause.addSuppressed(e);
    }
  }

  /** Finishes what is queued and ends the thread. Closing twice does nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      if (closing) {
        return;
      }
      closing = true;
      changed.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    joinUninterruptibly(thread);
    sql.close();
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
