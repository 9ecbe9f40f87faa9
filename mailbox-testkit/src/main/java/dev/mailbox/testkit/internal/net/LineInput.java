// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.net;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines and bytes of a peer. Before it waits for the peer it flushes the replies, so that
 * replies to pipelined commands leave together and nothing is forgotten in a buffer.
 */
public final class LineInput {
  private static final int MAX_LINE = 1 << 20;
  private static final int TAIL = 32;

  private final InputStream in;
  private final Flushable replies;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;

  public LineInput(InputStream in, Flushable replies) {
    this.in = in;
    this.replies = replies;
  }

  /**
   * The next line without its line end, one char for each byte; null when the peer closed. An
   * unfinished last line counts as a line.
   */
  public @Nullable String readLine() throws IOException {
    String line = readLine(MAX_LINE);
    if (line != null && line.length() > MAX_LINE) {
      throw new AssertionError("the peer sent a line of more than " + MAX_LINE + " bytes");
    }
    return line;
  }

  /**
   * As {@link #readLine()}, but a line that is longer comes without its middle, and still longer.
   */
  public @Nullable String readLine(int most) throws IOException {
    var line = new ByteArrayOutputStream();
    while (position < limit || fill()) {
      int end = indexOfLineFeed();
      line.write(buffer, position, end - position);
      position = Math.min(end + 1, limit);
      if (line.size() > most + TAIL) {
        shorten(line, most);
      }
      if (end < limit) {
        return withoutCarriageReturn(line);
      }
    }
    return line.size() == 0 ? null : withoutCarriageReturn(line);
  }

  private static void shorten(ByteArrayOutputStream line, int most) {
    byte[] bytes = line.toByteArray();
    line.reset();
    line.write(bytes, 0, most);
    line.write(bytes, bytes.length - TAIL, TAIL);
  }

  /** Exactly so many bytes. */
  public byte[] readBytes(int count) throws IOException {
    var bytes = new byte[count];
    for (int done = 0; done < count; ) {
      if (position == limit && !fill()) {
        throw new EOFException("the peer closed after " + done + " of " + count + " bytes");
      }
      int part = Math.min(limit - position, count - done);
      System.arraycopy(buffer, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  /** Takes what was read from the peer but not yet asked for. */
  public byte[] takeBuffered() {
    byte[] rest = Arrays.copyOfRange(buffer, position, limit);
    position = limit;
    return rest;
  }

  /** Reads and forgets until the peer closes. */
  public void drain() throws IOException {
    do {
      position = limit;
    } while (fill());
  }

  /** Whether {@link #readAhead} can take more. */
  public boolean hasRoom() {
    return limit - position < buffer.length;
  }

  /** Reads what comes and keeps it; false when the peer has closed. */
  public boolean readAhead() throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    int count = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(0, count);
    return count > 0;
  }

  private boolean fill() throws IOException {
    replies.flush();
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  private int indexOfLineFeed() {
    for (int i = position; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return limit;
  }

  private static String withoutCarriageReturn(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
