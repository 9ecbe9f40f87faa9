// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream without its transfer encoding; tells once at the end if the data was damaged. */
final class DecodingInputStream extends FilterInputStream {
  private static final int PIECE = 8192;

  private final TransferDecoder decoder;
  private final Runnable onDamage;
  private final byte[] encoded = new byte[PIECE];
  private final byte[] decoded;
  private int position;
  private int limit;
  private boolean ended;

  DecodingInputStream(InputStream in, TransferDecoder decoder, Runnable onDamage) {
    super(in);
    this.decoder = decoder;
    this.onDamage = onDamage;
    this.decoded = new byte[decoder.maxDecoded(PIECE)];
  }

  @Override
  public int read() throws IOException {
    return fill() ? decoded[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, target.length);
    if (count == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(count, limit - position);
    System.arraycopy(decoded, position, target, offset, taken);
    position += taken;
    return taken;
  }

  private boolean fill() throws IOException {
    while (position == limit) {
      if (ended) {
        return false;
      }
      int count = in.read(encoded);
      position = 0;
      if (count >= 0) {
        limit = decoder.decode(encoded, 0, count, decoded);
      } else {
        ended = true;
        limit = decoder.finish(decoded);
        if (decoder.isDamaged()) {
          onDamage.run();
        }
      }
    }
    return true;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    while (skipped < count && fill()) {
      int step = (int) Math.min(count - skipped, limit - position);
      position += step;
      skipped += step;
    }
    return skipped;
  }

  @Override
  public int available() {
    return limit - position;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
