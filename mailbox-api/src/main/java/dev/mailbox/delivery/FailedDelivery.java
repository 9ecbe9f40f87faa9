// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.delivery;

import dev.mailbox.MessageId;
import java.time.Instant;

/**
 * A message whose handler has thrown, and which will be handed over again.
 *
 * @param message the message
 * @param attempts how often its handler has thrown
 * @param problem what it threw last, in words
 * @param nextAttempt when the message is due again
 */
public record FailedDelivery(
    MessageId message, int attempts, String problem, Instant nextAttempt) {}
