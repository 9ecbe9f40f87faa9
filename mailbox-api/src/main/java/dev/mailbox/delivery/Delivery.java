// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.delivery;

import dev.mailbox.ContentId;
import dev.mailbox.Message;

/**
 * A message that is handed to a {@link DeliveryHandler}.
 *
 * @param key a key for what is made of the message: that of its content when it arrived. A crash
 *     between the end of a handler and the note of it hands the message over once more, with an
 *     equal key: an application that inserts under it unless it is there does everything once. When
 *     the store is lost and made anew, a message has the same key again, as {@link ContentId} says;
 *     messages with equal bytes may have the same
 * @param message the message as it is here now, wherever it has been moved since it arrived
 * @param attempt the number of this attempt, 1 for the first; attempts that a crash cut short do
 *     not count
 */
public record Delivery(ContentId key, Message message, int attempt) {}
