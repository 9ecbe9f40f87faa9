// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.spi.MessageSink;
import dev.mailbox.wire.WireException;

/** What is done with the reply to {@link Retr} or {@link Top}. */
interface MessageReceiver {
  /** The server said no. */
  void refused(Status status);

  /** The server said yes: where shall the bytes go? */
  MessageSink open();

  /** The reply has ended. The sink is completed here, or else aborted by the caller. */
  void received(MessageSink sink, DotReader reply);

  /** Reads a reply. A sink that was opened is completed or aborted afterwards. */
  static void receive(Status status, Pop3Session session, MessageReceiver receiver, long limit)
      throws WireException {
    if (!status.isOk()) {
      receiver.refused(status);
      return;
    }
    MessageSink sink = receiver.open();
    try {
      receiver.received(sink, session.message(sink::write, limit));
    } finally {
      sink.abort();
    }
  }
}
