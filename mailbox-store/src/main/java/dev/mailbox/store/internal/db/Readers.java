// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A few platform threads, each with a connection that reads. Callers, which may be many virtual
 * threads, wait for a thread without holding one of their own.
 */
final class Readers implements AutoCloseable {
  private static final int THREADS = 3;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Supplier<Sql> connect;
  private final Queue<Sql> idle = new ConcurrentLinkedQueue<>();
  private final ExecutorService pool;

  Readers(Supplier<Sql> connect) {
    this.connect = connect;
    this.pool =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "mailbox-reader-" + NUMBER.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  <T> T call(Function<Sql, T> work) {
    return submit(work).get();
  }

  /** Begins to read; the supplier waits for the end. */
  <T> Supplier<T> submit(Function<Sql, T> work) {
    Future<T> result;
    try {
      result = pool.submit(() -> read(work));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the mailbox is closed", e);
    }
    return () -> Waiting.forResult(result, () -> result.cancel(false));
  }

  /** Reads on a thread of the pool; there are never more connections than threads. */
  private <T> T read(Function<Sql, T> work) {
    Sql sql = idle.poll();
    if (sql == null) {
      sql = connect.get();
    }
    try {
      return work.apply(sql);
    } finally {
      idle.add(sql);
    }
  }

  @Override
  public void close() {
    pool.shutdown();
    boolean interrupted = false;
    while (true) {
      try {
        if (pool.awaitTermination(1, TimeUnit.MINUTES)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    idle.forEach(Sql::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
