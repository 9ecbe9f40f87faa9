// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One synchronization at a time; who comes meanwhile waits for it and has its report. */
final class Syncs {
  private final Device device;

  /** Guarded by the server's lock, as are the fields of a run. */
  private @Nullable Run running;

  Syncs(Device device) {
    this.device = device;
  }

  private static final class Run {
    private final Thread thread = Thread.currentThread();
    private final Set<FolderPath> folders;
    private boolean ended;
    private @Nullable SyncReport report;
    private @Nullable MailboxException problem;

    Run(Set<FolderPath> folders) {
      this.folders = folders;
    }

    boolean covers(Set<FolderPath> wanted) {
      return folders.isEmpty() || (!wanted.isEmpty() && folders.containsAll(wanted));
    }
  }

  /** Whether this thread synchronizes, and so is in a listener. */
  boolean isMine() {
    return device.server().read(() -> running != null && running.thread == Thread.currentThread());
  }

  /** Synchronizes these folders, or all. */
  SyncReport sync(Set<FolderPath> folders, ProgressListener listener) {
    device.link().requireServer();
    while (true) {
      var mine = new Run(folders);
      Run other = device.server().read(() -> begin(mine));
      if (other == mine) {
        return perform(mine, listener);
      }
      Optional<SyncReport> report = device.server().read(() -> awaitEnd(other, folders));
      if (report.isPresent()) {
        return report.get();
      }
    }
  }

  private Run begin(Run mine) {
    Run now = running;
    if (now == null) {
      running = mine;
      return mine;
    }
    if (now.thread == Thread.currentThread()) {
      throw new IllegalStateException("a synchronization's listener cannot synchronize");
    }
    return now;
  }

  /** Empty if the other's synchronization is not what was wanted, or was ended for its own. */
  private Optional<SyncReport> awaitEnd(Run other, Set<FolderPath> wanted) {
    Span span = Span.of(Duration.ofDays(1));
    boolean unused = device.link().rest(span, () -> other.ended);
    if (!other.covers(wanted)) {
      return Optional.empty();
    }
    if (other.problem != null && other.problem.reason() != Reason.INTERRUPTED) {
      throw other.problem;
    }
    return Optional.ofNullable(other.report);
  }

  private SyncReport perform(Run run, ProgressListener listener) {
    try {
      SyncReport report = new SyncRun(device, run.folders, listener).perform();
      device.link().reached();
      run.report = report;
      return report;
    } catch (MailboxException e) {
      device.link().failed(e);
      run.problem = e;
      throw e;
    } finally {
      boolean unused =
          device
              .server()
              .change(
                  () -> {
                    run.ended = true;
                    running = null;
                    return true;
                  });
    }
  }

  /** Waits until none runs, but for one of which this thread is the listener. */
  void awaitNone() {
    while (running != null && running.thread != Thread.currentThread()) {
      try {
        long unused = device.server().news().awaitNanos(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
