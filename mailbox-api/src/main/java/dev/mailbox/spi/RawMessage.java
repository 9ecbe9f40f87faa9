// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import java.io.InputStream;

/** The bytes of a message of the local copy. */
public interface RawMessage {
  /** How many bytes it has. */
  long sizeInBytes();

  /** The SHA-256 of the raw header block, up to and with the empty line. */
  byte[] headerHash();

  /**
   * A new stream of all its bytes, to be closed by the caller.
   *
   * @throws dev.mailbox.MessageGoneException if it is no longer there
   */
  InputStream open();
}
