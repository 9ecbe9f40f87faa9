// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

/**
 * Told how long work goes on. It is called on the thread that works, at most a few times a second
 * and at each change of phase, so it must be quick; what it throws ends the work. It may close the
 * mailbox, which ends the work too. Actions on mail that lives on a server are only queued in it:
 * {@link dev.mailbox.Outcome#QUEUED}.
 */
@FunctionalInterface
public interface ProgressListener {
  /** Does nothing. */
  ProgressListener NONE = progress -> {};

  /** Called when there is progress. */
  void progress(Progress progress);
}
