// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import jakarta.mail.internet.SharedInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A range of a source as the kind of stream that lets Jakarta Mail keep offsets of parts instead of
 * copies of them.
 */
final class SharedSourceStream extends BufferedInputStream implements SharedInputStream {
  private static final int BUFFER = 16 * 1024;

  private final RawSource source;
  private final long start;
  private final long end;
  private final Counter counter;

  SharedSourceStream(RawSource source, long start, long end) {
    this(source, start, end, new Counter(source, start, end));
  }

  private SharedSourceStream(RawSource source, long start, long end, Counter counter) {
    super(counter, BUFFER);
    this.source = source;
    this.start = start;
    this.end = end;
    this.counter = counter;
  }

  @Override
  public long getPosition() {
    return counter.count - (count - pos);
  }

  @Override
  public InputStream newStream(long from, long to) {
    long last = to < 0 ? end : Math.min(end, start + to);
    return new SharedSourceStream(source, Math.min(start + from, last), last);
  }

  /** Counts what was read; opens the source when the first byte is wanted. */
  private static final class Counter extends FilterInputStream {
    private final RawSource source;
    private final long start;
    private final long end;
    private long count;

    Counter(RawSource source, long start, long end) {
      super(InputStream.nullInputStream());
      this.source = source;
      this.start = start;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (count >= end - start) {
        return -1;
      }
      if (count == 0) {
        in = new RangeInputStream(source.open(start), end - start);
      }
      int taken = in.read(target, offset, length);
      count += Math.max(0, taken);
      return taken;
    }

    @Override
    public long skip(long wanted) throws IOException {
      byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, wanted))];
      long skipped = 0;
      while (skipped < wanted) {
        int taken = read(buffer, 0, (int) Math.min(buffer.length, wanted - skipped));
        if (taken < 0) {
          break;
        }
        skipped += taken;
      }
      return skipped;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, Math.max(0, end - start - count));
    }
  }
}
