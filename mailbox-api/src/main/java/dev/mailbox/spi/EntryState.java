// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

/** How far a message that the server has listed has come. */
public enum EntryState {
  /** Its header is here, its body only on the server. */
  HEADER,
  /** All of it is durable here. */
  DURABLE,
  /** It was removed here, and the server is to lose it whatever the policy says. */
  REMOVE,
  /** Its deletion was sent, and the server did not confirm: the next listing settles it. */
  UNCONFIRMED,
  /** The server confirmed its deletion. If it is listed all the same, it may be another message. */
  REMOVED,
  /** It was left on the server on purpose: out of scope, or over a limit and reported. */
  LEFT
}
