// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import java.time.Instant;

/** What a configuration says, or without that its defaults, of bodies and of removal. */
final class Policy {
  private final BodyPolicy bodies;
  private final Removal removal;

  Policy(MailboxConfig config, Residence residence) {
    boolean isPostOffice = residence == Residence.LOCAL && config.store().isPresent();
    bodies =
        config.scope().bodies().orElse(isPostOffice ? BodyPolicy.all() : BodyPolicy.onDemand());
    removal = config.removal().orElse(isPostOffice ? Removal.afterDownload() : Removal.never());
  }

  /** Whether a body is downloaded ahead of its first reading. */
  boolean isToDownload(Instant arrivedAt) {
    if (bodies instanceof BodyPolicy.Recent recent) {
      return !arrivedAt.isBefore(Instant.now().minus(recent.age()));
    }
    return bodies instanceof BodyPolicy.All;
  }

  /** Whether the server loses what has been durable here since then. */
  boolean isToRemove(Instant durableAt) {
    if (removal instanceof Removal.After after) {
      return !durableAt.plus(after.age()).isAfter(Instant.now());
    }
    return removal instanceof Removal.AfterDownload;
  }
}
