// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import java.time.Clock;
import java.time.Instant;

/** What a configuration says, or without that its defaults, of bodies and of removal. */
final class Policy {
  private final BodyPolicy bodies;
  private final Removal removal;
  private final Copy copy;
  private final Residence residence;
  private final Clock clock;

  Policy(MailboxConfig config, Copy copy, Clock clock) {
    this.copy = copy;
    this.residence = copy.residence();
    this.clock = clock;
    boolean isPostOffice = residence == Residence.LOCAL && config.store().isPresent();
    bodies =
        config.scope().bodies().orElse(isPostOffice ? BodyPolicy.all() : BodyPolicy.onDemand());
    removal = config.removal().orElse(isPostOffice ? Removal.afterDownload() : Removal.never());
  }

  /** Whether a body is downloaded ahead of its first reading. */
  boolean isToDownload(Instant arrivedAt) {
    if (bodies instanceof BodyPolicy.Recent recent) {
      return !arrivedAt.isBefore(clock.instant().minus(recent.age()));
    }
    return bodies instanceof BodyPolicy.All;
  }

  /** Whether the server is to lose a message, which it has. */
  boolean removes(Placement message) {
    if (message.isDeleted()) {
      return residence == Residence.LOCAL;
    }
    if (removal instanceof Removal.AfterHandled) {
      return message.durableAt().isPresent() && copy.deliveries().isHandled(message);
    }
    return message.durableAt().filter(this::isToRemove).isPresent();
  }

  /** Whether the server loses what has been durable here since then. */
  private boolean isToRemove(Instant durableAt) {
    if (removal instanceof Removal.After after) {
      return after.age().isZero() || !durableAt.plus(after.age()).isAfter(clock.instant());
    }
    return removal instanceof Removal.AfterDownload;
  }
}
