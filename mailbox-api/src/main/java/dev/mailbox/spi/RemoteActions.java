// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import java.util.Optional;

/** Does actions on the server, one at a time, in the order of the queue. */
public interface RemoteActions {
  /**
   * Does one.
   *
   * @param replica what was known before it was sent; its messages have these keys there, unless a
   *     synchronization has changed that in the meantime
   * @return what became of it. A broken connection before the server answered is {@link
   *     ActionResult.Unknown} for an action that must not be done twice
   * @throws dev.mailbox.MailboxException if the server could not be asked at all, or will do it
   *     another time
   */
  ActionResult apply(RemoteAction action, Replica replica);

  /**
   * Finds out what became of an action whose answer was lost.
   *
   * @param replica what was known before it was sent
   * @return what it did, or empty if the server has not done it, so that it can be tried again
   * @throws dev.mailbox.RejectedException if the server does not let it be found out; after a few
   *     times the action counts as failed
   * @throws dev.mailbox.MailboxException if that cannot be found out now; it is asked again later
   */
  Optional<ActionResult.Done> lookUp(RemoteAction action, Replica replica);
}
