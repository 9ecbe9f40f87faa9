// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.Command.Segment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes commands, and nothing but commands, to the server.
 *
 * <p>For one thread, the one that uses the connection. {@code write} puts a command in the buffer,
 * {@link #flush()} sends it; a full buffer is sent by itself. Both may block, within the
 * connection's deadlines, and throw a {@link WireException}, after which the connection is closed.
 */
public final class ByteWriter {
  private static final byte[] NOTHING = {};

  private final Transport transport;
  private final Transcript transcript;
  private final boolean secretsAllowed;
  private byte[] buffer = NOTHING;
  private int count;
  private long written;
  private boolean wipe;

  ByteWriter(Transport transport, Transcript transcript, boolean secretsAllowed) {
    this.transport = transport;
    this.transcript = transcript;
    this.secretsAllowed = secretsAllowed;
  }

  /**
   * Writes a command that need not wait for a go-ahead.
   *
   * @throws IllegalArgumentException if it does; nothing was written
   * @throws IllegalStateException if it holds a secret and would go in clear text without
   *     permission; nothing was written
   * @throws IOException if its payload failed; the connection is closed
   */
  public void write(Command command) throws IOException {
    if (command.segments() != 1) {
      throw new IllegalArgumentException("the command has to wait for the server's go-ahead");
    }
    write(command, 0);
  }

  /**
   * Writes one segment of a command, 0 first. After each but the last: {@link #flush()}, and wait
   * for the server's go-ahead before the next.
   *
   * @throws IndexOutOfBoundsException if there is no such segment
   * @throws IllegalStateException if the command holds a secret and would go in clear text without
   *     permission; nothing was written
   * @throws IOException if its payload failed; the connection is closed
   */
  public void write(Command command, int segment) throws IOException {
    int skip = Objects.checkIndex(segment, command.segments());
    if (command.isSecret()) {
      guardSecret(command);
    }
    StringBuilder shown = new StringBuilder();
    for (Segment part : command.parts()) {
      if (skip == 0) {
        write(part);
        shown.append(part.shown());
      }
      if (part.waits() && skip-- == 0) {
        break;
      }
    }
    transcript.sent(shown.toString().stripTrailing());
  }

  /** Sends what is buffered. */
  public void flush() throws WireException {
    if (count == 0) {
      return;
    }
    int length = count;
    count = 0;
    try {
      transport.write(buffer, 0, length);
    } finally {
      if (wipe) {
        Arrays.fill(buffer, 0, length, (byte) 0);
      }
    }
  }

  /** Bytes that are written and not sent. */
  public int buffered() {
    return count;
  }

  /** Bytes written since the connection was made, sent or not. */
  public long written() {
    return written;
  }

  /** Gives the buffer back to the pool, if nothing unsent is in it. */
  void release() {
    if (count == 0 && buffer.length > 0) {
      Buffers.give(buffer);
      buffer = NOTHING;
    }
  }

  private void guardSecret(Command command) {
    if (!secretsAllowed && !transport.isSecure()) {
      throw new IllegalStateException("a secret must not be sent without TLS");
    }
    transcript.mask(command.masks());
    wipe = true;
  }

  private void write(Segment part) throws IOException {
    if (part.payload() != null) {
      write(part.payload());
    }
    append(part.text(), 0, part.text().length);
  }

  private void write(Payload payload) throws IOException {
    PayloadStream out = new PayloadStream(payload.size());
    try {
      payload.writeTo(out);
      out.complete();
    } catch (IOException | RuntimeException e) {
      transport.fail(e);
      throw e;
    }
  }

  private void append(byte[] bytes, int offset, int length) throws WireException {
    if (buffer.length == 0) {
      buffer = Buffers.take();
    }
    int done = 0;
    while (done < length) {
      if (count == buffer.length) {
        flush();
      }
      int part = Math.min(length - done, buffer.length - count);
      System.arraycopy(bytes, offset + done, buffer, count, part);
      count += part;
      done += part;
    }
    written += length;
  }

  /** Takes exactly the number of bytes that was announced. */
  private final class PayloadStream extends OutputStream {
    private long left;

    PayloadStream(long size) {
      left = size;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > left) {
        throw new IOException("the payload is longer than it said");
      }
      append(bytes, offset, length);
      left -= length;
    }

    void complete() throws IOException {
      if (left > 0) {
        throw new IOException("the payload ended " + left + " bytes early");
      }
    }
  }
}
