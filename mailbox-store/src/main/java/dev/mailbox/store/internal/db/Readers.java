// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.StoreException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    Future<T> result;
    try {
      result = pool.submit(() -> read(work));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the mailbox is closed", e);
    }
    return Waiting.forResult(result);
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

  /** Waits for what another thread computes, and throws what it threw. */
  static final class Waiting {
    private Waiting() {}

    static <T> T forResult(Future<T> future) {
      try {
        return future.get();
      } catch (InterruptedException e) {
        future.cancel(false);
        throw Failures.interrupted(e);
      } catch (ExecutionException e) {
        throw rethrown(e.getCause());
      }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
      if (cause instanceof StoreException store) {
        // A new one, so that the caller's own stack is in the trace.
        return new StoreException(store.reason(), String.valueOf(store.getMessage()), store);
      }
      if (cause instanceof RuntimeException runtime) {
        return runtime;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      return new IllegalStateException(cause);
    }
  }
}
