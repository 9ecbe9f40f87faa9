// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.Mailbox;
import dev.mailbox.delivery.Receiver;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The receivers of a mailbox that are open, one of each name. Safe for several threads. */
public final class Receivers {
  private final Syncing sync;
  private final Clock clock;
  private final Function<String, DeliveryQueue> queues;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, QueueReceiver> open = new HashMap<>();
  private boolean closed;

  /** What receivers want of the server. */
  public interface Syncing {
    /** Synchronizes the inbox; does nothing where there is no server. */
    void sync();

    /** Whether this thread synchronizes, and so is in a listener. */
    boolean isMine();
  }

  /**
   * Those of a mailbox.
   *
   * @param sync what receivers want of the server
   * @param clock tells when an attempt is due
   * @param queues gives what the receiver of a name has to hand over
   */
  public Receivers(Syncing sync, Clock clock, Function<String, DeliveryQueue> queues) {
    this.sync = sync;
    this.clock = clock;
    this.queues = queues;
  }

  /**
   * Opens the receiver of that name.
   *
   * @param mailbox the mailbox, to be watched
   * @throws IllegalArgumentException if the name is not as {@link Mailbox#receiver} wants it
   * @throws IllegalStateException if the receiver is open already, or the mailbox is closed
   */
  public Receiver open(Mailbox mailbox, String name) {
    if (!name.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException(
          "the name of a receiver is 1 to 100 letters, digits, '.', '_' or '-'");
    }
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the mailbox is closed");
      }
      if (open.containsKey(name)) {
        throw new IllegalStateException("the receiver " + name + " is open already");
      }
      QueueReceiver receiver =
          new QueueReceiver(
              name,
              new QueueReceiver.Means(mailbox, sync, clock, this::closed),
              queues.apply(name));
      open.put(name, receiver);
      return receiver;
    } finally {
      lock.unlock();
    }
  }

  private void closed(QueueReceiver receiver) {
    lock.lock();
    try {
      open.remove(receiver.name(), receiver);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets them end, without waiting for them, and opens no more.
   *
   * @throws IllegalStateException if this is called by one of their handlers; then nothing is done
   */
  public void stop() {
    lock.lock();
    try {
      if (open.values().stream().anyMatch(QueueReceiver::isMine)) {
        throw new IllegalStateException("a receiver's handler cannot close the mailbox");
      }
    } finally {
      lock.unlock();
    }
    all().forEach(QueueReceiver::stop);
  }

  /** Closes them, and waits for their end. */
  public void close() {
    all().forEach(QueueReceiver::close);
  }

  private List<QueueReceiver> all() {
    lock.lock();
    try {
      closed = true;
      return List.copyOf(open.values());
    } finally {
      lock.unlock();
    }
  }
}
