// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

/**
 * Undoes a transfer encoding (RFC 2045 section 6) piece by piece, making the best of data that is
 * not of it. Not thread-safe.
 */
interface TransferDecoder {
  /** The most bytes that a piece of that size, or the end, can give. */
  int maxDecoded(int count);

  /** Decodes a piece; gives the number of bytes put into the target. */
  int decode(byte[] source, int offset, int count, byte[] target);

  /** Ends the data; gives the number of last bytes put into the target. */
  int finish(byte[] target);

  /** Whether something in the data so far was not of the encoding. */
  boolean isDamaged();
}
