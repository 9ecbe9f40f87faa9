// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.MailboxException;
import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch: one thread that synchronizes whenever the server has news, and reads the feed to the
 * listener. It does not poll; only what failed is tried again after a while.
 */
final class MemoryWatch implements Watch {
  private static final int PAGE = 500;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofDays(365);

  private final Device device;
  private final ChangeListener listener;
  private final Consumer<MemoryWatch> whenEnded;
  private final Thread thread = new Thread(this::run, "mailbox-memory-watch");
  private FeedPosition position;
  private long seen = -1;
  private Duration pause = FIRST_PAUSE;
  private Span retry = Span.of(NEVER);
  private volatile @Nullable MailboxException lastProblem;
  private volatile boolean stopped;

  /** Guarded by the server's lock: only then an interrupt meets nobody else. */
  private boolean syncing;

  MemoryWatch(Device device, ChangeListener listener, Consumer<MemoryWatch> whenEnded) {
    this.device = device;
    this.listener = listener;
    this.whenEnded = whenEnded;
    this.position = device.copy().feed().last();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        if (!tellNews() && !stopped && isTimeToSync()) {
          sync();
        }
        rest();
      }
    } catch (InterruptedException e) {
      // It was closed during a synchronization.
    } catch (RuntimeException e) {
      // The listener's: it ends the watch, as its documentation says.
    } finally {
      stopped = true;
      whenEnded.accept(this);
    }
  }

  /** Whether there were changes to tell of. */
  private boolean tellNews() {
    FeedPosition from = position;
    List<Change> changes = device.server().read(() -> device.copy().feed().after(from, PAGE));
    for (Change change : changes) {
      if (stopped) {
        return true;
      }
      position = change.position();
      listener.changed(change);
    }
    return !changes.isEmpty();
  }

  private boolean isTimeToSync() {
    return device.link().isThere() && device.server().read(this::isDue);
  }

  private boolean isDue() {
    boolean news = device.server().revision() != seen;
    return retry.left() <= 0 || (news && device.link().isThere());
  }

  private void sync() throws InterruptedException {
    seen = device.server().read(device.server()::revision);
    try {
      syncing(true);
      SyncReport unused = device.syncs().sync(Set.of(), ProgressListener.NONE);
      syncing(false);
      lastProblem = null;
      pause = FIRST_PAUSE;
      retry = Span.of(NEVER);
    } catch (MailboxException e) {
      syncing(false);
      failed(e);
    } catch (IllegalStateException e) {
      // The mailbox was closed.
      stopped = true;
    }
  }

  /** Who closes the watch may interrupt a synchronization, and never the listener. */
  private void syncing(boolean begins) throws InterruptedException {
    boolean unused = device.server().read(() -> syncing = begins);
    if (stopped || Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  private void failed(MailboxException problem) {
    if (device.link().isClosed()) {
      return;
    }
    lastProblem = problem;
    if (problem instanceof AuthenticationException) {
      stopped = true;
    }
    retry = Span.of(pause);
    Duration longer = pause.multipliedBy(2);
    Duration longest = device.config().pollInterval();
    pause = longer.compareTo(longest) < 0 ? longer : longest;
    listener.failed(problem);
  }

  private void rest() throws InterruptedException {
    Server server = device.server();
    InterruptedException interrupted = server.read(this::restLocked);
    if (interrupted != null) {
      throw interrupted;
    }
  }

  private @Nullable InterruptedException restLocked() {
    while (!stopped
        && !device.link().isClosed()
        && device.copy().feed().last().compareTo(position) <= 0
        && !isDue()) {
      try {
        long unused = device.server().news().awaitNanos(retry.left());
      } catch (InterruptedException e) {
        return e;
      }
    }
    stopped = stopped || device.link().isClosed();
    return null;
  }

  @Override
  public boolean isRunning() {
    return !stopped;
  }

  @Override
  public Optional<MailboxException> lastProblem() {
    return Optional.ofNullable(lastProblem);
  }

  @Override
  public void close() {
    boolean unused =
        device
            .server()
            .change(
                () -> {
                  stopped = true;
                  if (syncing && thread != Thread.currentThread()) {
                    thread.interrupt();
                  }
                  return true;
                });
    awaitEnd();
  }

  private void awaitEnd() {
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
