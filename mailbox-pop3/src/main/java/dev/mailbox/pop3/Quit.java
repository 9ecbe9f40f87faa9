// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;
import java.time.Duration;

/** QUIT (RFC 1939 section 6): ends the session, and makes its deletions so if the answer is yes. */
final class Quit {
  private static final Command COMMAND = Command.named("QUIT").build();
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  private Quit() {}

  /** Asks, and waits for the answer as for any other: it decides about deletions. */
  static Status ask(Pop3Session session) throws WireException {
    return session.ask(COMMAND);
  }

  /** Leaves a session that has deleted nothing: no answer is needed, and little time given. */
  static void leave(Pop3Session session) {
    try {
      session.send(COMMAND);
      session.connection().writer().flush();
      session.connection().expectReply(FAREWELL);
      session.connection().reader().readLine();
    } catch (WireException e) {
      // Nothing depends on it, and the connection is closed now as it would be anyway.
    }
  }
}
