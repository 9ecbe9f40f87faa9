// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The lock of RFC 1939, section 4: one session at a time. Thread-safe. */
public final class Maildrop {
  private final Semaphore session = new Semaphore(1);

  Maildrop() {}

  /** False when another session keeps it for longer than this. */
  public boolean lock(Duration patience) {
    try {
      return session.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  public void unlock() {
    session.release();
  }
}
