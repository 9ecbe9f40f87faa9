// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import dev.mailbox.wire.LimitExceededException.Limit;
import dev.mailbox.wire.TimedOutException.Phase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a failure happens: what every exception of a connection is told about it. */
record Scene(Endpoint endpoint, Transcript transcript) {

  TimedOutException timedOut(Phase phase, Duration waited) {
    transcript.event("stall");
    return new TimedOutException(this, phase, waited);
  }

  PeerClosedException peerClosed(String what, @Nullable Throwable cause) {
    transcript.event("close");
    return new PeerClosedException(this, what, cause);
  }

  LimitExceededException exceeded(Limit limit, long bytes) {
    return new LimitExceededException(this, limit, bytes);
  }

  GarbledReplyException garbled(String what) {
    return new GarbledReplyException(this, what);
  }

  CancelledException interrupted() {
    return new CancelledException(this, true);
  }

  CancelledException closed() {
    return new CancelledException(this, false);
  }
}
