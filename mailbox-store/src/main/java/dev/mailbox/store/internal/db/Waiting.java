// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import dev.mailbox.StoreException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for what another thread computes, and throws what it threw. */
final class Waiting {
  private Waiting() {}

  /**
   * Waits for a result.
   *
   * @param withdraw takes the work back when the caller is interrupted; false if it is too late,
   *     and then its end is awaited, so that the caller never learns less than what happened
   */
  static <T> T forResult(Future<T> future, BooleanSupplier withdraw) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          if (!interrupted && withdraw.getAsBoolean()) {
            throw Failures.interrupted(e);
          }
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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
