// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.Folder;
import dev.mailbox.FolderCounts;
import dev.mailbox.Mailbox;
import dev.mailbox.Residence;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "folders",
    description = "Lists the folders of a store: what is in them, and where they live.")
final class FoldersCommand extends MailCommand {
  @Mixin private final StoreOption store = new StoreOption();

  FoldersCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    return open(store.offline(), this::list);
  }

  private ExitCode list(Mailbox mailbox) throws IOException {
    List<Folder> folders = mailbox.folders();
    if (isJson()) {
      Json.print(terminal().out(), json -> write(json, folders));
    } else {
      folders.forEach(this::print);
    }
    return ExitCode.OK;
  }

  private void print(Folder folder) {
    FolderCounts counts = folder.counts();
    String numbers = String.format("%6d total %6d unread  ", counts.total(), counts.unread());
    String place = folder.residence() == Residence.SERVER ? "on server  " : "here       ";
    String role = folder.role().map(r -> "  (" + word(r) + ")").orElse("");
    print(numbers + place + SafeText.line(folder.path().toString()) + role);
  }

  private static String word(Enum<?> role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static void write(JsonGenerator json, List<Folder> folders) throws IOException {
    json.writeStartArray();
    for (Folder folder : folders) {
      FolderCounts counts = folder.counts();
      json.writeStartObject();
      json.writeStringField("path", folder.path().toString());
      json.writeStringField("role", folder.role().map(FoldersCommand::word).orElse(null));
      json.writeStringField("residence", word(folder.residence()));
      json.writeNumberField("total", counts.total());
      json.writeNumberField("unread", counts.unread());
      json.writeNumberField("notDownloaded", counts.notDownloaded());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
