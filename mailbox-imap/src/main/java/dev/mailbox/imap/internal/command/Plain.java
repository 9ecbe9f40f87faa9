// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A command whose status is all there is to its response. */
final class Plain implements Exchange {
  /** Makes a command of tag and literals. */
  interface Line {
    Command under(String tag, Literals literals);
  }

  private final Line line;
  private final Consumer<Status> done;

  Plain(Line line, Consumer<Status> done) {
    this.line = line;
    this.done = done;
  }

  /** A command without arguments. */
  static Line line(String keyword) {
    return line(keyword, builder -> builder);
  }

  /** A command with arguments. */
  static Line line(String keyword, UnaryOperator<Command.Builder> arguments) {
    return (tag, literals) -> arguments.apply(Command.tagged(tag, keyword, literals)).build();
  }

  /** A command that names messages by UID. */
  static Line uidLine(String keyword, UnaryOperator<Command.Builder> arguments) {
    return (tag, literals) ->
        arguments.apply(Command.tagged(tag, "UID", literals).keyword(keyword)).build();
  }

  @Override
  public Command command(String tag, Literals literals) {
    return line.under(tag, literals);
  }

  @Override
  public void done(Status status) {
    done.accept(status);
  }
}
