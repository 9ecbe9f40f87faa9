// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MailboxConfig;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.spi.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The watches of a mailbox. */
final class Watches {
  private final MailboxConfig config;
  private final FeedSignal signal;
  private final Optional<Remote> remote;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<FeedWatch> running = new ArrayList<>();
  private boolean closed;

  Watches(MailboxConfig config, FeedSignal signal, Optional<Remote> remote) {
    this.config = config;
    this.signal = signal;
    this.remote = remote;
  }

  Watch start(StoreMailbox mailbox, ChangeListener listener) {
    FeedPosition from = mailbox.lastChange();
    FeedWatch watch =
        new FeedWatch(
            new FeedWatch.Sources(mailbox, signal, remote, config.pollInterval()), listener, from);
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the mailbox is closed");
      }
      running.removeIf(w -> !w.isRunning());
      running.add(watch);
    } finally {
      lock.unlock();
    }
    watch.start();
    return watch;
  }

  void close() {
    List<FeedWatch> all;
    lock.lock();
    try {
      closed = true;
      all = List.copyOf(running);
      running.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(FeedWatch::stop);
    all.forEach(FeedWatch::close);
  }
}
