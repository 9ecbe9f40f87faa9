// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes off the compression of one direction (RFC 4978), piece by piece. */
final class Inflation {
  private final Inflater inflater = new Inflater(true);
  private boolean isBroken;

  /** What these bytes stand for; themselves where they are not compressed in that way. */
  List<byte[]> inflate(byte[] bytes, int offset, int length) {
    List<byte[]> clear = new ArrayList<>();
    var buffer = new byte[1 << 16];
    inflater.setInput(bytes, offset, length);
    try {
      int count = isBroken ? 0 : inflater.inflate(buffer);
      while (count > 0) {
        clear.add(Arrays.copyOf(buffer, count));
        count = inflater.inflate(buffer);
      }
    } catch (DataFormatException e) {
      isBroken = true;
    }
    if (isBroken) {
      clear.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }
    return clear;
  }
}
