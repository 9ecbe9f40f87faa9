// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.IOException;
import java.io.InputStream;

/**
 * The raw bytes of one message, to be read as often as needed. They do not change. Safe for use by
 * several threads.
 */
public interface RawSource {
  /**
   * The bytes from the start; the caller closes the stream.
   *
   * @throws dev.mailbox.MessageGoneException if the message has been removed
   * @throws dev.mailbox.StoreException if the store cannot be read
   */
  InputStream open();

  /**
   * The bytes from an offset on, none if it lies behind the end; the caller closes the stream. A
   * source that can seek should do so here: each part of a message is read through this.
   *
   * @throws dev.mailbox.MessageGoneException if the message has been removed
   * @throws dev.mailbox.StoreException if the store cannot be read
   */
  default InputStream open(long offset) {
    if (offset >= sizeInBytes()) {
      return InputStream.nullInputStream();
    }
    InputStream in = open();
    try {
      in.skipNBytes(offset);
      return in;
    } catch (IOException e) {
      throw IoFailures.closing(in, IoFailures.unreadable(e));
    }
  }

  /** The number of bytes. */
  long sizeInBytes();
}
