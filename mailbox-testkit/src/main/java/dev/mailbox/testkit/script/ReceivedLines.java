// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** What clients said, in order of arrival over all connections, with a way to wait for more. */
final class ReceivedLines {
  // Conditions may also look at what nobody signals, such as a count of connections.
  private static final long TICK_NANOS = 20_000_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Line> lines = new ArrayList<>();

  private record Line(int connection, String text, String shown) {}

  /** Adds a line and what of it may be shown. */
  void add(int connection, String text, String shown) {
    lock.lock();
    try {
      lines.add(new Line(connection, text, shown));
    } finally {
      lock.unlock();
    }
    signal();
  }

  /** Wakes those who wait, because a line came or something else that they look at has changed. */
  void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  List<String> all() {
    lock.lock();
    try {
      return lines.stream().map(Line::text).toList();
    } finally {
      lock.unlock();
    }
  }

  List<String> of(int connection) {
    return of(connection, Line::text);
  }

  /** The lines of one connection without secrets, for what people read. */
  List<String> shown(int connection) {
    return of(connection, Line::shown);
  }

  /** All lines without secrets. */
  List<String> shown() {
    lock.lock();
    try {
      return lines.stream().map(Line::shown).toList();
    } finally {
      lock.unlock();
    }
  }

  private List<String> of(int connection, Function<Line, String> text) {
    lock.lock();
    try {
      return lines.stream().filter(l -> l.connection == connection).map(text).toList();
    } finally {
      lock.unlock();
    }
  }

  /** False when the condition does not hold before the timeout or the thread is interrupted. */
  boolean await(BooleanSupplier condition, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        long unused = changed.awaitNanos(Math.min(left, TICK_NANOS));
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
