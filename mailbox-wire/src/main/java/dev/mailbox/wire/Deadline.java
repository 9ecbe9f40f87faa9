// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.time.Duration;

/**
 * A moment on the monotonic clock by which something must be done. Immutable; unaffected by changes
 * of the wall clock.
 */
public final class Deadline {
  private static final Deadline NEVER = new Deadline(0, false);
  private static final long LONGEST = Long.MAX_VALUE / 4;

  private final long nanoTime;
  private final boolean set;

  private Deadline(long nanoTime, boolean set) {
    this.nanoTime = nanoTime;
    this.set = set;
  }

  /** The deadline that never comes. */
  public static Deadline never() {
    return NEVER;
  }

  /** The deadline that comes when {@code duration} has passed from now; zero is already over. */
  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + nanos(duration), true);
  }

  /** Whether the moment is over. */
  public boolean isExpired() {
    return remainingNanos() <= 0;
  }

  /** Nanoseconds left: zero or less when over, {@link Long#MAX_VALUE} when it never comes. */
  public long remainingNanos() {
    return set ? nanoTime - System.nanoTime() : Long.MAX_VALUE;
  }

  /** The one of the two that comes first. */
  public Deadline earliest(Deadline other) {
    if (!set || !other.set) {
      return set ? this : other;
    }
    return nanoTime - other.nanoTime <= 0 ? this : other;
  }

  @Override
  public String toString() {
    return set ? "Deadline in " + Duration.ofNanos(remainingNanos()) : "Deadline never";
  }

  /** The length in nanoseconds, cut to what can be added to the clock. */
  static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(LONGEST)) >= 0 ? LONGEST : duration.toNanos();
  }
}
