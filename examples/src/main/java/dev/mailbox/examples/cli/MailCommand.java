// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands have in common. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    footer = {"", "Exit codes: see mailbox --help."})
abstract class MailCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Prints JSON, errors too.", order = 100)
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tells more about errors.",
      order = 101)
  private boolean verbose;

  MailCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Does what the command is for. */
  abstract ExitCode run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    ExitCode code = run();
    terminal.out().flush();
    return code.number();
  }

  final Terminal terminal() {
    return terminal;
  }

  final boolean isJson() {
    return json;
  }

  final boolean isVerbose() {
    return verbose;
  }

  /** Prints a line that is safe already. */
  final void print(String line) {
    terminal.out().println(line);
  }

  /** Prints an object in machine output. */
  final void printJson(Json.Body fields) throws IOException {
    Json.printObject(terminal.out(), fields);
  }

  /** Tells a person something beside the result. */
  final void remark(String line) {
    if (!json) {
      terminal.out().flush();
      terminal.err().println(line);
    }
  }

  /** What is done with an open mailbox. */
  interface Work {
    ExitCode with(Mailbox mailbox) throws IOException;
  }

  /** Opens a mailbox for some work, and closes it, also on Ctrl-C. */
  final ExitCode open(MailboxConfig config, Work work) throws IOException {
    try (OpenMailbox open = OpenMailbox.open(config, terminal)) {
      try {
        return work.with(open.mailbox());
      } catch (RuntimeException e) {
        if (open.isInterrupted()) {
          return ExitCode.UNEXPECTED;
        }
        throw e;
      }
    }
  }

  static Message find(Mailbox mailbox, String id) {
    MessageId key;
    try {
      key = MessageId.parse(id);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("not a message id: " + id);
    }
    return mailbox
        .find(key)
        .orElseThrow(
            () ->
                CommandException.notFound(
                    "there is no message " + id, "mailbox list shows the ids"));
  }

  static Folder folder(Mailbox mailbox, String name) {
    return folder(mailbox, path(name));
  }

  static Folder folder(Mailbox mailbox, FolderPath path) {
    return mailbox
        .folder(path)
        .orElseThrow(
            () ->
                CommandException.notFound(
                    "there is no folder " + path + " as of the last sync",
                    "mailbox folders shows those of a store; move makes one with --create"));
  }

  static FolderPath path(String name) {
    try {
      return FolderPath.parse(name);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage() + ": " + name);
    }
  }
}
