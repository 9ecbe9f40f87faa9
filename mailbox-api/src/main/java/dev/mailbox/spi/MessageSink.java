// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

/**
 * Takes the bytes of one message on their way into the replica. Memory is bounded whatever the
 * size; {@link #write} waits while the store is behind. For use by one thread.
 */
public interface MessageSink {
  /**
   * Takes bytes, which are copied.
   *
   * @throws dev.mailbox.StoreException if the store has failed
   */
  void write(byte[] bytes, int offset, int length);

  /** What came so far. After this no more bytes may come. */
  Receipt receipt();

  /**
   * The message is whole: it becomes part of the batch. If the replica has these very bytes under
   * this key already, nothing is added.
   */
  void complete();

  /** The message is not whole, or not wanted: nothing of it is kept. */
  void abort();
}
