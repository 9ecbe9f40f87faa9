// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MessageActions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "move", description = "Moves messages to a folder; they keep their ids.")
final class MoveCommand extends ActionCommand {
  @Option(names = "--to", paramLabel = "FOLDER", required = true, description = "Where to.")
  private String to = "";

  @Option(names = "--create", description = "Makes the folder if it is missing.")
  private boolean create;

  MoveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  String word() {
    return "moved";
  }

  @Override
  String done() {
    return "moved to " + SafeText.line(path(to).toString());
  }

  @Override
  void check() {
    path(to);
  }

  @Override
  FolderPath target() {
    return path(to);
  }

  @Override
  OutcomeView act(Mailbox mailbox, MessageActions messages) {
    FolderPath folder =
        create ? mailbox.createFolder(target()).path() : requireTarget(mailbox, target());
    return OutcomeView.of(messages.moveTo(folder));
  }
}
