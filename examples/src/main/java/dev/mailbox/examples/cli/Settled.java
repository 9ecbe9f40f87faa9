// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxException;
import java.time.Duration;
import java.util.Optional;

/**
 * How far an action got in the end.
 *
 * @param isInTime whether the server has it, where it was to have it at once
 * @param problem why not, if that is known
 * @param refusals what the server refused, of this or of what was queued before
 */
record Settled(
    OutcomeView outcome, boolean isInTime, Optional<MailboxException> problem, Refusals refusals) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Finds out why something that was to be done at once is queued, or gets it done after all. */
  static Settled of(Mailbox mailbox, OutcomeView outcome, boolean atOnce) {
    OutcomeView reached = outcome;
    Optional<MailboxException> problem = Optional.empty();
    if (atOnce && outcome == OutcomeView.QUEUED) {
      try {
        reached = mailbox.flush(PATIENCE) ? OutcomeView.ON_SERVER : outcome;
      } catch (MailboxException e) {
        problem = Optional.of(e);
      }
    }
    boolean inTime = !atOnce || reached != OutcomeView.QUEUED;
    return new Settled(reached, inTime, problem, Refusals.take(mailbox));
  }

  /**
   * What the process says, once the rest is printed.
   *
   * @throws MailboxException if it was to be done at once, and is not
   */
  ExitCode code() {
    if (problem.isPresent()) {
      throw problem.get();
    }
    return isInTime && refusals.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
  }
}
