// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Pauses between attempts that grow while attempts fail. For one thread. */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final DoubleSupplier random;
  private Duration next = FIRST;

  /**
   * Starts with the shortest pause.
   *
   * @param random gives numbers from 0 to 1
   */
  Backoff(DoubleSupplier random) {
    this.random = random;
  }

  /** The next pause: half to one and a half of a second, then of two, of four, up to minutes. */
  Duration next() {
    long nanos = next.toNanos();
    Duration twice = next.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    // Many clients that lost their server together should not come back together.
    return Duration.ofNanos(nanos / 2 + (long) (random.getAsDouble() * nanos));
  }

  /** An attempt went well: starts again with the shortest. */
  void reset() {
    next = FIRST;
  }
}
