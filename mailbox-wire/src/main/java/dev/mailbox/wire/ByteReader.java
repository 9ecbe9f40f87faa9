// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.LimitExceededException.Limit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Predicate;

/**
 * Reads what the server sends: lines, exact byte counts, and chunks as they come.
 *
 * <p>For one thread, the one that uses the connection. Every method blocks until it has what it is
 * for, within the connection's deadlines, and throws a {@link WireException}, after which the
 * connection is closed: {@link PeerClosedException} when the server closes first, {@link
 * LimitExceededException} when it sends too much.
 */
public final class ByteReader {
  private static final byte[] NOTHING = {};

  private final Transport transport;
  private final Limits limits;
  private final Scene scene;
  private final Slice slice = new Slice();
  private byte[] buffer = NOTHING;
  private int position;
  private int end;
  private long consumed;
  private long replyEnd;
  private long replyLimit;

  ByteReader(Transport transport, Limits limits, Scene scene) {
    this.transport = transport;
    this.limits = limits;
    this.scene = scene;
    limitReply(limits.replyBytes());
  }

  /**
   * Reads a line that belongs in the transcript, such as a status line.
   *
   * @return the line without its end, which is LF or CR LF
   */
  public Slice readLine() throws WireException {
    Slice line = line();
    scene.transcript().received(line.array(), line.offset(), line.length());
    return line;
  }

  /**
   * Reads a line that belongs in the transcript, which keeps not every one if it turns out to be
   * data, of which there may be much.
   *
   * @param isData whether the line is data
   * @return the line without its end, which is LF or CR LF
   */
  public Slice readLine(Predicate<Slice> isData) throws WireException {
    long before = consumed;
    Slice line = line();
    if (isData.test(line)) {
      receivedOfList(line, consumed - before);
    } else {
      scene.transcript().received(line.array(), line.offset(), line.length());
    }
    return line;
  }

  /**
   * Reads a line of which there may be many, such as one of a listing; the transcript keeps the
   * first and the last.
   *
   * @return the line without its end, which is LF or CR LF
   */
  public Slice readDataLine() throws WireException {
    long before = consumed;
    Slice line = line();
    receivedOfList(line, consumed - before);
    return line;
  }

  /**
   * Gives the bytes that have arrived, at least one, and waits only if there are none. They stay
   * unread until {@link #consume(int)}.
   */
  public Slice chunk() throws WireException {
    if (position == end) {
      fill();
    }
    return slice.set(buffer, position, end - position, false);
  }

  /**
   * Marks bytes of the last {@link #chunk()} as read. The transcript only counts them.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public void consume(int bytes) throws WireException {
    if (bytes < 0 || bytes > end - position) {
      throw new IllegalArgumentException("consume " + bytes + " of " + (end - position));
    }
    scene.transcript().receivedBody(bytes);
    advance(bytes);
  }

  /**
   * Reads exactly {@code bytes} bytes to {@code sink}, through no more memory than the buffer.
   *
   * @throws IOException if the sink throws it; the connection stays as it is, in the middle of the
   *     data
   */
  public void readTo(OutputStream sink, long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      Slice chunk = chunk();
      int count = (int) Math.min(left, chunk.length());
      sink.write(chunk.array(), chunk.offset(), count);
      consume(count);
      left -= count;
    }
  }

  /**
   * Reads exactly {@code bytes} bytes into memory, at most {@link Limits#literalBytes()}.
   *
   * @throws LimitExceededException if it is more
   */
  public byte[] readBytes(int bytes) throws WireException {
    if (bytes > limits.literalBytes()) {
      throw transport.fail(scene.exceeded(Limit.LITERAL, limits.literalBytes()));
    }
    byte[] out = new byte[bytes];
    int done = 0;
    while (done < bytes) {
      Slice chunk = chunk();
      int count = Math.min(bytes - done, chunk.length());
      System.arraycopy(chunk.array(), chunk.offset(), out, done, count);
      consume(count);
      done += count;
    }
    return out;
  }

  /** How many bytes have arrived and are not read. */
  public int buffered() {
    return end - position;
  }

  /** How many bytes have been read since the connection was made. */
  public long consumed() {
    return consumed;
  }

  /**
   * Allows {@code bytes} bytes from here on, instead of {@link Limits#replyBytes()}, up to the next
   * {@link Connection#expectReply()}; {@link Long#MAX_VALUE} for no limit.
   */
  public void limitReply(long bytes) {
    replyLimit = bytes;
    replyEnd = bytes > Long.MAX_VALUE - consumed ? Long.MAX_VALUE : consumed + bytes;
  }

  /** Gives the buffer back to the pool, if nothing unread is in it. */
  void release() {
    if (position == end && buffer.length > 0) {
      Buffers.give(buffer);
      buffer = NOTHING;
      position = 0;
      end = 0;
      slice.set(NOTHING, 0, 0, false);
    }
  }

  private void receivedOfList(Slice line, long bytes) {
    scene.transcript().receivedOfList(line.array(), line.offset(), line.length(), bytes);
  }

  private Slice line() throws WireException {
    int scanned = 0;
    int lf = Slice.find(buffer, position, end, (byte) '\n');
    while (lf < 0) {
      scanned = end - position;
      // A CR that may belong to the line end is not yet part of the line.
      if (scanned - 1 > limits.lineBytes()) {
        throw lineTooLong();
      }
      fill();
      lf = Slice.find(buffer, position + scanned, end, (byte) '\n');
    }
    int start = position;
    boolean bare = lf == start || buffer[lf - 1] != '\r';
    int length = lf - start - (bare ? 0 : 1);
    if (length > limits.lineBytes()) {
      throw lineTooLong();
    }
    advance(lf + 1 - start);
    return slice.set(buffer, start, length, bare);
  }

  private LimitExceededException lineTooLong() {
    return transport.fail(scene.exceeded(Limit.LINE, limits.lineBytes()));
  }

  private void advance(int bytes) throws WireException {
    position += bytes;
    consumed += bytes;
    if (consumed > replyEnd) {
      throw transport.fail(scene.exceeded(Limit.REPLY, replyLimit));
    }
  }

  private void fill() throws WireException {
    makeRoom();
    end += transport.read(buffer, end, buffer.length - end);
  }

  private void makeRoom() {
    if (position == end) {
      position = 0;
      end = 0;
      if (buffer.length != Buffers.SIZE) {
        buffer = Buffers.take();
      }
    } else if (end == buffer.length) {
      byte[] old = buffer;
      buffer = position > 0 ? old : new byte[larger(old.length)];
      System.arraycopy(old, position, buffer, 0, end - position);
      end -= position;
      position = 0;
      if (buffer != old) {
        Buffers.give(old);
      }
    }
  }

  /** Twice as much, but never more than the longest line with its end, and one to see that. */
  private int larger(int size) {
    return (int) Math.min(2L * size, Math.max(size + 1L, limits.lineBytes() + 3L));
  }
}
