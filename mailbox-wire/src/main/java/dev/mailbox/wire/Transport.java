// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** What a reader and a writer stand on. */
interface Transport {

  /** Reads at least one byte. */
  int read(byte[] array, int offset, int length) throws WireException;

  /** Writes all of it. */
  void write(byte[] array, int offset, int length) throws WireException;

  /** Closes the connection because of this failure, and returns it to be thrown. */
  <E extends Exception> E fail(E failure);

  /** Whether what is written now is protected by TLS. */
  boolean isSecure();
}
