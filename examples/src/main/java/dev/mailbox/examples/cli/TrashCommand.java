// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Mailbox;
import dev.mailbox.MessageActions;
import picocli.CommandLine.Command;

@Command(
    name = "trash",
    description = "Moves messages to the trash, which is made if there is none.")
final class TrashCommand extends ActionCommand {
  TrashCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String word() {
    return "trashed";
  }

  @Override
  String done() {
    return "moved to the trash";
  }

  @Override
  OutcomeView act(Mailbox mailbox, MessageActions messages) {
    return OutcomeView.of(messages.trash());
  }
}
