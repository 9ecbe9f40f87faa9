// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, as many as are wanted. */
final class RangeInputStream extends FilterInputStream {
  private long remaining;

  RangeInputStream(InputStream in, long count) {
    super(in);
    this.remaining = count;
  }

  @Override
  public int read() throws IOException {
    int b = remaining > 0 ? in.read() : -1;
    remaining -= b < 0 ? 0 : 1;
    return b;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    if (remaining <= 0) {
      return count == 0 ? 0 : -1;
    }
    int taken = in.read(target, offset, (int) Math.min(count, remaining));
    remaining -= Math.max(0, taken);
    return taken;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(Math.min(count, remaining));
    remaining -= skipped;
    return skipped;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(in.available(), remaining);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
