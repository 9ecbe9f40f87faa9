// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** How a server takes IMAP literals (RFC 7888). */
public enum Literals {
  /** Each one waits for the server's go-ahead. */
  SYNCHRONIZING,
  /** Without waiting up to 4096 bytes: {@code LITERAL-}. */
  SMALL_AT_ONCE,
  /** Without waiting: {@code LITERAL+}. */
  AT_ONCE;

  private static final int SMALL = 4096;

  boolean waits(long size) {
    return this == SYNCHRONIZING || (this == SMALL_AT_ONCE && size > SMALL);
  }
}
