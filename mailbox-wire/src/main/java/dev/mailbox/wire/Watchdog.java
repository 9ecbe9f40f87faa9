// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Ends calls that have no deadline of their own: a blocked write, a connect that is interrupted.
 *
 * <p>One daemon thread for all connections looks ten times a second at the calls under way. It
 * starts with the first of them and ends when there was none for ten seconds, so that a quick call
 * costs two set operations and an idle program no thread.
 */
final class Watchdog {
  static final String THREAD_NAME = "mailbox-wire-watchdog";
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int IDLE_TICKS = 100;

  private static final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean running = new AtomicBoolean();

  private Watchdog() {}

  /** A call under way. Compared by identity. */
  static final class Watch {
    private final Thread caller = Thread.currentThread();
    private final Deadline deadline;
    private final Function<Scene, WireException> late;
    private final Consumer<Function<Scene, WireException>> end;

    Watch(
        Deadline deadline,
        Function<Scene, WireException> late,
        Consumer<Function<Scene, WireException>> end) {
      this.deadline = deadline;
      this.late = late;
      this.end = end;
    }

    private void look() {
      if (caller.isInterrupted()) {
        finish(Scene::interrupted);
      } else if (deadline.isExpired()) {
        finish(late);
      }
    }

    private void finish(Function<Scene, WireException> how) {
      watches.remove(this);
      end.accept(how);
    }
  }

  /** Watches the calling thread until {@link #stop}. */
  static Watch start(Watch watch) {
    watches.add(watch);
    if (!running.get() && running.compareAndSet(false, true)) {
      Daemon.start(THREAD_NAME, Watchdog::run);
    }
    return watch;
  }

  static void stop(Watch watch) {
    watches.remove(watch);
  }

  private static void run() {
    int idle = 0;
    while (idle < IDLE_TICKS || !retire()) {
      LockSupport.parkNanos(TICK_NANOS);
      idle = watches.isEmpty() ? idle + 1 : 0;
      watches.forEach(Watch::look);
    }
  }

  /** Whether to end: not if a call began after the last look and relies on this thread. */
  private static boolean retire() {
    running.set(false);
    return watches.isEmpty() || !running.compareAndSet(false, true);
  }
}
