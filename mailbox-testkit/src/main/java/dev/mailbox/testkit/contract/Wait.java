// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for something that another thread or a server brings about. */
final class Wait {
  /** How long a test waits before it fails. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final long PAUSE = Duration.ofMillis(10).toNanos();

  private Wait() {}

  /** Returns as soon as the condition holds; fails after {@link #LIMIT}. */
  static void until(String condition, BooleanSupplier holds) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        throw new AssertionError("waited " + LIMIT + " in vain until " + condition);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
