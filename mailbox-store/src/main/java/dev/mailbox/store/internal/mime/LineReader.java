// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a stream line by line in one buffer. A line longer than the buffer comes in pieces, so
 * memory does not depend on the input.
 */
final class LineReader {
  private static final int BUFFER = 64 * 1024;

  /** Takes the lines. */
  interface Sink {
    /** Takes one line, or a piece of one; false ends the reading. */
    boolean line(Line line);
  }

  private LineReader() {}

  /**
   * Reads to the end.
   *
   * @return the number of bytes, or -1 if the sink ended it
   */
  static long read(InputStream in, Sink sink) throws IOException {
    Line line = new Line(new byte[BUFFER]);
    byte[] buffer = line.bytes;
    int limit = 0;
    int searched = 0;
    while (true) {
      int count = in.read(buffer, limit, buffer.length - limit);
      limit += Math.max(0, count);
      int from = 0;
      while (from < limit) {
        int end = lineEnd(buffer, Math.max(from, searched), limit);
        boolean isLong = from == 0 && limit == buffer.length;
        if (end < 0 && count >= 0 && !isLong) {
          break;
        }
        int stop = end > 0 ? end : limit - heldBack(buffer, limit, count);
        if (!sink.line(line.next(from, stop - from, end > 0 || count < 0))) {
          return -1;
        }
        from = stop;
      }
      System.arraycopy(buffer, from, buffer, 0, limit - from);
      limit -= from;
      searched = limit;
      if (count < 0) {
        return line.start + line.length;
      }
    }
  }

  /** The CR at the end of a piece stays for the next piece, which may begin with its LF. */
  private static int heldBack(byte[] buffer, int limit, int count) {
    return count >= 0 && buffer[limit - 1] == '\r' ? 1 : 0;
  }

  private static int lineEnd(byte[] buffer, int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /** One line with its line break, or a piece of a long one; valid only while it is delivered. */
  static final class Line {
    private final byte[] bytes;
    private int offset;
    private int length;
    private int breakLength;
    private long start;
    private boolean ended = true;
    private boolean startsLine;

    private Line(byte[] bytes) {
      this.bytes = bytes;
    }

    private Line next(int nextOffset, int nextLength, boolean ends) {
      start += length;
      offset = nextOffset;
      length = nextLength;
      startsLine = ended;
      ended = ends;
      breakLength = 0;
      int end = offset + length;
      if (length > 0 && bytes[end - 1] == '\n') {
        breakLength = length > 1 && bytes[end - 2] == '\r' ? 2 : 1;
      }
      return this;
    }

    byte[] bytes() {
      return bytes;
    }

    int offset() {
      return offset;
    }

    /** The number of bytes, with the line break. */
    int length() {
      return length;
    }

    /** The number of bytes of the line break: CRLF, LF, or none in a piece or at the end. */
    int breakLength() {
      return breakLength;
    }

    /** Where it begins in the stream. */
    long start() {
      return start;
    }

    /** Whether it is the beginning of a line, not a later piece. */
    boolean startsLine() {
      return startsLine;
    }

    boolean isEmpty() {
      return startsLine && ended && length == breakLength;
    }

    boolean startsWithHyphens() {
      return startsLine && ended && length > 2 && bytes[offset] == '-' && bytes[offset + 1] == '-';
    }

    /** Whether it cannot begin a header: neither a field nor a fold nor a line that mbox adds. */
    boolean isNoHeader() {
      int end = offset + length;
      byte first = bytes[offset];
      return !isEmpty()
          && first != ' '
          && first != '\t'
          && FieldCursor.colon(bytes, offset, end) < 0
          && !FieldCursor.isMboxLine(bytes, offset, end);
    }

    /** Whether it is two hyphens, the boundary, perhaps two more hyphens, and white space. */
    boolean isBoundary(byte[] boundary) {
      int rest = afterBoundary(boundary);
      return rest >= 0 && (isBlank(rest) || isLastBoundary(boundary));
    }

    boolean isLastBoundary(byte[] boundary) {
      int rest = afterBoundary(boundary);
      return rest >= 0
          && rest + 1 < offset + length
          && bytes[rest] == '-'
          && bytes[rest + 1] == '-'
          && isBlank(rest + 2);
    }

    private int afterBoundary(byte[] boundary) {
      int from = offset + 2;
      int to = from + boundary.length;
      return to <= offset + length && Arrays.equals(bytes, from, to, boundary, 0, boundary.length)
          ? to
          : -1;
    }

    private boolean isBlank(int from) {
      for (int i = from; i < offset + length; i++) {
        if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r' && bytes[i] != '\n') {
          return false;
        }
      }
      return true;
    }

    /** What follows two hyphens, without white space at its end. */
    byte[] boundary() {
      int end = offset + length;
      while (end > offset + 2 && isBlank(end - 1)) {
        end--;
      }
      return Arrays.copyOfRange(bytes, offset + 2, end);
    }
  }
}
