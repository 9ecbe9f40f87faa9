// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets so many bytes through and then refuses more, to end a reply at an exact place. */
public final class Truncation extends FilterOutputStream {
  private long left;

  /** The limit is reached; not a fault of the connection. */
  public static final class Reached extends IOException {
    private static final long serialVersionUID = 1;
  }

  public Truncation(OutputStream out, long bytes) {
    super(out);
    left = bytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int part = (int) Math.min(length, left);
    out.write(bytes, offset, part);
    left -= part;
    if (part < length) {
      throw new Reached();
    }
  }
}
