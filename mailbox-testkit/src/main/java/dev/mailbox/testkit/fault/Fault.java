// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.fault;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What goes wrong with one command, with the greeting, with a TLS handshake or where compression
 * begins. Immutable; when it happens is said by the rule that has it. Text is ISO 8859-1, one byte
 * for each char. In what an IMAP server says, and in regular expressions for it, <code>{tag}</code>
 * stands for the tag of the command, and <code>{next}</code> for the tag that follows when a client
 * counts on. {@link Faults} has many by name.
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

  /** What a reply consists of. */
  enum Part {
    /** What the protocol says: all that is no content. */
    WORDS,
    /** Literals of IMAP; what RETR and TOP of POP3 send between status line and dot. */
    CONTENT
  }

  /**
   * Changes parts of the reply where a regular expression is found. Each literal or message, and
   * what stands between two of them, is looked at by itself.
   *
   * @param part what is changed
   * @param regex what is found, as of {@link Pattern}
   * @param replacement what is said for it, with <code>$1</code> for the first group
   */
  record Replaced(Part part, String regex, String replacement) implements Fault {
    /**
     * Checks the expression.
     *
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    public Replaced {
      check(regex);
    }
  }

  /** What becomes of a line. */
  enum Treatment {
    /** It is not sent. */
    LEFT_OUT,
    /** It is sent once more, directly behind the first. */
    TWICE,
    /** It is sent before all others. */
    FIRST,
    /** It is sent behind all others. */
    LAST
  }

  /**
   * Leaves out, repeats or moves lines of the reply. A line of IMAP goes with its literals; a
   * message of POP3 is no line.
   *
   * @param regex what matches the whole line without its end and its literals
   * @param treatment what becomes of each such line
   */
  record Lines(String regex, Treatment treatment) implements Fault {
    /**
     * Checks the expression.
     *
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    public Lines {
      check(regex);
    }
  }

  /**
   * Flips bits of the content. A reply without content stays as it is.
   *
   * @param seed the same seed flips the same ones
   * @param bits how many
   */
  record Flipped(long seed, int bits) implements Fault {}

  /**
   * Asks the client something, reads a line for each time, then ends the command so, without an
   * effect.
   *
   * @param challenge what is asked, with its line end
   * @param times how often
   * @param end the bytes at the end, with line ends
   */
  record Asked(String challenge, int times, String end) implements Fault {
    @Override
    public boolean takesEffect() {
      return false;
    }
  }

  /**
   * Obeys another command. Of POP3 the line is changed; of IMAP the name, and each argument that is
   * a word or quoted, by itself.
   *
   * @param regex what is found
   * @param replacement what is heard for it, with <code>$1</code> for the first group
   */
  record Misheard(String regex, String replacement) implements Fault {
    /**
     * Checks the expression.
     *
     * @throws java.util.regex.PatternSyntaxException if it is none
     */
    public Misheard {
      check(regex);
    }
  }

  /** What is wrong with a certificate. */
  enum Flaw {
    /** It was valid until yesterday. */
    EXPIRED,
    /** It is for another host. */
    WRONG_HOST,
    /** Nobody vouches for it. */
    SELF_SIGNED
  }

  /**
   * Shows another certificate in a TLS handshake; elsewhere it changes nothing.
   *
   * @param flaw what is wrong with it
   */
  record Certificate(Flaw flaw) implements Fault {}

  /**
   * Says lines as a compressed stream (RFC 1951) where compression begins: some thousandths of them
   * go over the wire. Elsewhere it is a flood.
   *
   * @param line what is repeated, without its line end
   * @param times how often
   */
  record Bomb(String line, long times) implements Fault {}

  private static void check(String regex) {
    Pattern unused = Pattern.compile(regex.replace("{tag}", "t").replace("{next}", "t"));
  }
}
