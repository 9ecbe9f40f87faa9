// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that a test sets forward. It goes on by itself from where it is set, as time does, until
 * {@link #stop} is called. Thread-safe.
 */
public final class TestClock extends Clock {
  private final AtomicReference<State> state;
  private final ZoneId zone;

  /** Either stopped at an instant, or so far ahead of the system's clock. */
  private record State(Duration ahead, boolean stopped, Instant at) {
    Instant now() {
      return stopped ? at : Instant.now().plus(ahead);
    }
  }

  private TestClock(AtomicReference<State> state, ZoneId zone) {
    this.state = state;
    this.zone = zone;
  }

  /** A clock that shows the present time. */
  public static TestClock ticking() {
    var now = new State(Duration.ZERO, false, Instant.EPOCH);
    return new TestClock(new AtomicReference<>(now), ZoneOffset.UTC);
  }

  /** Sets it forward, or back with a negative duration. */
  public void advance(Duration duration) {
    state.updateAndGet(s -> new State(s.ahead.plus(duration), s.stopped, s.at.plus(duration)));
  }

  /** Makes it show this time and no other until it is advanced or stopped again. */
  public void stop(Instant at) {
    state.updateAndGet(s -> new State(s.ahead, true, at));
  }

  @Override
  public Instant instant() {
    return Objects.requireNonNull(state.get()).now();
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new TestClock(state, other);
  }
}
