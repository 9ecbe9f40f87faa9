// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;

/** Few bytes that become many. */
final class DeflateBomb {
  private static final int BLOCK = 1 << 20;

  private DeflateBomb() {}

  /**
   * Writes blocks of a raw stream (RFC 1951) which another stream may follow: none of them is the
   * last. Equal blocks are compressed once.
   */
  static void write(byte[] line, long times, OutputStream out) throws IOException {
    int atOnce = (int) Math.max(1, Math.min(times, BLOCK / Math.max(1, line.length)));
    byte[] block = compressed(line, atOnce);
    for (long i = 0; i < times / atOnce; i++) {
      out.write(block);
    }
    out.write(compressed(line, (int) (times % atOnce)));
  }

  private static byte[] compressed(byte[] line, int times) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    var result = new ByteArrayOutputStream();
    var buffer = new byte[1 << 12];
    try {
      for (int i = 0; i < times; i++) {
        deflater.setInput(line);
        int mode = i == times - 1 ? Deflater.FULL_FLUSH : Deflater.NO_FLUSH;
        int count = deflater.deflate(buffer, 0, buffer.length, mode);
        while (count > 0) {
          result.write(buffer, 0, count);
          count = deflater.deflate(buffer, 0, buffer.length, mode);
        }
      }
    } finally {
      deflater.end();
    }
    return result.toByteArray();
  }
}
