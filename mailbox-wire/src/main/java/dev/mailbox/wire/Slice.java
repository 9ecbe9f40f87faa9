// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view of bytes in a reader's buffer, without a copy.
 *
 * <p>Valid until the next call on the {@link ByteReader} that gave it, which reuses the object. Not
 * thread-safe.
 */
public final class Slice {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int offset;
  private int length;
  private boolean bareLf;

  Slice() {}

  Slice set(byte[] array, int offset, int length, boolean bareLf) {
    this.array = array;
    this.offset = offset;
    this.length = length;
    this.bareLf = bareLf;
    return this;
  }

  /** The array that holds the bytes, among others; only to be read. */
  public byte[] array() {
    return array;
  }

  /** Where the first byte is in {@link #array()}. */
  public int offset() {
    return offset;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Whether a line ended with LF alone instead of CR LF; false for a chunk. */
  public boolean endedByBareLf() {
    return bareLf;
  }

  /**
   * One byte, 0 to 255.
   *
   * @throws IndexOutOfBoundsException if there is no such byte
   */
  public int at(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException(index);
    }
    return array[offset + index] & 0xff;
  }

  /** The index of the first {@code b} at or after {@code from}, or -1. */
  public int indexOf(byte b, int from) {
    int found = find(array, offset + from, offset + length, b);
    return found < 0 ? -1 : found - offset;
  }

  /** Whether the bytes start with these ASCII characters. */
  public boolean startsWith(String ascii) {
    if (ascii.length() > length) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (array[offset + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes as text, each one character (ISO 8859-1), so that nothing is lost. */
  public String text() {
    return new String(array, offset, length, StandardCharsets.ISO_8859_1);
  }

  /** The bytes as UTF-8; what is not UTF-8 becomes U+FFFD. */
  public String utf8() {
    return new String(array, offset, length, StandardCharsets.UTF_8);
  }

  /** A copy of the bytes. */
  public byte[] copy() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /** Names the length only: the bytes may be private. */
  @Override
  public String toString() {
    return "<" + length + " bytes>";
  }

  /**
   * Finds a byte in {@code array[from..to)}, eight at a time: in {@code x - 1 & ~x & 0x80} a zero
   * byte, and below it nothing else, has its high bit set.
   */
  static int find(byte[] array, int from, int to, byte b) {
    long pattern = (b & 0xffL) * ONES;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) LONGS.get(array, i) ^ pattern;
      long zeros = (word - ONES) & ~word & HIGHS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (array[i] == b) {
        return i;
      }
    }
    return -1;
  }
}
