// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that a test sets forward. It goes on by itself from where it is set, as time does, until
 * {@link #stop} is called. Thread-safe.
 */
public final class TestClock extends Clock {
  private final AtomicReference<State> state;
  private final List<Runnable> listeners;
  private final ZoneId zone;

  /** Either stopped at an instant, or so far ahead of the system's clock. */
  private record State(Duration ahead, boolean stopped, Instant at) {
    Instant now() {
      return stopped ? at : Instant.now().plus(ahead);
    }
  }

  private TestClock(AtomicReference<State> state, List<Runnable> listeners, ZoneId zone) {
    this.state = state;
    this.listeners = listeners;
    this.zone = zone;
  }

  /** A clock that shows the present time. */
  public static TestClock ticking() {
    var now = new State(Duration.ZERO, false, Instant.EPOCH);
    return new TestClock(new AtomicReference<>(now), new CopyOnWriteArrayList<>(), ZoneOffset.UTC);
  }

  /** Sets it forward, or back with a negative duration. */
  public void advance(Duration duration) {
    state.updateAndGet(s -> new State(s.ahead.plus(duration), s.stopped, s.at.plus(duration)));
    listeners.forEach(Runnable::run);
  }

  /** Makes it show this time and no other until it is advanced or stopped again. */
  public void stop(Instant at) {
    state.updateAndGet(s -> new State(s.ahead, true, at));
    listeners.forEach(Runnable::run);
  }

  /** From now on this is run whenever a test has set the clock. */
  void onSet(Runnable listener) {
    listeners.add(listener);
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
    return new TestClock(state, listeners, other);
  }
}
