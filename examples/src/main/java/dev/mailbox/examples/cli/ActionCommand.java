// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Does something with messages of a store: with a URL on the server at once, without one in the
 * store, and on the server at the next sync.
 */
abstract class ActionCommand extends MailCommand {
  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Parameters(
      paramLabel = "[URL] ID...",
      arity = "1..*",
      hideParamSyntax = true,
      description = {
        "The messages, as list and search name them. With",
        "the server's URL before them it is done there at",
        "once, else at the next sync."
      })
  private List<String> words = List.of();

  ActionCommand(Terminal terminal) {
    super(terminal);
  }

  /** What is done with the messages, in one word of the past tense. */
  abstract String word();

  /** The same in more words. */
  String done() {
    return word();
  }

  /** Complains about options, before anything is opened. */
  void check() {}

  /** The folder that the messages are to go to, if there is one. */
  @Nullable FolderPath target() {
    return null;
  }

  /** That folder, if it is there. */
  final FolderPath requireTarget(Mailbox mailbox, FolderPath path) {
    return place.folder(mailbox, path).path();
  }

  abstract OutcomeView act(Mailbox mailbox, MessageActions messages);

  @Override
  final ExitCode run() throws IOException {
    List<String> ids = place.takeUrl(words);
    if (ids.isEmpty()) {
      throw CommandException.usage("which messages? list and search show their ids");
    }
    place.requireStore();
    check();
    return open(place.configure(terminal(), target()), mailbox -> act(mailbox, ids));
  }

  private ExitCode act(Mailbox mailbox, List<String> ids) throws IOException {
    List<MessageId> found = ids.stream().map(id -> find(mailbox, id).id()).distinct().toList();
    OutcomeView outcome = act(mailbox, mailbox.messages(found));
    Settled settled = Settled.of(mailbox, outcome, place.hasServer());
    if (isJson()) {
      printJson(
          json -> {
            json.writeNumberField(word(), found.size());
            json.writeStringField("outcome", settled.outcome().word());
            settled.refusals().write(json);
          });
    } else {
      String messages = SyncReportView.messages(found.size());
      print(messages + " " + done() + ": " + settled.outcome().sentence());
      settled.refusals().remarks().forEach(this::remark);
    }
    return settled.code();
  }
}
