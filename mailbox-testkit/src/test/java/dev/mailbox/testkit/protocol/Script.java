// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What one file asks of a server.
 *
 * @param requires each is offered, or one of those with a bar between them
 * @param except why it is not for the server that it was read for, or nothing
 */
record Script(
    String file, List<String> requires, String except, Map<String, Text> texts, List<Step> steps) {
  private static final Pattern LITERAL = Pattern.compile("\\{\".*?\"\\+?\\}");
  private static final Pattern LINE_END = Pattern.compile("\\\\r\\\\n");

  /** A text with a name; the mails among them are in the folder when the script starts. */
  record Text(String name, String content, boolean mail, String options) {}

  /** What a line, or several that belong together, ask for. */
  sealed interface Step permits Send, Expect, Act {
    int line();
  }

  /** A command; a raw one gets no tag. */
  record Send(int line, String connection, String text, boolean raw) implements Step {

    /** Several may be sent at once. */
    long commands() {
      return LINE_END.splitAsStream(LITERAL.matcher(text).replaceAll("") + " ").count();
    }
  }

  /** What is to come on one connection up to its last line. */
  record Expect(int line, String connection, List<Line> lines) implements Step {}

  /** Something else than talk: a word and what it is about. */
  record Act(int line, String connection, String text) implements Step {}

  /** How a line is expected. */
  enum Mark {
    MUST,
    MAY,
    NEVER,
    OTHERS
  }

  /** One line that is expected. */
  record Line(int line, Mark mark, String text) {}

  /** How many commands it has. */
  long commands() {
    return steps.stream().mapToLong(step -> step instanceof Send send ? send.commands() : 0).sum();
  }
}
