// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import java.time.Duration;

/** A span of time that has begun. */
final class Span {
  private static final Duration LONGEST = Duration.ofDays(365);

  /** No bound. */
  static final Duration UNBOUNDED = LONGEST;

  private final long start = System.nanoTime();
  private final long nanos;

  private Span(long nanos) {
    this.nanos = nanos;
  }

  static Span of(Duration time) {
    return new Span((time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos());
  }

  /** The nanoseconds that are left; none when the time is up. */
  long left() {
    return nanos - (System.nanoTime() - start);
  }

  Duration elapsed() {
    return Duration.ofNanos(Math.max(1, System.nanoTime() - start));
  }
}
