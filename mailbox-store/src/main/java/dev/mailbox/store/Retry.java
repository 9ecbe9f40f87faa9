// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.connect.AuthenticationException;
import java.util.Set;

/** Tells problems that pass from those that somebody must mend. */
final class Retry {
  /** With these, a refused login may be tried again. */
  private static final Set<Reason> PASSING =
      Set.of(Reason.TEMPORARY, Reason.LIMIT, Reason.LOGIN_DELAY, Reason.IN_USE);

  private Retry() {}

  /** Whether trying again unasked may help, and does no harm. */
  static boolean helps(MailboxException e) {
    boolean refused = e instanceof AuthenticationException && !PASSING.contains(e.reason());
    return !refused && e.reason() != Reason.CLOSED && e.reason() != Reason.INTERRUPTED;
  }
}
