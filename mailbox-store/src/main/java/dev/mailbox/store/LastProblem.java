// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MailboxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why the last attempt to reach the server failed, if it did. Safe for several threads. */
final class LastProblem {
  private volatile @Nullable MailboxException problem;

  void failed(MailboxException why) {
    problem = why;
  }

  void succeeded() {
    problem = null;
  }

  Optional<MailboxException> get() {
    return Optional.ofNullable(problem);
  }
}
