// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.pop3;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** What goes wrong with one command. */
sealed interface Fault {

  /** Whether the command still does its work. */
  boolean takesEffect();

  /** Says this instead of the reply. */
  record Instead(String reply, boolean takesEffect) implements Fault {}

  /** Sends so many bytes of the reply, then ends. */
  record Partial(long bytes, Ending ending) implements Fault {
    @Override
    public boolean takesEffect() {
      return true;
    }
  }

  /** Ends without an effect and without a reply. */
  record Unanswered(Ending ending) implements Fault {
    @Override
    public boolean takesEffect() {
      return false;
    }
  }

  /** Leaves off the line with the dot, and goes on. */
  record NoTerminator() implements Fault {
    @Override
    public boolean takesEffect() {
      return true;
    }
  }

  /** Changes the bytes of the whole reply. */
  record Rewritten(UnaryOperator<byte[]> change) implements Fault {
    @Override
    public boolean takesEffect() {
      return true;
    }
  }

  /** Sends the reply byte by byte. */
  record Dripped(Duration gap) implements Fault {
    @Override
    public boolean takesEffect() {
      return true;
    }
  }

  /** How a connection comes to its end. */
  enum Ending {
    CLOSE,
    RESET,
    STALL
  }
}
