// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.mail;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A mail with one large attachment whose bytes are computed from their position when read. */
final class HugeMail implements MailSource {
  private static final int LINE = 78;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private final byte[] head;
  private final long size;

  HugeMail(byte[] head, long size) {
    this.head = head;
    long lines = Math.max(1, (size - head.length + LINE - 1) / LINE);
    this.size = head.length + lines * LINE;
  }

  @Override
  public long sizeInBytes() {
    return size;
  }

  @Override
  public InputStream open() {
    return new Bytes();
  }

  private byte at(long position) {
    if (position < head.length) {
      return head[(int) position];
    }
    long inBody = position - head.length;
    int column = (int) (inBody % LINE);
    if (column >= LINE - 2) {
      return (byte) (column == LINE - 2 ? '\r' : '\n');
    }
    // A multiplicative hash: cheap, and different lines look different to any cache or compressor.
    long mixed = (inBody + 1) * 0x9E3779B97F4A7C15L;
    return (byte) ALPHABET.charAt((int) (mixed >>> 58));
  }

  private final class Bytes extends InputStream {
    private long position;

    @Override
    public int read() {
      return position < size ? at(position++) : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, buffer.length);
      if (position == size && length > 0) {
        return -1;
      }
      int count = (int) Math.min(length, size - position);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = at(position++);
      }
      return count;
    }
  }

  static byte[] head(String subject) {
    return ("From: Alice <alice@example.org>\r\n"
            + "To: bob@example.org\r\n"
            + "Date: Mon, 05 Jan 2026 10:00:00 +0000\r\n"
            + "Message-ID: <huge@example.org>\r\n"
            + ("Subject: " + subject + "\r\n")
            + "MIME-Version: 1.0\r\n"
            + "Content-Type: application/octet-stream; name=\"huge.bin\"\r\n"
            + "Content-Disposition: attachment; filename=\"huge.bin\"\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
