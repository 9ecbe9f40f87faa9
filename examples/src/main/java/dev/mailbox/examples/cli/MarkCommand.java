// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "mark", description = "Marks messages in a store.")
final class MarkCommand extends MailCommand {
  @Mixin private final StoreOption store = new StoreOption();

  @Parameters(paramLabel = "ID", arity = "1..*", description = "The messages.")
  private List<String> ids = List.of();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private final Change change = new Change();

  private static final class Change {
    @Option(names = "--read", description = "As read.")
    private boolean read;

    @Option(names = "--unread", description = "As unread.")
    private boolean unread;

    @Option(names = "--flag", description = "As important.")
    private boolean flag;

    @Option(names = "--unflag", description = "As not important.")
    private boolean unflag;
  }

  MarkCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    return open(store.offline(), this::mark);
  }

  private ExitCode mark(Mailbox mailbox) throws IOException {
    List<MessageId> found = ids.stream().map(id -> find(mailbox, id).id()).toList();
    MessageActions messages = mailbox.messages(found);
    if (change.read) {
      messages.mark(Flag.SEEN);
    } else if (change.unread) {
      messages.unmark(Flag.SEEN);
    } else if (change.flag) {
      messages.mark(Flag.FLAGGED);
    } else if (change.unflag) {
      messages.unmark(Flag.FLAGGED);
    }
    if (isJson()) {
      printJson(json -> json.writeNumberField("marked", found.size()));
    }
    return ExitCode.OK;
  }
}
