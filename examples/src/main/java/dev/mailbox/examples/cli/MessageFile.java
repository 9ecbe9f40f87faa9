// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A message in a file whose lines end with LF, as tools on Unix write it, read with lines that end
 * with CR LF, as mail does.
 */
final class MessageFile extends FilterInputStream {
  private static final int LONGEST_FIRST_LINE = 1 << 16;

  private int last = -1;
  private boolean lineFeedNext;

  private MessageFile(InputStream in) {
    super(in);
  }

  /**
   * The message as it is to be stored. If its first line ends with CR LF, these are its bytes as
   * they are, whatever other lines end with.
   *
   * @return empty if there is nothing in it
   */
  static Optional<InputStream> open(InputStream in) throws IOException {
    BufferedInputStream file = new BufferedInputStream(in, LONGEST_FIRST_LINE);
    file.mark(LONGEST_FIRST_LINE);
    int before = -1;
    int c = file.read();
    if (c < 0) {
      return Optional.empty();
    }
    for (int read = 1; c >= 0 && c != '\n' && read < LONGEST_FIRST_LINE; read++) {
      before = c;
      c = file.read();
    }
    file.reset();
    return Optional.of(c == '\n' && before != '\r' ? new MessageFile(file) : file);
  }

  @Override
  public int read() throws IOException {
    if (lineFeedNext) {
      lineFeedNext = false;
      last = '\n';
      return last;
    }
    int c = super.read();
    if (c == '\n' && last != '\r') {
      lineFeedNext = true;
      return '\r';
    }
    last = c;
    return c;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int c = read();
      if (c < 0) {
        return count == 0 ? -1 : count;
      }
      bytes[offset + count++] = (byte) c;
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
