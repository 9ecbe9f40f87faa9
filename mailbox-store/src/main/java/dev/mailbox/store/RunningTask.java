// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A synchronization as the protocol sees it. */
final class RunningTask implements SyncTask {
  private final Set<FolderPath> folders;
  private final Plan plan;
  private final Throttle throttle;
  private final SyncRunner runner;
  private final SyncReport.Builder report = SyncReport.builder();

  /** How much, and what the server loses. */
  record Plan(SyncScope scope, BodyPolicy bodies, Removal removal, long endNanos) {}

  RunningTask(Set<FolderPath> folders, Plan plan, ProgressListener listener, SyncRunner runner) {
    this.folders = Set.copyOf(folders);
    this.plan = plan;
    this.throttle = new Throttle(listener);
    this.runner = runner;
  }

  @Override
  public Set<FolderPath> folders() {
    return folders;
  }

  @Override
  public SyncScope scope() {
    return plan.scope();
  }

  @Override
  public BodyPolicy bodies() {
    return plan.bodies();
  }

  @Override
  public Removal removal() {
    return plan.removal();
  }

  @Override
  public SyncReport.Builder report() {
    return report;
  }

  @Override
  public void progress(Progress progress) {
    throttle.progress(progress);
  }

  @Override
  public Duration timeLeft() {
    return Duration.ofNanos(Math.max(0, plan.endNanos() - System.nanoTime()));
  }

  @Override
  public void checkCancelled() {
    runner.checkCancelled();
    if (timeLeft().isZero()) {
      throw new ConnectionException(Reason.TIMEOUT, "the time for the sync is up", null, List.of());
    }
  }
}
