// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Residence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "append", description = "Puts messages into a folder.")
final class AppendCommand extends MailCommand {
  private static final String STANDARD_INPUT = "-";

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Parameters(
      paramLabel = "[URL] [FILE...]",
      arity = "0..*",
      hideParamSyntax = true,
      description = {
        "One message each; standard input if there is none.",
        "With the server's URL before them it is done there",
        "at once, with --store alone at the next sync."
      })
  private List<String> words = List.of();

  @Option(
      names = {"-f", "--folder"},
      defaultValue = "INBOX",
      description = "Where to; INBOX by default.")
  private String folder = "INBOX";

  @Option(names = "--create", description = "Makes the folder if it is missing.")
  private boolean create;

  @Option(
      names = "--flag",
      paramLabel = "FLAG",
      description = {
        "read, flagged, answered, draft, forwarded, junk,",
        "or a keyword of your own. May be repeated."
      })
  private List<String> flags = List.of();

  @Option(
      names = "--received",
      paramLabel = "WHEN",
      description = "When it arrived, such as 2026-11-23T14:00; now by default.")
  private @Nullable String received;

  /** A message that was put into the folder, and how the next command names it. */
  private record Done(String file, String name, OutcomeView outcome) {}

  AppendCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    List<String> files = place.takeUrl(words);
    files.forEach(AppendCommand::requireFile);
    FolderPath path = path(folder);
    FlagNames.parse(flags);
    receivedAt();
    List<String> sources = files.isEmpty() ? List.of(STANDARD_INPUT) : files;
    return open(place.configure(terminal(), path), mailbox -> append(mailbox, sources));
  }

  private static void requireFile(String file) {
    Path path = Path.of(file);
    if (!file.equals(STANDARD_INPUT) && (Files.isDirectory(path) || !Files.isReadable(path))) {
      throw CommandException.notFound("there is no file " + file + " that can be read", "");
    }
  }

  private Instant receivedAt() {
    Instant now = Instant.now();
    String when = received;
    return when == null
        ? now
        : LoginOptions.checked(() -> Moments.parse(when, terminal().zone(), now));
  }

  private ExitCode append(Mailbox mailbox, List<String> sources) throws IOException {
    if (!place.hasStore() && mailbox.inbox().residence() == Residence.LOCAL) {
      throw CommandException.usage("this server takes no mail; say --store to put it there");
    }
    Folder target =
        create ? mailbox.createFolder(path(folder)) : place.folder(mailbox, path(folder));
    List<Done> done = new ArrayList<>();
    try {
      for (String source : sources) {
        Appended appended = append(target, source);
        done.add(new Done(source, name(mailbox, appended), OutcomeView.of(appended.outcome())));
      }
    } catch (IOException | RuntimeException e) {
      // What went in before it is told all the same.
      if (!done.isEmpty()) {
        report(mailbox, done);
      }
      throw e;
    }
    return report(mailbox, done).code();
  }

  private Settled report(Mailbox mailbox, List<Done> done) throws IOException {
    OutcomeView weakest =
        done.stream().map(Done::outcome).reduce(OutcomeView.HERE, OutcomeView::and);
    Settled settled = Settled.of(mailbox, weakest, place.hasServer());
    List<Done> lasting = new ArrayList<>(done);
    if (!settled.isInTime() && !place.hasStore()) {
      // What is queued in memory ends with this process.
      lasting.removeIf(one -> one.outcome == OutcomeView.QUEUED);
    }
    print(lasting, settled);
    return settled;
  }

  private Appended append(Folder target, String source) throws IOException {
    try (InputStream file = open(source)) {
      InputStream raw =
          MessageFile.open(file)
              .orElseThrow(() -> CommandException.usage("there is no message in " + source));
      Set<Flag> wanted = FlagNames.parse(flags);
      return target.append(raw, receivedAt(), wanted);
    }
  }

  private InputStream open(String source) throws IOException {
    return source.equals(STANDARD_INPUT) ? terminal().in() : Files.newInputStream(Path.of(source));
  }

  /** Without a store an id means nothing to the next command. */
  private String name(Mailbox mailbox, Appended appended) {
    return place.hasStore()
        ? appended.id().toString()
        : mailbox.find(appended.id()).flatMap(Message::serverId).map(Object::toString).orElse("?");
  }

  private void print(List<Done> done, Settled settled) throws IOException {
    if (isJson()) {
      printJson(json -> write(json, done, settled));
      return;
    }
    for (Done one : done) {
      OutcomeView outcome = outcome(one, settled);
      print(one.name + " " + SafeText.line(one.file) + ": " + outcome.sentence());
    }
    settled.refusals().remarks().forEach(this::remark);
  }

  private static void write(JsonGenerator json, List<Done> done, Settled settled)
      throws IOException {
    json.writeArrayFieldStart("appended");
    for (Done one : done) {
      json.writeStartObject();
      json.writeStringField("file", one.file);
      json.writeStringField("id", one.name);
      json.writeStringField("outcome", outcome(one, settled).word());
      json.writeEndObject();
    }
    json.writeEndArray();
    settled.refusals().write(json);
  }

  /** What was queued when it was put in may have reached the server meanwhile. */
  private static OutcomeView outcome(Done one, Settled settled) {
    return one.outcome == OutcomeView.QUEUED ? settled.outcome() : one.outcome;
  }
}
