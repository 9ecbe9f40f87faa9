// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.pop3;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** What the server holds between sessions, and the lock that lets in one session at a time. */
final class Maildrop {
  private final AtomicLong numbers = new AtomicLong();
  private final Semaphore session = new Semaphore(1);
  private final Map<Long, Pop3Message> messages =
      Collections.synchronizedMap(new LinkedHashMap<>());

  Pop3Message add(Pop3Message message) {
    long number = numbers.incrementAndGet();
    Pop3Message delivered = message.delivered(number);
    messages.put(number, delivered);
    return delivered;
  }

  List<Pop3Message> snapshot() {
    synchronized (messages) {
      return List.copyOf(messages.values());
    }
  }

  void removeIf(Predicate<Pop3Message> predicate) {
    messages.values().removeIf(predicate);
  }

  /** Removes exactly these objects; another message with the same UIDL stays. */
  void removeAll(List<Pop3Message> gone) {
    Set<Pop3Message> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    identities.addAll(gone);
    removeIf(identities::contains);
  }

  /** False when another session keeps the maildrop for longer than this. */
  boolean lock(Duration patience) {
    try {
      return session.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void unlock() {
    session.release();
  }
}
