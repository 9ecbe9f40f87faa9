// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What is on its way in one direction: one thread puts in, another takes out in the same order. */
final class Flight {
  static final long MOST_BYTES = 64L << 20;
  private static final int MOST_CHUNKS = 1 << 18;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long bytes;

  /** What was read at once; no bytes are the end of the stream or the start of TLS. */
  static final class Chunk {
    private final byte[] bytes;
    private final long due;
    private final boolean isTlsStart;

    Chunk(byte[] bytes, long due) {
      this(bytes, due, false);
    }

    private Chunk(byte[] bytes, long due, boolean isTlsStart) {
      this.bytes = bytes;
      this.due = due;
      this.isTlsStart = isTlsStart;
    }

    /** No bytes: what comes behind it is said under TLS. */
    static Chunk tlsStart(long due) {
      return new Chunk(new byte[0], due, true);
    }

    boolean isTlsStart() {
      return isTlsStart;
    }

    byte[] bytes() {
      return bytes;
    }

    long due() {
      return due;
    }

    boolean isEnd() {
      return bytes.length == 0 && !isTlsStart;
    }
  }

  /** Blocks until there is room. */
  void put(Chunk chunk) throws InterruptedException {
    lock.lock();
    try {
      while (bytes + chunk.bytes.length > MOST_BYTES || chunks.size() >= MOST_CHUNKS) {
        changed.await();
      }
      chunks.add(chunk);
      bytes += chunk.bytes.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until there is one, and leaves it in; it counts until it is removed. */
  Chunk first() throws InterruptedException {
    lock.lock();
    try {
      while (chunks.isEmpty()) {
        changed.await();
      }
      return Objects.requireNonNull(chunks.peek());
    } finally {
      lock.unlock();
    }
  }

  void removeFirst() {
    lock.lock();
    try {
      bytes -= chunks.remove().bytes.length;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
