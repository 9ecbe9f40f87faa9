// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.assertj;

import dev.mailbox.testkit.imap.ImapCommand;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/**
 * About commands that a server understood. A command is named as in {@code "UID FETCH"}, or with
 * arguments; case does not matter.
 */
public final class CommandsAssert extends AbstractAssert<CommandsAssert, List<ImapCommand>> {
  private final Commands commands;

  CommandsAssert(List<ImapCommand> commands) {
    super(commands, CommandsAssert.class);
    this.commands = Commands.of(commands);
  }

  /** That the command is among them, once or more. */
  public CommandsAssert contains(String command) {
    return check(CommandCheck.once(command));
  }

  /** That the command is among them so many times. */
  public CommandsAssert contains(String command, int times) {
    return check(CommandCheck.times(command, times));
  }

  /** That none of these is among them. */
  public CommandsAssert doesNotContain(String... names) {
    return check(CommandCheck.never(names));
  }

  /** That these are among them one behind the other; others may stand between them. */
  public CommandsAssert containsInOrder(String... names) {
    return check(CommandCheck.inOrder(names));
  }

  private CommandsAssert check(CommandCheck check) {
    String problem = check.problem(commands);
    if (!problem.isEmpty()) {
      failWithMessage("%s", "expected the commands to contain " + problem + "; " + commands);
    }
    return this;
  }
}
