// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that nothing signals. */
public final class Await {
  private static final long TICK_NANOS = 2_000_000;

  private Await() {}

  /** Looks every two milliseconds; false when the time is over or the thread is interrupted. */
  public static boolean until(BooleanSupplier condition, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(TICK_NANOS);
    }
    return true;
  }

  /** As {@link #until}, also on a thread that is interrupted, which it is still in the end. */
  public static boolean untilInAnyCase(BooleanSupplier condition, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    boolean interrupted = false;
    boolean holds = condition.getAsBoolean();
    while (!holds && System.nanoTime() - deadline < 0) {
      // A thread that is interrupted does not park.
      interrupted |= Thread.interrupted();
      LockSupport.parkNanos(TICK_NANOS);
      holds = condition.getAsBoolean();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return holds;
  }
}
