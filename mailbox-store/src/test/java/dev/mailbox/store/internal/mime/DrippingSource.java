// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives one byte at a time, and has no way to seek. */
final class DrippingSource implements RawSource {
  private final BytesSource bytes;

  DrippingSource(byte[] bytes) {
    this.bytes = new BytesSource(bytes);
  }

  @Override
  public InputStream open() {
    return new FilterInputStream(bytes.open()) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(1, length));
      }
    };
  }

  @Override
  public long sizeInBytes() {
    return bytes.sizeInBytes();
  }
}
