// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A call that runs on a thread of its own.
 *
 * @param <T> what it returns
 */
final class Background<T> {
  private static final int STEADY = 10;

  private final FutureTask<T> task;
  private final Thread thread;

  private Background(Callable<T> call) {
    task = new FutureTask<>(call);
    thread = new Thread(task, "contract");
    thread.setDaemon(true);
  }

  static <T> Background<T> start(Callable<T> call) {
    Background<T> background = new Background<>(call);
    background.thread.start();
    return background;
  }

  /** What the call returned; waits for it, and fails if it threw. */
  T result() {
    try {
      return task.get(Wait.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the call in the background failed", e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("the call in the background did not end", e);
    }
  }

  /** What the call threw; waits for it, and fails if it returned. */
  Throwable failure() {
    try {
      T result = task.get(Wait.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      throw new AssertionError("the call in the background returned " + result);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("the call in the background did not end", e);
    }
  }

  boolean isDone() {
    return task.isDone();
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits until the call waits for something, and still does some looks later. */
  void awaitWaiting() {
    int[] looks = {0};
    Wait.until(
        "the call in the background waits",
        () -> {
          Thread.State state = thread.getState();
          looks[0] = state == Thread.State.RUNNABLE ? 0 : looks[0] + 1;
          return looks[0] >= STEADY;
        });
  }
}
