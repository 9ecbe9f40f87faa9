// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code mailbox} is without a command. */
@Command(
    name = "mailbox",
    description =
        "Keeps mail of IMAP and POP3 accounts here: download, read, search, move, export.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nA first time:%n",
    footer = {
      "  mailbox check imaps://imap.example.org --user alice",
      "  mailbox sync imaps://imap.example.org --user alice --store ~/mail/alice",
      "  mailbox list --store ~/mail/alice",
      "",
      "Passwords come from MAILBOX_PASSWORD or are asked for; never from the command line.",
      "MAILBOX_STORE names the store where --store does not."
    })
final class MailboxCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  static List<MailCommand> commands(Terminal terminal) {
    return List.of(
        new CheckCommand(terminal),
        new SyncCommand(terminal),
        new FoldersCommand(terminal),
        new ListCommand(terminal),
        new ShowCommand(terminal),
        new SearchCommand(terminal),
        new MarkCommand(terminal),
        new MoveCommand(terminal),
        new TrashCommand(terminal),
        new AppendCommand(terminal),
        new SaveCommand(terminal),
        new ExportCommand(terminal),
        new VerifyCommand(terminal),
        new FakeServerCommand(terminal));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
