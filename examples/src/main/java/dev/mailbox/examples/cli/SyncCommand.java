// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "sync", description = "Downloads what is new into a store.")
final class SyncCommand extends MailCommand {
  private static final Duration RECENT = Duration.ofDays(30);

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = {"-s", "--store"},
      paramLabel = "DIR",
      required = true,
      defaultValue = "${env:MAILBOX_STORE}",
      description = "The directory to keep the mail in; made if it is missing.")
  private Path store = Path.of("");

  @Option(
      names = "--bodies",
      paramLabel = "all|recent|on-demand",
      defaultValue = "all",
      description = {
        "Which bodies to download: all (the default),",
        "those of the last 30 days, or none but headers."
      })
  private String bodies = "all";

  @Option(
      names = "--removal",
      paramLabel = "never|after-download",
      defaultValue = "never",
      description = {
        "What the server loses: nothing (the default), or",
        "each message once it is safe in the store."
      })
  private String removal = "never";

  @Option(
      names = {"-f", "--folder"},
      paramLabel = "FOLDER",
      description = {
        "Only this folder; may be repeated. By default all",
        "but junk, trash and such as hold everything."
      })
  private List<String> folders = List.of();

  @Option(
      names = "--newest",
      paramLabel = "N",
      description = "Only the newest N messages of each folder.")
  private @Nullable Integer newest;

  SyncCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    Removal chosenRemoval = removal();
    SyncScope scope = LoginOptions.checked(this::scope);
    MailboxConfig.Builder builder = server.configure(terminal());
    builder.keepIn(store).removal(chosenRemoval).scope(scope);
    return open(LoginOptions.build(builder), this::sync);
  }

  private Removal removal() {
    return switch (removal) {
      case "never" -> Removal.never();
      case "after-download" -> Removal.afterDownload();
      default -> throw CommandException.usage("--removal is never or after-download");
    };
  }

  private SyncScope scope() {
    SyncScope scope = SyncScope.everything().bodies(bodies()).folders(paths());
    return newest == null ? scope : scope.newest(newest);
  }

  private Set<FolderPath> paths() {
    return folders.stream().map(MailCommand::path).collect(Collectors.toUnmodifiableSet());
  }

  private BodyPolicy bodies() {
    return switch (bodies) {
      case "all" -> BodyPolicy.all();
      case "recent" -> BodyPolicy.recent(RECENT);
      case "on-demand" -> BodyPolicy.onDemand();
      default -> throw CommandException.usage("--bodies is all, recent or on-demand");
    };
  }

  private ExitCode sync(Mailbox mailbox) throws IOException {
    SyncReport report;
    try (ProgressView progress = ProgressView.of(terminal(), isJson())) {
      report = mailbox.sync(progress);
    }
    SyncReportView view = new SyncReportView(report);
    Refusals refusals = Refusals.take(mailbox);
    if (isJson()) {
      printJson(
          json -> {
            view.write(json);
            refusals.write(json);
          });
    } else {
      view.lines().forEach(this::print);
      view.remarks().forEach(this::remark);
      refusals.remarks().forEach(this::remark);
    }
    paths().forEach(path -> folder(mailbox, path));
    return report.problemCount() == 0 && refusals.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS;
  }
}
