// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.delivery;

import dev.mailbox.ContentId;
import dev.mailbox.Message;

/**
 * A message that is handed to a {@link DeliveryHandler}.
 *
 * @param message the message as it is here now, wherever it has been moved since it arrived
 * @param attempt the number of this attempt, 1 for the first; attempts that a crash cut short do
 *     not count
 */
public record Delivery(Message message, int attempt) {
  /**
   * A key for what is made of the message. A crash between the end of a handler and the note of it
   * hands the message over once more, with an equal key: an application that inserts under it
   * unless it is there does everything once. It is that of the content, so it also stays the same
   * when the store is lost and made anew, and messages with equal bytes have the same.
   */
  public ContentId key() {
    return message.contentId();
  }
}
