// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.FolderPath;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.time.Duration;
import java.util.Set;

/** What is asked of a download that somebody waits for: whole messages, and nothing is removed. */
final class FetchTask implements SyncTask {
  private final SyncReport.Builder report = SyncReport.builder();
  private final Runnable checkCancelled;

  FetchTask(Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
  }

  @Override
  public Set<FolderPath> folders() {
    return Set.of();
  }

  @Override
  public SyncScope scope() {
    return SyncScope.everything();
  }

  @Override
  public BodyPolicy bodies() {
    return BodyPolicy.all();
  }

  @Override
  public Removal removal() {
    return Removal.never();
  }

  @Override
  public SyncReport.Builder report() {
    return report;
  }

  @Override
  public void progress(Progress progress) {}

  /** Each wait has a deadline of its own, and all of it no other. */
  @Override
  public Duration timeLeft() {
    return Duration.ofDays(1);
  }

  @Override
  public void checkCancelled() {
    checkCancelled.run();
  }
}
