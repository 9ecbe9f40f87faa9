// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.content.HeaderField;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows a message: who, what, its text and attachments.")
final class ShowCommand extends MailCommand {
  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Parameters(
      paramLabel = "[URL] ID",
      arity = "1..2",
      hideParamSyntax = true,
      description = {
        "The message, as list and search name it. With the",
        "server's URL before it, a body that is not here is",
        "downloaded."
      })
  private List<String> words = List.of();

  @ArgGroup(exclusive = true)
  private final View view = new View();

  private static final class View {
    @Option(
        names = "--raw",
        description = {
          "Its bytes, exactly; on a terminal without",
          "what the terminal would obey."
        })
    private boolean raw;

    @Option(names = "--html", description = "Its HTML, as it was sent.")
    private boolean html;

    @Option(names = "--headers", description = "All fields of its header.")
    private boolean headers;
  }

  ShowCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    List<String> ids = place.takeUrl(words);
    if (ids.size() != 1) {
      throw CommandException.usage("which message? name one id");
    }
    place.requireStore();
    return open(place.configure(terminal(), null), mailbox -> show(mailbox, ids.get(0)));
  }

  private ExitCode show(Mailbox mailbox, String id) throws IOException {
    Message message = view.headers ? find(mailbox, id) : place.findWithBody(mailbox, id);
    if (isJson()) {
      printJson(json -> write(json, message));
    } else if (view.raw) {
      printRaw(message);
    } else if (view.headers) {
      message.headers().fields().forEach(this::print);
    } else if (view.html) {
      terminal().out().print(SafeText.block(html(message)));
    } else {
      new MessageView(terminal()).print(message);
    }
    return ExitCode.OK;
  }

  private static String html(Message message) {
    return message
        .content()
        .html()
        .orElseThrow(
            () ->
                CommandException.notFound(message.id() + " has no HTML", "show it without --html"));
  }

  private void print(HeaderField field) {
    print(SafeText.line(field.name()) + ": " + SafeText.line(field.value()));
  }

  private void printRaw(Message message) throws IOException {
    try (InputStream raw = message.openRaw()) {
      if (terminal().isInteractive()) {
        String text = new String(raw.readAllBytes(), StandardCharsets.UTF_8);
        terminal().out().print(SafeText.block(text));
      } else {
        raw.transferTo(terminal().out());
      }
    }
  }

  private void write(JsonGenerator json, Message message) throws IOException {
    json.writeStringField("id", message.id().toString());
    MessageJson.summary(json, message);
    if (view.raw) {
      json.writeFieldName("raw");
      try (InputStream raw = message.openRaw()) {
        json.writeBinary(raw, -1);
      }
      return;
    }
    List<HeaderField> fields = message.headers().fields();
    MessageJson.headers(json, fields);
    if (!view.headers) {
      MessageJson.content(json, message.content());
    }
  }
}
