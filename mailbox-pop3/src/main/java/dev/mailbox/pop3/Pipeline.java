// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.WireException;
import java.util.ArrayDeque;

/**
 * Sends commands ahead of their replies (RFC 2449 section 6.6), and reads the replies in order.
 *
 * <p>No more than 16 KiB of commands are unanswered, so that they fit in the buffers on the way
 * even while the server reads none, and we are always the one that reads; and no more than about 4
 * MiB of replies are on their way, unless one message is larger. A full window is emptied by half
 * before it is filled again, so that many commands share a packet. For one thread.
 */
final class Pipeline {
  private static final int COMMAND_BYTES = 16 << 10;
  private static final long REPLY_BYTES = 4L << 20;

  private final Pop3Session session;
  private final ArrayDeque<Sent> unanswered = new ArrayDeque<>();
  private long commandBytes;
  private long replyBytes;
  private boolean oneByOne;
  private boolean ahead;

  private record Sent(Exchange exchange, int commandBytes) {}

  Pipeline(Pop3Session session, boolean oneByOne) {
    this.session = session;
    this.oneByOne = oneByOne;
  }

  /** Sends a command, after reading replies until there is room for it. */
  void submit(Exchange exchange) throws WireException {
    int size = (int) exchange.command().sizeInBytes();
    if (!fits(size, exchange.expectedBytes())) {
      makeRoom(size, exchange.expectedBytes());
    }
    session.send(exchange.command());
    unanswered.add(new Sent(exchange, size));
    commandBytes += size;
    replyBytes += exchange.expectedBytes();
  }

  private void makeRoom(int size, long expected) throws WireException {
    while (!unanswered.isEmpty()
        && (commandBytes > COMMAND_BYTES / 2
            || replyBytes > REPLY_BYTES / 2
            || !fits(size, expected))) {
      readOne();
    }
  }

  private boolean fits(int size, long expected) {
    return unanswered.isEmpty()
        || (!oneByOne
            && commandBytes + size <= COMMAND_BYTES
            && replyBytes + expected <= REPLY_BYTES);
  }

  /** Reads all replies. */
  void drain() throws WireException {
    while (!unanswered.isEmpty()) {
      readOne();
    }
  }

  /** From now on each command waits for its reply. */
  void slowDown() {
    oneByOne = true;
  }

  /** Whether there were other commands on the way when the last reply was read. */
  boolean isAhead() {
    return ahead;
  }

  private void readOne() throws WireException {
    ahead = unanswered.size() > 1;
    Status status = session.status();
    Sent sent = unanswered.remove();
    commandBytes -= sent.commandBytes();
    replyBytes -= sent.exchange().expectedBytes();
    sent.exchange().reply(status, session);
  }
}
