// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** What goes wrong with one command. */
sealed interface ImapFault {

  /** Whether the command still does its work. */
  default boolean takesEffect() {
    return true;
  }

  /** Says this instead of the reply. */
  record Instead(String template, boolean takesEffect, boolean thenClose) implements ImapFault {}

  /** Ends without an effect and without a reply. */
  record Unanswered(Ending ending) implements ImapFault {
    @Override
    public boolean takesEffect() {
      return false;
    }
  }

  /** Sends so many bytes of the reply, then ends. */
  record Partial(long bytes, Ending ending) implements ImapFault {}

  /** Says more before and behind the reply. */
  record Surrounded(String before, String after) implements ImapFault {}

  /** Changes the bytes of the whole reply. */
  record Rewritten(UnaryOperator<byte[]> change) implements ImapFault {}

  /** Sends the reply byte by byte. */
  record Dripped(Duration gap) implements ImapFault {}

  /** Says this, or ends, where a literal is announced and the client waits to be let go on. */
  record AtLiteral(String template, Ending ending) implements ImapFault {}

  /** How a connection comes to its end, or does not. */
  enum Ending {
    NONE,
    CLOSE,
    RESET,
    STALL
  }
}
