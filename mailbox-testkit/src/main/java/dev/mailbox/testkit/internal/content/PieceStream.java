// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.content;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Bytes that are read in pieces, as a store on disk reads them: the piece that was begun is there,
 * and the next only if the store still has it. For one thread.
 */
final class PieceStream extends InputStream {
  private static final int PIECE = 256 << 10;

  private final byte[] bytes;
  private final Runnable isThere;
  private int position;
  private int end;
  private boolean closed;

  /**
   * Opens it.
   *
   * @param isThere throws when there is no piece to be had
   */
  PieceStream(byte[] bytes, Runnable isThere) {
    this.bytes = bytes;
    this.isThere = isThere;
    next();
  }

  private void next() {
    isThere.run();
    end = (int) Math.min(bytes.length, (long) position + PIECE);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int unused = Objects.checkFromIndexSize(offset, length, target.length);
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (length == 0 || position == bytes.length) {
      return length == 0 ? 0 : -1;
    }
    if (position == end) {
      next();
    }
    int count = Math.min(length, end - position);
    System.arraycopy(bytes, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return closed ? 0 : end - position;
  }

  @Override
  public void close() {
    closed = true;
  }
}
