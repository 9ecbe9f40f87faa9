// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Folder;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.search.Query;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description =
        "Lists messages of a folder, newest first; * is unread, ! flagged, @ attachments.")
final class ListCommand extends MailCommand {
  @Mixin private final StoreOption store = new StoreOption();

  @Option(
      names = {"-f", "--folder"},
      defaultValue = "INBOX",
      description = "Which folder; INBOX by default.")
  private String folder = "INBOX";

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many at most; 20 by default.")
  private int limit = 20;

  @Option(names = "--unread", description = "Only unread ones.")
  private boolean unread;

  @Option(
      names = "--older-than",
      paramLabel = "ID",
      description = "Goes on after this message: the next page.")
  private @Nullable String olderThan;

  ListCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    if (limit < 1) {
      throw CommandException.usage("--limit must be at least 1");
    }
    if (unread && olderThan != null) {
      throw CommandException.usage("--unread and --older-than do not go together");
    }
    return open(store.offline(), this::list);
  }

  private ExitCode list(Mailbox mailbox) throws IOException {
    Folder chosen = folder(mailbox, folder);
    List<Message> messages = messages(mailbox, chosen);
    if (isJson()) {
      Json.print(terminal().out(), json -> MessageJson.list(json, messages, true));
    } else {
      new MessageTable(terminal()).print(messages);
      if (messages.size() == limit && terminal().isInteractive()) {
        Message last = messages.get(limit - 1);
        remark(chosen.counts().total() + " in all; more with --older-than " + last.id());
      }
    }
    return ExitCode.OK;
  }

  private List<Message> messages(Mailbox mailbox, Folder chosen) {
    if (unread) {
      return chosen.search(Query.unread().limit(limit).localOnly()).stream().toList();
    }
    return olderThan == null
        ? chosen.newest(limit)
        : chosen.olderThan(find(mailbox, olderThan).id(), limit);
  }
}
