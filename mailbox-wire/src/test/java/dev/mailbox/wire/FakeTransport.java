// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Bytes in memory, which arrive in the pieces that a test says. */
final class FakeTransport implements Transport {
  private final Deque<byte[]> pieces = new ArrayDeque<>();
  final ByteArrayOutputStream written = new ByteArrayOutputStream();
  final Scene scene =
      new Scene(new Endpoint("fake.example", 1, Security.NONE), new Transcript(null));
  boolean secure;
  @Nullable Exception failure;

  FakeTransport arrive(String... texts) {
    for (String text : texts) {
      arrive(text.getBytes(StandardCharsets.ISO_8859_1));
    }
    return this;
  }

  FakeTransport arrive(byte[] piece) {
    if (piece.length > 0) {
      pieces.add(piece);
    }
    return this;
  }

  ByteReader reader() {
    return reader(Limits.forPop3());
  }

  ByteReader reader(Limits limits) {
    return new ByteReader(this, limits, scene);
  }

  ByteWriter writer() {
    return new ByteWriter(this, scene.transcript(), false);
  }

  String sent() {
    return written.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public int read(byte[] array, int offset, int length) throws WireException {
    byte[] piece = pieces.poll();
    if (piece == null) {
      throw fail(scene.peerClosed("the server closed the connection", null));
    }
    int count = Math.min(length, piece.length);
    System.arraycopy(piece, 0, array, offset, count);
    if (count < piece.length) {
      pieces.addFirst(java.util.Arrays.copyOfRange(piece, count, piece.length));
    }
    return count;
  }

  @Override
  public void write(byte[] array, int offset, int length) {
    written.write(array, offset, length);
  }

  @Override
  public <E extends Exception> E fail(E cause) {
    failure = cause;
    return cause;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }
}
