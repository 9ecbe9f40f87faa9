// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.delivery.Delivery;
import dev.mailbox.delivery.FailedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a receiver has to hand over, as the local copy remembers it. Safe for several threads. */
public interface DeliveryQueue {
  /** How many messages wait. */
  int size();

  /**
   * Of the messages that are due at that time, the one that arrived first. For one thread, which
   * calls {@link #handled} or {@link #failed} before it asks for the next.
   */
  Optional<Delivery> next(Instant now);

  /** When the next message is due; empty if none waits. */
  Optional<Instant> nextDue();

  /** Notes durably that a message was handled. */
  void handled(Delivery delivery);

  /** Notes that an attempt has failed, and when the next is due. */
  void failed(Delivery delivery, Throwable problem, Instant nextAttempt);

  /** The messages of which attempts have failed, in the order of arrival, at most that many. */
  List<FailedDelivery> failures(int limit);

  /** Forgets the receiver. */
  void forget();
}
