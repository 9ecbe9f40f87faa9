// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.store.internal.db.Contents;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.IntFunction;

/** Reads a message chunk by chunk, so that no more than one is in memory. For one thread. */
final class ChunkStream extends InputStream {
  private final int chunks;
  private final IntFunction<byte[]> reader;
  private byte[] chunk = new byte[0];
  private int position;
  private int next;
  private boolean closed;

  ChunkStream(int chunks, IntFunction<byte[]> reader) {
    this.chunks = chunks;
    this.reader = reader;
  }

  /** A stream that begins at an offset, without reading what lies before it. */
  static ChunkStream from(long offset, int chunks, IntFunction<byte[]> reader) {
    ChunkStream stream = new ChunkStream(chunks, reader);
    stream.next = (int) Math.min(offset / Contents.CHUNK_BYTES, chunks);
    if (stream.next < chunks) {
      stream.chunk = reader.apply(stream.next++);
      stream.position = (int) Math.min(offset % Contents.CHUNK_BYTES, stream.chunk.length);
    }
    return stream;
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, bytes, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() throws IOException {
    requireOpen();
    return chunk.length - position;
  }

  /** Makes sure that there is a byte to read; false at the end. */
  private boolean fill() throws IOException {
    requireOpen();
    while (position == chunk.length) {
      if (next == chunks) {
        return false;
      }
      chunk = reader.apply(next++);
      position = 0;
    }
    return true;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    chunk = new byte[0];
    position = 0;
  }
}
