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

/** One synchronization to be done: what, how far, and where to count. */
public interface SyncTask {
  /**
   * What is asked of a download that somebody waits for: whole messages, and nothing is removed.
   *
   * @param checkCancelled throws if the caller must not go on
   */
  static SyncTask ofDownload(Runnable checkCancelled) {
    return new FetchTask(checkCancelled);
  }

  /** The folders asked for; empty means all that the scope covers. */
  Set<FolderPath> folders();

  /** How much is copied. */
  SyncScope scope();

  /** Which bodies are downloaded ahead. */
  BodyPolicy bodies();

  /** What the server loses once it is durable here. */
  Removal removal();

  /** Where to count what was done; only by the thread that syncs. */
  SyncReport.Builder report();

  /** Tells how it goes; may be called often, listeners are told at a bearable rate. */
  void progress(Progress progress);

  /** How long the sync may still take; every wait for the server ends with it. */
  Duration timeLeft();

  /**
   * Ends the sync if the mailbox is being closed, the thread was interrupted, or the time is up.
   *
   * @throws dev.mailbox.connect.ConnectionException with {@code CLOSED}, {@code INTERRUPTED} or
   *     {@code TIMEOUT}
   */
  void checkCancelled();
}
