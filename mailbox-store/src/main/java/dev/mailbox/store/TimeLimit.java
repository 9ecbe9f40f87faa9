// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Ends work by interrupt when its time is up, for work that takes no deadline itself. */
final class TimeLimit {
  private TimeLimit() {}

  /**
   * Does work on a thread of its own, and waits for it.
   *
   * @throws ConnectionException with {@code TIMEOUT} when the time is up, with {@code INTERRUPTED}
   *     when the caller was interrupted
   */
  static <T> T run(Supplier<T> work, Duration limit) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "mailbox-search");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw ended(Reason.TIMEOUT, "the time for the search is up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ended(Reason.INTERRUPTED, "interrupted while the server searches", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      task.cancel(true);
    }
  }

  private static ConnectionException ended(Reason reason, String text, Exception cause) {
    return new ConnectionException(reason, text, cause, List.of());
  }
}
