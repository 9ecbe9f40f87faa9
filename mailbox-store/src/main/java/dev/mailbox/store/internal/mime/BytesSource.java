// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A message in memory. */
public final class BytesSource implements RawSource {
  private final byte[] bytes;

  /** Creates a source over an array, which is kept and must not be changed afterwards. */
  public BytesSource(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream open(long offset) {
    int start = (int) Math.min(offset, bytes.length);
    return new ByteArrayInputStream(bytes, start, bytes.length - start);
  }

  @Override
  public long sizeInBytes() {
    return bytes.length;
  }
}
