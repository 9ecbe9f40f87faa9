// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;

/** RETR (RFC 1939 section 5): a whole message. */
final class Retr implements Exchange {
  private final Command command;
  private final int number;
  private final long listedSize;
  private final long limit;
  private final MessageReceiver receiver;

  /**
   * Asks for a message.
   *
   * @param listedSize its size, as the server lists it
   * @param limit how many bytes the receiver gets at most
   */
  Retr(int number, long listedSize, long limit, MessageReceiver receiver) {
    this.number = number;
    this.command = Command.named("RETR").number(number).build();
    this.listedSize = listedSize;
    this.limit = limit;
    this.receiver = receiver;
  }

  @Override
  public Command command() {
    return command;
  }

  @Override
  public long expectedBytes() {
    return listedSize;
  }

  @Override
  public void reply(Status status, Pop3Session session) throws WireException {
    if (status.isOk()) {
      session.retrieved(number);
    }
    MessageReceiver.receive(status, session, receiver, limit);
  }
}
