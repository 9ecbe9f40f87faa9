// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Tells that something was committed, so that the feed may have grown. */
final class FeedSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private long count;

  /** How often it was raised. */
  long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  void raise() {
    lock.lock();
    try {
      count++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it has been raised more often than that. */
  void awaitAfter(long seen) throws InterruptedException {
    lock.lock();
    try {
      while (count <= seen) {
        raised.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
