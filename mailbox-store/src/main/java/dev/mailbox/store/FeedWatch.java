// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.StoreException;
import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.spi.Remote;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch: one thread keeps the copy in step, another reads the feed to the listener. The feed
 * remembers, so a change made between two readings is not missed.
 */
final class FeedWatch implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(FeedWatch.class);
  private static final int PAGE = 500;

  private final Sources sources;
  private final ChangeListener listener;
  private final Thread reading = daemon("mailbox-feed", this::read);
  private final Thread syncing = daemon("mailbox-watch", this::keepInStep);
  private final ReentrantLock calling = new ReentrantLock();
  private FeedPosition position;
  private volatile @Nullable MailboxException lastProblem;
  private volatile boolean stopped;

  /** What a watch works with. */
  record Sources(
      StoreMailbox mailbox, FeedSignal signal, Optional<Remote> remote, Duration pollInterval) {}

  FeedWatch(Sources sources, ChangeListener listener, FeedPosition from) {
    this.sources = sources;
    this.listener = listener;
    this.position = from;
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    reading.start();
    if (sources.remote().isPresent()) {
      syncing.start();
    }
  }

  private void read() {
    Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    try {
      while (!stopped) {
        try {
          readOn();
          backoff.reset();
        } catch (StoreException e) {
          if (!stopped) {
            report(e);
            Thread.sleep(backoff.next().toMillis());
          }
        }
      }
    } catch (InterruptedException e) {
      // stop() ends this thread so.
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void readOn() throws InterruptedException {
    long seen = sources.signal().count();
    List<Change> changes = sources.mailbox().changes(position, PAGE);
    if (changes.isEmpty()) {
      sources.signal().awaitAfter(seen);
    }
    for (Change change : changes) {
      deliver(change);
    }
  }

  /** Ends the watch, because it was closed or because of a failure that nobody foresaw. */
  private void fail(RuntimeException e) {
    if (!stopped) {
      LOG.warn("the watch of a mailbox ends because of a failure", e);
      stop();
    }
  }

  private void deliver(Change change) throws InterruptedException {
    // A listener that is closing the watch waits for this thread.
    calling.lockInterruptibly();
    try {
      if (!stopped) {
        listener.changed(change);
        position = change.position();
      }
    } finally {
      calling.unlock();
    }
  }

  private void keepInStep() {
    Backoff backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    while (!stopped) {
      try {
        sources.mailbox().sync();
        lastProblem = null;
        backoff.reset();
        sources.remote().orElseThrow().awaitNews(FolderPath.INBOX, sources.pollInterval());
      } catch (MailboxException e) {
        if (stopped || !Retry.helps(e)) {
          finish(e);
          return;
        }
        report(e);
        if (!sleep(pause(backoff.next()))) {
          return;
        }
      } catch (RuntimeException e) {
        fail(e);
      }
    }
  }

  private Duration pause(Duration usual) {
    Duration wanted = sources.remote().orElseThrow().leaveAloneFor();
    return wanted.compareTo(usual) > 0 ? wanted : usual;
  }

  private void finish(MailboxException e) {
    if (!stopped) {
      lastProblem = e;
      stop();
      report(e);
    }
  }

  private void report(MailboxException e) {
    lastProblem = e;
    try {
      // A listener that is closing the watch waits for this thread.
      calling.lockInterruptibly();
    } catch (InterruptedException interrupted) {
      stop();
      return;
    }
    try {
      listener.failed(e);
    } catch (RuntimeException thrown) {
      LOG.warn("the watch of a mailbox ends because its listener failed", thrown);
      stop();
    } finally {
      calling.unlock();
    }
  }

  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }

  @Override
  public Optional<MailboxException> lastProblem() {
    return Optional.ofNullable(lastProblem);
  }

  /** Ends the threads without waiting for them. */
  void stop() {
    stopped = true;
    interrupt(reading);
    interrupt(syncing);
  }

  /** Wakes a thread, but not a listener that is itself at work on it. */
  private static void interrupt(Thread thread) {
    if (thread != Thread.currentThread()) {
      thread.interrupt();
    }
  }

  @Override
  public void close() {
    stop();
    join(reading);
    join(syncing);
  }

  private static void join(Thread thread) {
    if (thread == Thread.currentThread()) {
      return;
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
