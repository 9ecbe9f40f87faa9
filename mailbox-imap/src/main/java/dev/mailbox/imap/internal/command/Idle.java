// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;
import java.io.IOException;
import java.time.Duration;

/** IDLE (RFC 2177): the server tells by itself. */
public final class Idle {
  private static final Command DONE = Command.named("DONE").build();

  private Idle() {}

  /**
   * Waits in the selected folder until the server tells of a change, the time is up, or the server
   * refuses or ends it.
   *
   * @return whether it told of one
   */
  public static boolean await(ImapSession session, Duration atMost) throws WireException {
    long before = session.news();
    long end = System.nanoTime() + atMost.toNanos();
    session.submit(new Plain(Plain.line("IDLE"), status -> {}));
    if (!session.awaitGoAhead()) {
      return session.news() != before;
    }
    while (session.news() == before && !session.isQuiet()) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.isNegative() || !session.connection().awaitInput(left)) {
        break;
      }
      session.readNews();
    }
    if (!session.isQuiet()) {
      done(session);
    }
    return session.news() != before;
  }

  private static void done(ImapSession session) throws WireException {
    try {
      session.connection().writer().write(DONE);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("only a payload could fail, and there is none", e);
    }
    session.drain();
  }
}
