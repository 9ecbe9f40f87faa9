// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;

/** A message that is nowhere as a whole: a beginning, one line again and again, and an end. */
final class GeneratedSource implements RawSource {
  private final byte[] head;
  private final byte[] line;
  private final long lines;
  private final byte[] tail;

  GeneratedSource(String head, String line, long lines, String tail) {
    this.head = Mails.bytes(head);
    this.line = Mails.bytes(line);
    this.lines = lines;
    this.tail = Mails.bytes(tail);
  }

  @Override
  public InputStream open() {
    return open(0);
  }

  @Override
  public InputStream open(long offset) {
    long filler = offset - head.length;
    long behind = filler - lines * line.length;
    List<InputStream> pieces =
        List.of(
            new BytesSource(head).open(Math.min(offset, head.length)),
            new Filler(line, lines * line.length - Math.max(0, filler), Math.max(0, filler)),
            new BytesSource(tail).open(Math.min(Math.max(0, behind), tail.length)));
    return new SequenceInputStream(Collections.enumeration(pieces));
  }

  @Override
  public long sizeInBytes() {
    return head.length + line.length * lines + tail.length;
  }

  private static final class Filler extends InputStream {
    private final byte[] block;
    private long left;
    private int at;

    Filler(byte[] line, long left, long skipped) {
      this.block = new byte[line.length * 1_000];
      for (int i = 0; i < block.length; i++) {
        block[i] = line[i % line.length];
      }
      this.left = Math.max(0, left);
      this.at = (int) (skipped % line.length);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(left, Math.min(length, block.length - at));
      System.arraycopy(block, at, target, offset, count);
      at = (at + count) % block.length;
      left -= count;
      return count;
    }
  }
}
