// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.time.Duration;
import java.util.SplittableRandom;

/** When what is read may leave. Set by any thread, asked by the one that reads. */
final class Delay {
  private final SplittableRandom random;
  private volatile Range range = new Range(0, 0);

  private record Range(long nanos, long jitterNanos) {}

  Delay(long seed) {
    random = new SplittableRandom(seed);
  }

  void set(Duration delay, Duration jitter) {
    range = new Range(delay.toNanos(), jitter.toNanos());
  }

  void clear() {
    range = new Range(0, 0);
  }

  /** The time to leave of what is read at this time, both as of {@code System.nanoTime()}. */
  long due(long now) {
    Range current = range;
    long jitter = current.jitterNanos == 0 ? 0 : random.nextLong(current.jitterNanos);
    return now + current.nanos + jitter;
  }
}
