// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.TimedOutException.Phase;
import java.time.Duration;
import java.util.function.Function;

/**
 * How long to wait for the peer still. For the thread that uses the connection.
 *
 * <p>There is a window, and only time spent waiting counts against it. When it is used up, the peer
 * must have brought a number of bytes, and gets another one; so silence and a drip are both found,
 * while neither a long body nor a slow consumer is cut off.
 */
final class Patience {
  /** More bytes than can arrive: the window is final. */
  private static final long FINAL = Long.MAX_VALUE;

  private Phase phase = Phase.CONNECT;
  private long windowNanos = Long.MAX_VALUE;
  private long neededBytes = FINAL;
  private long waitedNanos;
  private long bytes;
  private Deadline life = Deadline.never();
  private Deadline operation = Deadline.never();

  /** Starts the one window of a phase. */
  void begin(Phase phase, Duration window) {
    begin(phase, window, FINAL);
  }

  /** Starts the first window of a reply that may need more. */
  void begin(Phase phase, Duration window, long neededBytes) {
    this.phase = phase;
    this.windowNanos = Deadline.nanos(window);
    this.neededBytes = neededBytes;
    this.waitedNanos = 0;
    this.bytes = 0;
  }

  void life(Deadline deadline) {
    life = deadline;
  }

  void operation(Deadline deadline) {
    operation = deadline;
  }

  /** The earlier of the connection's and the operation's deadline. */
  Deadline total() {
    return life.earliest(operation);
  }

  void waited(long nanos) {
    waitedNanos += nanos;
  }

  void arrived(int count) {
    bytes += count;
  }

  /** Nanoseconds that may be waited now; none if it is time to give up. */
  long leftNanos() {
    if (waitedNanos >= windowNanos && bytes >= neededBytes) {
      waitedNanos = 0;
      bytes = 0;
    }
    return Math.min(windowNanos - waitedNanos, total().remainingNanos());
  }

  /** What to say when nothing is left. */
  Function<Scene, WireException> verdict() {
    Phase late = bytes > 0 && neededBytes != FINAL ? Phase.PROGRESS : phase;
    return verdict(late, Duration.ofNanos(windowNanos));
  }

  /** What to say when a wait of another kind is over. */
  Function<Scene, WireException> verdict(Phase late, Duration window) {
    Phase blamed = total().isExpired() ? Phase.TOTAL : late;
    return scene -> scene.timedOut(blamed, window);
  }
}
