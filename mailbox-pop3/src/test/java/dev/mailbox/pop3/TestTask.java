// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A synchronization as a test wants it: everything, all bodies, removal after download. */
final class TestTask implements SyncTask {
  private final SyncReport.Builder report = SyncReport.builder();
  private final List<Progress> progress = new ArrayList<>();
  private SyncScope scope = SyncScope.everything();
  private BodyPolicy bodies = BodyPolicy.all();
  private Removal removal = Removal.afterDownload();
  private Runnable check = () -> {};

  static TestTask keeping() {
    return new TestTask().removal(Removal.never());
  }

  TestTask scope(SyncScope newScope) {
    scope = newScope;
    return this;
  }

  TestTask bodies(BodyPolicy policy) {
    bodies = policy;
    return this;
  }

  TestTask removal(Removal newRemoval) {
    removal = newRemoval;
    return this;
  }

  TestTask checking(Runnable newCheck) {
    check = newCheck;
    return this;
  }

  List<Progress> told() {
    return progress;
  }

  @Override
  public Set<FolderPath> folders() {
    return Set.of();
  }

  @Override
  public SyncScope scope() {
    return scope;
  }

  @Override
  public BodyPolicy bodies() {
    return bodies;
  }

  @Override
  public Removal removal() {
    return removal;
  }

  @Override
  public SyncReport.Builder report() {
    return report;
  }

  @Override
  public void progress(Progress now) {
    progress.add(now);
  }

  @Override
  public Duration timeLeft() {
    return Duration.ofHours(1);
  }

  @Override
  public void checkCancelled() {
    check.run();
  }
}
