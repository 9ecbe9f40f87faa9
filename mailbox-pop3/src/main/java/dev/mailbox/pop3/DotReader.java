// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.ByteReader;
import dev.mailbox.wire.Slice;
import dev.mailbox.wire.WireException;

/**
 * Reads the multi-line part of a reply (RFC 1939 section 3) to a sink: takes away the dot that was
 * put before a line with a dot, and ends at the line that is nothing but a dot. All other bytes
 * pass as they are; the line end before the last dot belongs to the message.
 *
 * <p>A line ends with CR LF, and only that: a bare LF is data, whatever comes behind it, or else a
 * message could contain its own end and, behind it, replies of its author's choice. A server whose
 * status line ends with a bare LF speaks that dialect throughout, and then each LF ends a line.
 *
 * <p>Used once, by one thread. Runs over whole buffers; nothing is done for each byte.
 */
final class DotReader {
  private static final byte[] CR = {'\r'};

  /** Takes the bytes. */
  @FunctionalInterface
  interface Sink {
    void write(byte[] bytes, int offset, int length);
  }

  private enum At {
    LINE_START,
    WITHIN,
    DOT,
    DOT_CR,
    END
  }

  private final ByteReader reader;
  private final boolean bareLfEnds;
  private final Sink sink;
  private final long limit;
  private At at = At.LINE_START;
  private boolean afterCr;
  private long size;
  private long lines;
  private long bareLfs;

  /**
   * A reader for one reply.
   *
   * @param bareLfEnds whether the status line ended with a bare LF
   * @param limit how many bytes go to the sink at most; what is beyond is read and dropped
   */
  DotReader(ByteReader reader, boolean bareLfEnds, Sink sink, long limit) {
    this.reader = reader;
    this.bareLfEnds = bareLfEnds;
    this.sink = sink;
    this.limit = limit;
  }

  /** Reads all of it. */
  DotReader run() throws WireException {
    while (at != At.END) {
      Slice chunk = reader.chunk();
      int start = chunk.offset();
      int used = take(chunk, start, start + chunk.length()) - start;
      reader.consume(used);
    }
    return this;
  }

  /** Bytes of the message. */
  long size() {
    return size;
  }

  /** Whether there were more bytes than the limit, so that the sink did not get them all. */
  boolean isOverLimit() {
    return size > limit;
  }

  /**
   * Whether the size that the server listed is that of these bytes, or differs by what honest
   * servers count in another way: each line end as one byte, as in a file; each bare LF as two; or
   * not the line end that had to be put behind a last line without one.
   */
  boolean agreesWith(long listedSize) {
    return size == listedSize
        || size - lines == listedSize
        || size + bareLfs == listedSize
        || (lines > 0 && size - 2 == listedSize);
  }

  /** Takes what a buffer holds, and returns where the reply ended in it, or its end. */
  private int take(Slice chunk, int start, int end) {
    byte[] bytes = chunk.array();
    int run = start;
    int position = start;
    while (position < end) {
      byte b = bytes[position];
      switch (at) {
        case LINE_START -> {
          at = At.WITHIN;
          if (b == '.') {
            emit(bytes, run, position);
            at = At.DOT;
            run = ++position;
          }
        }
        case DOT -> run = position = afterDot(b, position);
        case DOT_CR -> run = position = afterDotCr(b, position);
        default -> position = skipLine(chunk, start, position, end);
      }
      if (at == At.END) {
        return position;
      }
    }
    emit(bytes, run, end);
    return end;
  }

  private int afterDot(byte b, int position) {
    if (b == '\r') {
      at = At.DOT_CR;
      return position + 1;
    }
    at = bareLfEnds && b == '\n' ? At.END : At.WITHIN;
    return at == At.END ? position + 1 : position;
  }

  /** Behind the dot and the CR, which has not been passed on. */
  private int afterDotCr(byte b, int position) {
    if (b == '\n') {
      at = At.END;
      return position + 1;
    }
    emit(CR, 0, 1);
    afterCr = true;
    at = At.WITHIN;
    return position;
  }

  private int skipLine(Slice chunk, int start, int position, int end) {
    int found = chunk.indexOf((byte) '\n', position - start);
    if (found < 0) {
      afterCr = chunk.array()[end - 1] == '\r';
      return end;
    }
    int lf = start + found;
    boolean crLf = lf > position ? chunk.array()[lf - 1] == '\r' : afterCr;
    afterCr = false;
    if (crLf) {
      lines++;
    } else {
      bareLfs++;
    }
    if (crLf || bareLfEnds) {
      at = At.LINE_START;
    }
    return lf + 1;
  }

  private void emit(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length > 0 && size < limit) {
      sink.write(bytes, from, (int) Math.min(length, limit - size));
    }
    size += length;
  }
}
