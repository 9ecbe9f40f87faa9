// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.change;

import dev.mailbox.MailboxException;
import java.util.Optional;

/** A running watch. Safe for use by several threads. */
public interface Watch extends AutoCloseable {
  /** Whether it still watches: not closed, and not ended by a problem that retrying cannot help. */
  boolean isRunning();

  /** The last problem, if the last attempt to reach the server failed. */
  Optional<MailboxException> lastProblem();

  /**
   * Ends the watch, and waits until a call of the listener that is under way has returned, unless
   * it is called from the listener itself. Closing twice does nothing.
   */
  @Override
  void close();
}
