// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.mime;

/**
 * Counts the bytes that an encoded body decodes to, line by line. The last line break is held back:
 * it belongs to the boundary that may follow.
 */
final class BodySize {
  private static final byte[] CRLF = {'\r', '\n'};

  private final TransferDecoder decoder;
  private byte[] scratch = {};
  private int heldBreak;
  private long size;

  BodySize(TransferDecoder decoder) {
    this.decoder = decoder;
  }

  void add(LineReader.Line line) {
    add(CRLF, 2 - heldBreak, heldBreak);
    heldBreak = line.breakLength();
    add(line.bytes(), line.offset(), line.length() - heldBreak);
  }

  /** Adds bytes without a line break that may belong to a boundary. */
  void add(byte[] bytes, int offset, int count) {
    if (count > 0) {
      int room = decoder.maxDecoded(count);
      if (scratch.length < room) {
        scratch = new byte[room];
      }
      size += decoder.decode(bytes, offset, count, scratch);
    }
  }

  /** The size in all, with or without the line break that was held back. */
  long finish(boolean withLastBreak) {
    if (withLastBreak) {
      add(CRLF, 2 - heldBreak, heldBreak);
    }
    int room = decoder.maxDecoded(0);
    return size + decoder.finish(scratch.length < room ? new byte[room] : scratch);
  }

  boolean isDamaged() {
    return decoder.isDamaged();
  }
}
