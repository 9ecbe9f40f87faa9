// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;

/**
 * Lets the header of a message pass to another sink, and drops the rest, which nobody wants to
 * keep. For one thread.
 */
final class HeaderSink implements MessageSink {
  private final MessageSink header;
  private final long most;
  private long passed;
  private boolean lineIsEmpty = true;
  private boolean afterCr;
  private boolean ended;

  /**
   * A sink for one message.
   *
   * @param most how many bytes pass at most
   */
  HeaderSink(MessageSink header, long most) {
    this.header = header;
    this.most = most;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (!ended) {
      int count = (int) Math.min(headerBytes(bytes, offset, length), most - passed);
      header.write(bytes, offset, count);
      passed += count;
      ended |= passed == most;
    }
  }

  private int headerBytes(byte[] bytes, int offset, int length) {
    for (int i = 0; i < length; i++) {
      byte b = bytes[offset + i];
      if (b == '\n' && lineIsEmpty) {
        ended = true;
        return i + 1;
      }
      lineIsEmpty = b == '\n' || (lineIsEmpty && b == '\r' && !afterCr);
      afterCr = b == '\r';
    }
    return length;
  }

  @Override
  public Receipt receipt() {
    return header.receipt();
  }

  @Override
  public void complete() {
    header.complete();
  }

  @Override
  public void abort() {
    header.abort();
  }
}
