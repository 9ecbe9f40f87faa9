// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/** Whether an action on mail that lives on a server waits for the server. */
public enum ActionMode {
  /**
   * The call tries the server first and returns {@link Outcome#ON_SERVER}; offline, or when what
   * was queued before takes longer than a reply may, it returns {@link Outcome#QUEUED}. A server
   * that does not answer is waited for as long as {@link dev.mailbox.connect.Timeouts} says. The
   * default.
   */
  ONLINE_FIRST,
  /**
   * The call never waits for the network: it returns {@link Outcome#QUEUED} at once. For programs
   * with a person in front of them.
   */
  QUEUE_FIRST
}
