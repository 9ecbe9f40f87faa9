// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.talk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last lines of all talks with one server, in the order in which they were said, each with the
 * number of its connection. Thread-safe.
 */
public final class TalkLog {
  /** How many lines are kept. */
  public static final int MOST_LINES = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<String> lines = new ArrayDeque<>();
  private long forgotten;

  /** A server to which nobody has talked. */
  public TalkLog() {}

  void add(String line) {
    lock.lock();
    try {
      if (lines.size() == MOST_LINES) {
        lines.removeFirst();
        forgotten++;
      }
      lines.addLast(line);
    } finally {
      lock.unlock();
    }
  }

  /** The lines, and before them how many are no longer kept. */
  public List<String> lines() {
    lock.lock();
    try {
      List<String> all = new ArrayList<>();
      if (forgotten > 0) {
        all.add("(" + forgotten + " lines before)");
      }
      all.addAll(lines);
      return all;
    } finally {
      lock.unlock();
    }
  }
}
