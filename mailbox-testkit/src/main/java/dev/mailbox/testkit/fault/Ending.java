// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

/** How a connection comes to its end, or does not. */
public enum Ending {
  /** It goes on. */
  NONE,
  /** FIN, after all that was sent. */
  CLOSE,
  /** RST, which may overtake bytes that the client has not read yet. */
  RESET,
  /** Nothing more is said until the client leaves. */
  STALL
}
