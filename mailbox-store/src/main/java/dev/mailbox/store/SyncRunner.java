// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.connect.ProtocolException;
import dev.mailbox.spi.Remote;
import dev.mailbox.spi.Replica;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Meta;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs synchronizations, one at a time, on the threads that ask for them. Who asks while one runs
 * that covers the same folders waits for it.
 */
final class SyncRunner {
  static final String LAST_SYNC = "last_sync";

  static final Duration UNBOUNDED = Duration.ofDays(365);

  /** What says nothing of the next action. */
  private static final Set<Reason> PASSING = Set.of(Reason.TEMPORARY, Reason.IN_USE, Reason.LIMIT);

  private final MailboxConfig config;
  private final Store store;
  private final Remote remote;
  private final Replica replica;
  private final QueueDrain queue;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Run running;
  private final LastProblem lastProblem;
  private final CountDownLatch closed = new CountDownLatch(1);

  SyncRunner(MailboxConfig config, Store store, Sides sides) {
    this.config = config;
    this.store = store;
    this.remote = sides.remote();
    this.replica = sides.replica();
    this.queue = sides.queue();
    this.lastProblem = sides.lastProblem();
  }

  /** What a sync works between. */
  record Sides(Remote remote, Replica replica, QueueDrain queue, LastProblem lastProblem) {}

  /**
   * A synchronization under way.
   *
   * @param brief whether it is for the list of folders, and copies next to nothing
   */
  private record Run(
      Set<FolderPath> folders, boolean brief, Thread thread, CompletableFuture<SyncReport> result) {
    static Run of(Set<FolderPath> folders, boolean brief) {
      return new Run(folders, brief, Thread.currentThread(), new CompletableFuture<>());
    }

    boolean covers(Run other) {
      Set<FolderPath> wanted = other.folders();
      return (!brief || other.brief())
          && (folders.isEmpty() || (!wanted.isEmpty() && folders.containsAll(wanted)));
    }
  }

  /** Brings these folders in step; none means all. */
  SyncReport sync(Set<FolderPath> folders, ProgressListener listener) {
    return sync(folders, listener, UNBOUNDED);
  }

  /**
   * Does the same, but for no longer than that.
   *
   * @throws ConnectionException with {@code TIMEOUT} when the time is up; what is durable stays
   */
  SyncReport sync(Set<FolderPath> folders, ProgressListener listener, Duration limit) {
    return sync(Run.of(folders, false), listener, System.nanoTime() + limit.toNanos());
  }

  /** Gets to know the server's folders, by a sync of no more than their newest messages. */
  void learnFolders() {
    Run brief = Run.of(Set.of(), true);
    sync(brief, ProgressListener.NONE, System.nanoTime() + UNBOUNDED.toNanos());
  }

  private SyncReport sync(Run mine, ProgressListener listener, long end) {
    while (true) {
      Run other = start(mine);
      if (other == null) {
        return run(mine, listener, end);
      }
      Optional<SyncReport> joined = join(other, mine, end);
      if (joined.isPresent()) {
        return joined.get();
      }
    }
  }

  private @Nullable Run start(Run mine) {
    lock.lock();
    try {
      if (running == null) {
        running = mine;
        return null;
      }
      return running;
    } finally {
      lock.unlock();
    }
  }

  private static Optional<SyncReport> join(Run other, Run mine, long end) {
    if (other.thread() == Thread.currentThread()) {
      throw new IllegalStateException("a sync cannot be asked for from within a sync");
    }
    boolean covers = other.covers(mine);
    try {
      SyncReport report =
          other.result().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      return covers ? Optional.of(report) : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled(Reason.INTERRUPTED, "interrupted while waiting for the sync under way");
    } catch (TimeoutException e) {
      throw cancelled(Reason.TIMEOUT, "the time is up while another sync is under way");
    } catch (ExecutionException e) {
      if (covers && e.getCause() instanceof MailboxException problem && isShared(problem)) {
        throw problem;
      }
      return Optional.empty();
    }
  }

  /** An interrupt was meant for the other thread alone, as is what its listener threw. */
  private static boolean isShared(MailboxException problem) {
    return problem.reason() != Reason.INTERRUPTED;
  }

  private SyncReport run(Run mine, ProgressListener listener, long end) {
    try {
      SyncReport report = perform(mine, listener, end);
      lastProblem.succeeded();
      end();
      mine.result().complete(report);
      return report;
    } catch (RuntimeException | Error e) {
      Throwable told = e;
      if (e instanceof IllegalStateException && closed.getCount() == 0) {
        // The store was closed under the sync, by the sync's own listener.
        told = cancelled(Reason.CLOSED, "the mailbox was closed during the sync");
      }
      if (told instanceof MailboxException problem) {
        lastProblem.failed(problem);
      }
      end();
      mine.result().completeExceptionally(told);
      if (told instanceof MailboxException problem) {
        throw problem;
      }
      throw e;
    }
  }

  /** Whether this thread synchronizes, and so is in a listener. */
  boolean isMine() {
    lock.lock();
    try {
      return running != null && running.thread() == Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running = null;
    } finally {
      lock.unlock();
    }
  }

  private SyncReport perform(Run run, ProgressListener listener, long end) {
    long start = System.nanoTime();
    RunningTask.Plan plan =
        run.brief()
            ? new RunningTask.Plan(config.scope().newest(1), BodyPolicy.onDemand(), removal(), end)
            : new RunningTask.Plan(config.scope(), bodies(), removal(), end);
    RunningTask task = new RunningTask(run.folders(), plan, listener, this);
    task.checkCancelled();
    drainQueue(task.timeLeft());
    store.forgetFoldersChanged();
    remote.sync(task, replica);
    task.report().elapsed(Duration.ofNanos(System.nanoTime() - start));
    SyncReport report = task.report().build();
    store.change(
        sql -> {
          store.claim(sql);
          Meta.put(sql, LAST_SYNC, Instant.now().toString());
          Feed.prune(sql);
        });
    return report;
  }

  /**
   * A listing should not come upon what was done by an action whose fate is unknown: it would show
   * a message that was moved as another one. But what the server has put off holds nothing up, nor
   * does an action of which it does not let it be found out, or at which the session ends: that
   * stays shown over what is listed.
   */
  void drainQueue(Duration atMost) {
    queue
        .drain(atMost, true)
        .filter(problem -> !isPutOff(problem))
        .filter(problem -> !QueueDrain.isBreak(problem) || !queue.isDoubtful())
        .ifPresent(
            problem -> {
              throw problem;
            });
  }

  private static boolean isPutOff(MailboxException problem) {
    return problem instanceof RejectedException
        || problem instanceof ProtocolException
        || problem instanceof LimitException
        || isPassing(problem);
  }

  /** Whether the server answered, and will do another time what it was asked for. */
  static boolean isPassing(MailboxException problem) {
    return PASSING.contains(problem.reason());
  }

  BodyPolicy bodies() {
    return config
        .scope()
        .bodies()
        .orElseGet(() -> store.isOnDisk() ? remote.defaultBodies() : BodyPolicy.onDemand());
  }

  private Removal removal() {
    return config
        .removal()
        .orElseGet(() -> store.isOnDisk() ? remote.defaultRemoval() : Removal.never());
  }

  /** Downloads bodies of messages in a folder; those that the server no longer has stay without. */
  void fetch(FolderPath folder, List<String> keys) {
    checkCancelled();
    remote.fetch(replica.folder(folder), keys, replica);
  }

  void checkCancelled() {
    if (closed.getCount() == 0) {
      throw cancelled(Reason.CLOSED, "the mailbox is being closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(Reason.INTERRUPTED, "the thread was interrupted");
    }
  }

  private static ConnectionException cancelled(Reason reason, String message) {
    return new ConnectionException(reason, message, null, List.of());
  }

  /** Rests for that long, or until the mailbox is closed. */
  void pause(Duration time) {
    try {
      if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        checkCancelled();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      checkCancelled();
    }
  }

  /** Ends what runs, and waits for its end. */
  void close() {
    closed.countDown();
    remote.close();
    awaitEnd(run -> run.result().exceptionally(e -> SyncReport.builder().build()).join());
  }

  private void awaitEnd(Consumer<Run> wait) {
    Run run;
    lock.lock();
    try {
      run = running;
    } finally {
      lock.unlock();
    }
    if (run != null && run.thread() != Thread.currentThread()) {
      wait.accept(run);
    }
  }
}
