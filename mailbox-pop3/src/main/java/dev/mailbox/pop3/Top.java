// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;

/** TOP n 0 (RFC 1939 section 7): the header of a message, with the empty line behind it. */
final class Top implements Exchange {
  private static final long EXPECTED = 4096;

  /** What the store keeps of a header, and as much again of a server that sends more. */
  static final long LIMIT = 8L << 20;

  private final Command command;
  private final MessageReceiver receiver;

  Top(int number, MessageReceiver receiver) {
    this.command = Command.named("TOP").number(number).number(0).build();
    this.receiver = receiver;
  }

  @Override
  public Command command() {
    return command;
  }

  @Override
  public long expectedBytes() {
    return EXPECTED;
  }

  @Override
  public void reply(Status status, Pop3Session session) throws WireException {
    MessageReceiver.receive(status, session, receiver, LIMIT);
  }
}
