// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What goes wrong with one command, or with the greeting. Immutable; when it happens is said by the
 * rule that has it. Text is ISO 8859-1, one byte for each char. In what an IMAP server says, <code>
 * {tag}</code> stands for the tag of the command, and <code>{next}</code> for the tag that follows
 * when a client counts on.
 */
public sealed interface Fault {

  /** Whether the command still does its work. */
  default boolean takesEffect() {
    return true;
  }

  /**
   * Says this instead of the reply.
   *
   * @param template the bytes, with line ends
   * @param takesEffect whether the command is obeyed
   * @param then how the connection goes on
   */
  record Instead(String template, boolean takesEffect, Ending then) implements Fault {}

  /**
   * Ends without an effect and without a reply.
   *
   * @param ending how
   */
  record Unanswered(Ending ending) implements Fault {
    @Override
    public boolean takesEffect() {
      return false;
    }
  }

  /**
   * Sends so many bytes of the reply, then ends. With 0 the command has taken effect and the client
   * does not know.
   *
   * @param bytes how many
   * @param ending how
   */
  record Partial(long bytes, Ending ending) implements Fault {}

  /**
   * Sends the reply up to so many bytes into its first literal, or its first message where the
   * protocol is POP3, then ends.
   *
   * @param bytes how many of the literal
   * @param ending how
   */
  record InContent(long bytes, Ending ending) implements Fault {}

  /**
   * Says more before and behind the reply.
   *
   * @param before what no command has asked for
   * @param after the same
   */
  record Surrounded(String before, String after) implements Fault {}

  /**
   * Says lines before the reply, made while they are sent.
   *
   * @param line what is repeated, without its line end
   * @param times how often
   */
  record Flooded(String line, long times) implements Fault {}

  /**
   * Changes the bytes of the whole reply.
   *
   * @param change what is sent for what would have been
   */
  record Rewritten(UnaryOperator<byte[]> change) implements Fault {}

  /**
   * Sends the reply in pieces of one byte.
   *
   * @param gap what passes before each
   */
  record Dripped(Duration gap) implements Fault {}

  /**
   * Sends the reply after this time.
   *
   * @param delay how long
   */
  record Delayed(Duration delay) implements Fault {}

  /**
   * Says this, or ends, where a literal is announced and the client waits to be let go on.
   *
   * @param template the bytes, with line ends
   * @param ending how
   */
  record AtLiteral(String template, Ending ending) implements Fault {}

  /**
   * Sends bytes that are no protocol, then ends.
   *
   * @param seed the same seed gives the same bytes
   * @param bytes how many
   * @param ending how
   */
  record Garbage(long seed, int bytes, Ending ending) implements Fault {
    @Override
    public boolean takesEffect() {
      return false;
    }
  }
}
