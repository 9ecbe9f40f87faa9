// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.delivery;

/** What an application does with each message. Called for one message at a time. */
@FunctionalInterface
public interface DeliveryHandler {
  /**
   * Handles a message. When this returns, the message counts as handled: an application that gives
   * up on one returns too. When it throws, the message is handed over again after a pause, and
   * others meanwhile.
   *
   * <p>A handler may close its receiver, and not the mailbox.
   *
   * @throws Exception if the message could not be handled now. What says that the thread was
   *     interrupted, or that the mailbox is being closed, ends the receiver's call without an
   *     attempt being counted
   */
  void handle(Delivery delivery) throws Exception;
}
