// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A step of a connection's transcript, with the line of the text that it comes from. */
sealed interface Step {
  /** Of the text; the first is 1. */
  int line();

  /**
   * The server says something, in which the client's word for a tag has its place.
   *
   * @param tag what the transcript calls it; empty where there is none, and {@code before} is all
   * @param answers the number of the command whose reply this ends, or -1
   */
  record Say(int line, String before, String tag, String after, int answers) implements Step {}

  /**
   * The client says a line.
   *
   * @param command its number if a command begins with it, or -1
   */
  record Hear(int line, ClientLine what, int command) implements Step {}

  /** The client sends a literal; what, if it must be that. */
  record HearLiteral(int line, @Nullable String content) implements Step {}

  /** Something happens to the connection; the duration is that of a wait. */
  record Happen(int line, Event event, Duration duration) implements Step {}
}
