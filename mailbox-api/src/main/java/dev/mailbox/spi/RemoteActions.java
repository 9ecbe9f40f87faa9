// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import java.util.Optional;

/** Does actions on the server, one at a time, in the order of the queue. */
public interface RemoteActions {
  /**
   * What was known before an action was sent.
   *
   * @param replica without what has come since; the action's messages have its keys there, unless a
   *     synchronization has changed that in the meantime
   * @param before what {@link #before} told; empty for an action that may be done twice
   * @param reached to be run when the server has answered something other than the action in the
   *     session in which that is done: a failure there is the action's, and counts
   */
  record Known(Replica replica, String before, Runnable reached) {}

  /**
   * What is to be known for certain before an action is sent that must not be done twice. It is
   * kept durably, and given back, by which the action's traces can be told from what was there
   * before.
   *
   * @param known the same, without what this tells
   * @throws dev.mailbox.RejectedException if the action cannot be done
   * @throws dev.mailbox.MailboxException if the server cannot be asked
   */
  String before(RemoteAction action, Known known);

  /**
   * Does one.
   *
   * @return what became of it. A broken connection before the server answered is {@link
   *     ActionResult.Unknown} for an action that must not be done twice
   * @throws dev.mailbox.MailboxException if the server could not be asked at all, or will do it
   *     another time
   */
  ActionResult apply(RemoteAction action, Known known);

  /**
   * Finds out what became of an action whose answer was lost, and does what is left of one that was
   * begun.
   *
   * @return what it did, or empty if the server has not done it, so that it can be tried again
   * @throws dev.mailbox.RejectedException if the server does not let it be found out
   * @throws dev.mailbox.MailboxException if that cannot be found out now; it is asked again later,
   *     but after a few times the action counts as failed
   */
  Optional<ActionResult.Done> lookUp(RemoteAction action, Known known);
}
