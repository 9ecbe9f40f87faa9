// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.change;

import dev.mailbox.MailboxException;

/**
 * Told of changes while a mailbox is watched, one call at a time, in order, on a thread of the
 * watch. What it throws ends the watch.
 */
@FunctionalInterface
public interface ChangeListener {
  /** Called for each change after it was committed. */
  void changed(Change change);

  /**
   * Called when the server could not be reached or said no; the watch goes on, and tries again
   * later, unless {@link Watch#isRunning} says that it has ended.
   */
  default void failed(MailboxException problem) {}
}
