// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import dev.mailbox.testkit.internal.store.Account;

/** The server's side of one authentication (RFC 4422). For one thread. */
public interface Exchange {

  /** Whether the client may speak first, and so do it with its command. */
  boolean clientSpeaksFirst();

  /** Whether the server asks with words of its own where the client does not speak first. */
  default boolean asksInWords() {
    return !clientSpeaksFirst();
  }

  /**
   * What comes next, after the client's response; where the server speaks first, its first call is
   * with no bytes.
   */
  Turn next(byte[] response);

  /** What the server does now. */
  sealed interface Turn {}

  /**
   * Says this and awaits a response.
   *
   * @param text before base64; all mechanisms speak in text
   */
  record Challenge(String text) implements Turn {}

  /**
   * Lets the client in.
   *
   * @param account whose it is
   */
  record Accepted(Account account) implements Turn {}

  /** Does not let the client in. */
  record Refused() implements Turn {}
}
