// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.util.Arrays;
import java.util.Objects;

/**
 * Picks the header out of a message while it streams by, in pieces of any size: everything up to
 * and including the first empty line (RFC 5322 section 2.1), which ends in CRLF or LF; all of it if
 * there is none. Not thread-safe.
 */
public final class HeaderCapture {
  private byte[] buffer = new byte[8192];
  private int length;
  private boolean lineIsEmpty = true;
  private boolean afterCr;
  private boolean complete;

  /** Creates a capture that has seen nothing. */
  public HeaderCapture() {}

  /** Takes the next bytes of the message; without effect once the header is complete. */
  public void accept(byte[] bytes, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    if (complete || count == 0) {
      return;
    }
    int end = offset + count;
    int headerEnd = findEnd(bytes, offset, end);
    keep(bytes, offset, headerEnd - offset);
  }

  private int findEnd(byte[] bytes, int offset, int end) {
    for (int i = offset; i < end; i++) {
      byte b = bytes[i];
      if (b == '\n') {
        if (lineIsEmpty) {
          complete = true;
          return i + 1;
        }
        lineIsEmpty = true;
        afterCr = false;
      } else if (lineIsEmpty) {
        lineIsEmpty = b == '\r' && !afterCr;
        afterCr = true;
      }
    }
    return end;
  }

  private void keep(byte[] bytes, int offset, int count) {
    int kept = Math.min(count, Limits.HEADER_BLOCK - length);
    if (kept < count) {
      complete = true;
    }
    if (kept > buffer.length - length) {
      int grown = Math.min(Limits.HEADER_BLOCK, Math.max(buffer.length * 2, length + kept));
      buffer = Arrays.copyOf(buffer, grown);
    }
    System.arraycopy(bytes, offset, buffer, length, kept);
    length += kept;
  }

  /** A copy of what was captured so far. */
  public byte[] block() {
    return Arrays.copyOf(buffer, length);
  }

  /** The number of bytes captured so far. */
  public int sizeInBytes() {
    return length;
  }

  /** Whether nothing more is wanted: the empty line was seen, or 4 MiB are full. */
  public boolean isComplete() {
    return complete;
  }
}
