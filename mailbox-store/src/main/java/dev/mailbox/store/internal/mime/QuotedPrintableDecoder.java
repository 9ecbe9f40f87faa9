// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

/**
 * Decodes quoted-printable (RFC 2045 section 6.7). An equals sign that begins no escape stays as it
 * is. White space at the end of a line is dropped, as transports may have added it.
 */
final class QuotedPrintableDecoder implements TransferDecoder {
  /** A longer run of white space is data: no transport adds that much. */
  private static final int MAX_HELD = 1024;

  private enum State {
    TEXT,
    EQUALS,
    HEX,
    SOFT_BREAK
  }

  private final byte[] held = new byte[MAX_HELD];
  private int heldCount;
  private State state = State.TEXT;
  private byte firstDigit;
  private boolean damaged;
  private byte[] target = {};
  private int written;

  @Override
  public int maxDecoded(int count) {
    return 2 * count + MAX_HELD + 4;
  }

  @Override
  public int decode(byte[] source, int offset, int count, byte[] into) {
    target = into;
    written = 0;
    for (int i = offset; i < offset + count; i++) {
      accept(source[i]);
    }
    return written;
  }

  private void accept(byte b) {
    switch (state) {
      case TEXT -> text(b);
      case EQUALS -> afterEquals(b);
      case HEX -> secondDigit(b);
      case SOFT_BREAK -> softBreak(b);
    }
  }

  private void text(byte b) {
    if (b == ' ' || b == '\t') {
      if (heldCount == MAX_HELD) {
        releaseHeld();
      }
      held[heldCount++] = b;
      return;
    }
    if (b == '\n' || b == '\r') {
      heldCount = 0;
    } else {
      releaseHeld();
    }
    if (b == '=') {
      state = State.EQUALS;
    } else {
      target[written++] = b;
    }
  }

  private void releaseHeld() {
    System.arraycopy(held, 0, target, written, heldCount);
    written += heldCount;
    heldCount = 0;
  }

  private void afterEquals(byte b) {
    if (Character.digit(b, 16) >= 0) {
      firstDigit = b;
      state = State.HEX;
    } else if (b == '\n') {
      state = State.TEXT;
    } else if (b == '\r' || b == ' ' || b == '\t') {
      state = State.SOFT_BREAK;
    } else {
      literal(b, false);
    }
  }

  private void secondDigit(byte b) {
    int value = EncodedWords.hex(firstDigit, b);
    if (value < 0) {
      literal(b, true);
    } else {
      target[written++] = (byte) value;
      state = State.TEXT;
    }
  }

  private void literal(byte b, boolean withDigit) {
    damaged = true;
    target[written++] = '=';
    if (withDigit) {
      target[written++] = firstDigit;
    }
    state = State.TEXT;
    text(b);
  }

  private void softBreak(byte b) {
    if (b == '\n') {
      state = State.TEXT;
    } else if (b != '\r' && b != ' ' && b != '\t') {
      literal(b, false);
    }
  }

  @Override
  public int finish(byte[] into) {
    target = into;
    written = 0;
    if (state == State.HEX) {
      damaged = true;
      target[written++] = '=';
      target[written++] = firstDigit;
    }
    heldCount = 0;
    state = State.TEXT;
    return written;
  }

  @Override
  public boolean isDamaged() {
    return damaged;
  }
}
