// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

/** Does actions on the server, one at a time, in the order of the queue. */
public interface RemoteActions {
  /**
   * Does one.
   *
   * @return what became of it. A broken connection before the server answered is {@link
   *     ActionResult.Unknown} for an action that must not be done twice
   * @throws dev.mailbox.connect.ConnectionException if the server could not be asked at all
   */
  ActionResult apply(RemoteAction action);
}
