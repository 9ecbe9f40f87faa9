// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets the bytes of one direction through, as many and as soon as the faults on it allow, and
 * counts them. One thread asks for admission; faults are put on by any.
 */
final class Valve {
  /** Nothing passes any more. */
  static final int SHUT = -1;

  private static final long NEVER = Long.MAX_VALUE;
  private static final long NANOS = Duration.ofSeconds(1).toNanos();
  private static final long PIECES_A_SECOND = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Counted before they are written, so that who has read them finds them counted; an end must wait
  // until they are written.
  private long passed;
  private long written;
  private long stallAt = NEVER;
  private long halfCloseAt = NEVER;
  private long cutAt = NEVER;
  private Closing ending = Closing.FIN;
  private long most = Integer.MAX_VALUE;
  private long rate;
  private long free = System.nanoTime();
  private boolean shut;

  void cutAfter(long bytes, Closing how) {
    change(
        () -> {
          cutAt = place(bytes);
          ending = how;
        });
  }

  void halfCloseAfter(long bytes) {
    change(() -> halfCloseAt = place(bytes));
  }

  void stallAfter(long bytes) {
    change(() -> stallAt = later(bytes));
  }

  void limitRate(long bytesPerSecond) {
    change(
        () -> {
          rate = bytesPerSecond;
          free = System.nanoTime();
        });
  }

  void limitPieces(int bytes) {
    change(() -> most = bytes);
  }

  /** Lifts a stall. The time that was lost is not made good. */
  void resume() {
    change(
        () -> {
          stallAt = NEVER;
          free = System.nanoTime();
        });
  }

  /** Takes all faults off. What is shut stays so. */
  void heal() {
    change(
        () -> {
          stallAt = NEVER;
          halfCloseAt = NEVER;
          cutAt = NEVER;
          most = Integer.MAX_VALUE;
          rate = 0;
        });
  }

  void shut() {
    change(() -> shut = true);
  }

  boolean isShut() {
    return get(() -> shut);
  }

  long passed() {
    return get(() -> passed);
  }

  /** How the connection is to end now, if it is. */
  Optional<Closing> cutReached() {
    return get(() -> written >= cutAt ? Optional.of(ending) : Optional.empty());
  }

  boolean halfCloseReached() {
    return get(() -> written >= halfCloseAt && !shut);
  }

  /**
   * Blocks until some of these bytes may pass, not before the time that they are due. Gives how
   * many, which count as passed, or {@link #SHUT}. For 0 bytes it blocks until a next one might.
   */
  int admit(int wanted, long due) throws InterruptedException {
    lock.lock();
    try {
      while (!shut) {
        int piece = piece(wanted);
        long ready = rate == 0 ? due : latest(due, free) + piece * NANOS / rate;
        long left = ready - System.nanoTime();
        if (passed >= stallAt) {
          changed.await();
        } else if (left > 0) {
          long unused = changed.awaitNanos(left);
        } else {
          free = ready;
          passed += piece;
          return piece;
        }
      }
      return SHUT;
    } finally {
      lock.unlock();
    }
  }

  /** What was admitted is written. */
  void written() {
    change(() -> written = passed);
  }

  private int piece(int wanted) {
    long piece = Math.min(wanted, most);
    for (long end : new long[] {stallAt, halfCloseAt, cutAt}) {
      piece = Math.min(piece, Math.max(0, end - passed));
    }
    return (int) (rate == 0 ? piece : Math.min(piece, Math.max(1, rate / PIECES_A_SECOND)));
  }

  /** At once, whatever is being written, or behind so many bytes. */
  private long place(long bytes) {
    return bytes == 0 ? written : later(bytes);
  }

  private long later(long bytes) {
    return bytes > NEVER - passed ? NEVER : passed + bytes;
  }

  private static long latest(long one, long other) {
    return one - other > 0 ? one : other;
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private <T> T get(Supplier<T> value) {
    lock.lock();
    try {
      return value.get();
    } finally {
      lock.unlock();
    }
  }
}
