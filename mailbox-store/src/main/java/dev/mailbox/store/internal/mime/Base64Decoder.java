// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.util.Arrays;

/**
 * Decodes base64 (RFC 2045 section 6.8). Characters outside the alphabet are passed over.
 *
 * <p>Behind padding, only lines that look like base64 as a whole are decoded: some senders encode a
 * body in several runs, while list servers append footers in clear text.
 */
final class Base64Decoder implements TransferDecoder {
  private static final int MAX_HELD = 128;
  private static final byte FOREIGN = -1;
  private static final byte BREAK = -2;
  private static final byte PAD = -3;
  private static final byte[] VALUES = values();

  private int bits;
  private int digits;
  private boolean damaged;

  private boolean padded;
  private final byte[] held = new byte[MAX_HELD];
  private int heldCount;
  private boolean heldLineIsForeign;

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, FOREIGN);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    for (char c : " \t\r\n".toCharArray()) {
      values[c] = BREAK;
    }
    values['='] = PAD;
    return values;
  }

  @Override
  public int maxDecoded(int count) {
    return count + MAX_HELD;
  }

  @Override
  public int decode(byte[] source, int offset, int count, byte[] target) {
    int written = 0;
    for (int i = offset; i < offset + count; i++) {
      if (padded) {
        written = hold(source[i], target, written);
      } else {
        written = digit(source[i], target, written);
      }
    }
    return written;
  }

  private int digit(byte b, byte[] target, int written) {
    int value = VALUES[b & 0xFF];
    if (value >= 0) {
      bits = bits << 6 | value;
      if (++digits < 4) {
        return written;
      }
      target[written] = (byte) (bits >> 16);
      target[written + 1] = (byte) (bits >> 8);
      target[written + 2] = (byte) bits;
      digits = 0;
      return written + 3;
    }
    if (value == PAD) {
      damaged |= digits < 2;
      if (digits > 0) {
        padded = true;
        heldLineIsForeign = true;
      }
      return flushDigits(target, written);
    }
    damaged |= value == FOREIGN;
    return written;
  }

  private int flushDigits(byte[] target, int written) {
    int end = written;
    if (digits >= 2) {
      int aligned = bits << ((4 - digits) * 6);
      target[end++] = (byte) (aligned >> 16);
      if (digits == 3) {
        target[end++] = (byte) (aligned >> 8);
      }
    }
    digits = 0;
    return end;
  }

  private int hold(byte b, byte[] target, int written) {
    int value = VALUES[b & 0xFF];
    if (b == '\n') {
      return release(target, written);
    }
    if (value == BREAK || (value == PAD && heldLineIsForeign && heldCount == 0)) {
      return written;
    }
    damaged = true;
    if (value == FOREIGN || heldLineIsForeign) {
      heldLineIsForeign = true;
      return written;
    }
    held[heldCount++] = b;
    return heldCount == MAX_HELD ? release(target, written) : written;
  }

  private int release(byte[] target, int written) {
    int count = heldCount;
    boolean usable = !heldLineIsForeign && count > 0 && count % 4 == 0;
    heldCount = 0;
    heldLineIsForeign = false;
    if (!usable) {
      return written;
    }
    padded = false;
    int end = written;
    for (int i = 0; i < count; i++) {
      end = padded ? end : digit(held[i], target, end);
    }
    heldLineIsForeign = false;
    return end;
  }

  @Override
  public int finish(byte[] target) {
    if (padded) {
      return release(target, 0);
    }
    damaged |= digits > 0;
    return flushDigits(target, 0);
  }

  @Override
  public boolean isDamaged() {
    return damaged;
  }
}
