// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

/** How a connection comes to its end, or does not. */
public enum Ending {
  /** It goes on. */
  NONE,
  /** FIN, after all that was sent; what the client says from then on is read and discarded. */
  CLOSE,
  /** As {@link #CLOSE}, but TLS is not closed before: an attacker could have done it. */
  CUT,
  /** RST, which may overtake bytes that the client has not read yet. */
  RESET,
  /** Nothing more is said until the client leaves; what it says is read and discarded. */
  STALL,
  /**
   * Nothing more is said or read until the server is closed, so that a client that sends much
   * cannot go on.
   */
  DEAF
}
