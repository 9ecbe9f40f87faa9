// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.mail.MailSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Writes a message as the lines of a POP3 reply (RFC 1939, section 3): a dot more before a line
 * that begins with one, and CRLF behind a last line that lacks it. Lines end with CRLF only; a bare
 * CR or LF is data and passes through.
 */
final class DotStuffing {
  /** For {@link #copy}: no limit. */
  static final long ALL_LINES = Long.MAX_VALUE;

  private static final long MAX_BUFFER = 1 << 16;

  private final OutputStream out;
  private long bodyLinesLeft;
  private boolean inBody;
  private boolean lineStart = true;
  private boolean afterCr;
  private boolean lineEmpty = true;

  private DotStuffing(OutputStream out, long bodyLines) {
    this.out = out;
    this.bodyLinesLeft = bodyLines;
  }

  /** Copies the header and so many lines of the body. */
  static void copy(MailSource source, OutputStream out, long bodyLines) throws IOException {
    var stuffing = new DotStuffing(out, bodyLines);
    var buffer = new byte[(int) Math.max(1, Math.min(MAX_BUFFER, source.sizeInBytes()))];
    try (InputStream in = source.open()) {
      int length = in.read(buffer);
      while (length > 0 && stuffing.write(buffer, length)) {
        length = in.read(buffer);
      }
    }
    if (!stuffing.lineStart) {
      out.write('\r');
      out.write('\n');
    }
  }

  /** False when the last wanted line is written. */
  private boolean write(byte[] buffer, int length) throws IOException {
    int from = 0;
    for (int i = 0; i < length; i++) {
      byte each = buffer[i];
      if (lineStart && each == '.') {
        out.write(buffer, from, i - from);
        out.write('.');
        from = i;
      }
      lineStart = afterCr && each == '\n';
      if (lineStart && !wantsMore()) {
        out.write(buffer, from, i + 1 - from);
        return false;
      }
      lineEmpty = lineStart || (lineEmpty && each == '\r');
      afterCr = each == '\r';
    }
    out.write(buffer, from, length - from);
    return true;
  }

  private boolean wantsMore() {
    if (inBody) {
      bodyLinesLeft--;
    } else {
      inBody = lineEmpty;
    }
    return !inBody || bodyLinesLeft > 0;
  }
}
