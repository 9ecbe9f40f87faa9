// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The pool of 64 KiB buffers that connections share: at most 32 are kept, 2 MiB.
 *
 * <p>A buffer is given back only by the thread that uses its connection, never by a {@code close()}
 * from elsewhere: that thread may be reading it.
 */
final class Buffers {
  static final int SIZE = 64 * 1024;
  private static final int MOST = 32;

  private static final ReentrantLock lock = new ReentrantLock();
  private static final ArrayDeque<byte[]> free = new ArrayDeque<>();

  private Buffers() {}

  static byte[] take() {
    lock.lock();
    try {
      byte[] buffer = free.pollLast();
      return buffer == null ? new byte[SIZE] : buffer;
    } finally {
      lock.unlock();
    }
  }

  static void give(byte[] buffer) {
    if (buffer.length != SIZE) {
      return;
    }
    lock.lock();
    try {
      if (free.size() < MOST) {
        free.addLast(buffer);
      }
    } finally {
      lock.unlock();
    }
  }

  static int free() {
    lock.lock();
    try {
      return free.size();
    } finally {
      lock.unlock();
    }
  }
}
