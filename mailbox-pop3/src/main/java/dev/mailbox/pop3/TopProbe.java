// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.wire.WireException;

/**
 * Asks for headers with TOP. The replica hashes what comes, as it hashes whole messages, so that a
 * header has one hash wherever it comes from.
 */
final class TopProbe {
  private final Pop3Session session;
  private final Pipeline pipeline;
  private final ReplicaBatch batch;
  private boolean works;
  private boolean fails;

  TopProbe(Pop3Session session, Pipeline pipeline, ReplicaBatch batch) {
    this.session = session;
    this.pipeline = pipeline;
    this.batch = batch;
  }

  /** How its questions go out. */
  Pipeline pipeline() {
    return pipeline;
  }

  /** Takes a header that is wanted for its hash alone. */
  MessageSink sink(RemoteMessage message) {
    return batch.message(message);
  }

  /** What is done with a header. */
  interface Receiver {
    /** The server did not give it. */
    void refused(Status status);

    /** It has come; the sink is aborted afterwards unless it was completed. */
    void received(MessageSink sink, Receipt receipt);
  }

  /** Whether the server has TOP, as far as is known. */
  boolean isPossible() {
    return !fails && (works || session.capabilities().mayOffer("TOP"));
  }

  /** Asks for the header of the message with that number in this session. */
  void submit(int number, RemoteMessage message, Receiver receiver) throws WireException {
    pipeline.submit(new Top(number, new Reply(message, receiver)));
  }

  private final class Reply implements MessageReceiver {
    private final RemoteMessage message;
    private final Receiver receiver;

    Reply(RemoteMessage message, Receiver receiver) {
      this.message = message;
      this.receiver = receiver;
    }

    @Override
    public void refused(Status status) {
      // One message may be refused for a reason of its own; a first refusal says there is no TOP.
      fails |= !works;
      receiver.refused(status);
    }

    @Override
    public MessageSink open() {
      works = true;
      return batch.message(message);
    }

    @Override
    public void received(MessageSink sink, DotReader reply) {
      receiver.received(sink, sink.receipt());
    }
  }
}
