// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.Mailbox;
import dev.mailbox.content.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "save",
    description = "Saves the attachments of messages under safe names; overwrites nothing.")
final class SaveCommand extends MailCommand {
  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Parameters(
      paramLabel = "[URL] ID...",
      arity = "1..*",
      hideParamSyntax = true,
      description = {
        "The messages, as list and search name them. With",
        "the server's URL before them, bodies that are not",
        "here are downloaded."
      })
  private List<String> words = List.of();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where to; made if it is missing.")
  private Path target = Path.of("");

  private record Saved(Path file, Part part) {}

  SaveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    List<String> ids = place.takeUrl(words);
    if (ids.isEmpty()) {
      throw CommandException.usage("which messages? list and search show their ids");
    }
    place.requireStore();
    return open(place.configure(terminal(), null), mailbox -> save(mailbox, ids));
  }

  private ExitCode save(Mailbox mailbox, List<String> ids) throws IOException {
    List<Saved> saved = new ArrayList<>();
    for (String id : ids) {
      for (Part part : place.findWithBody(mailbox, id).content().attachments()) {
        saved.add(new Saved(part.saveTo(target), part));
      }
    }
    if (isJson()) {
      Json.print(terminal().out(), json -> write(json, saved));
    } else {
      saved.forEach(this::print);
      if (saved.isEmpty()) {
        remark("no attachments");
      }
    }
    return ExitCode.OK;
  }

  private void print(Saved saved) {
    print(SafeText.line(saved.file.toString()) + "  " + Sizes.human(saved.part.sizeInBytes()));
  }

  private static void write(JsonGenerator json, List<Saved> saved) throws IOException {
    json.writeStartArray();
    for (Saved one : saved) {
      json.writeStartObject();
      json.writeStringField("file", one.file.toString());
      json.writeStringField("fileName", one.part.fileName().orElse(null));
      json.writeStringField("contentType", one.part.contentType());
      json.writeNumberField("sizeInBytes", one.part.sizeInBytes());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
