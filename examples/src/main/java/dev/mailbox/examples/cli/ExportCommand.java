// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.Mailbox;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "export",
    description = "Writes all messages of a store out, byte for byte; overwrites nothing.")
final class ExportCommand extends MailCommand {
  @Mixin private final StoreOption store = new StoreOption();

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "Where to; must be missing or empty.")
  private Path target = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "eml|mbox|maildir",
      defaultValue = "eml",
      description = {
        "eml: one file for each message (the default);",
        "mbox: one file for each folder, with From lines",
        "quoted; maildir: with flags in the names."
      })
  private ExportFormat format = ExportFormat.EML;

  ExportCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    return open(store.offline(), this::export);
  }

  private ExitCode export(Mailbox mailbox) throws IOException {
    ExportReport report;
    try (ProgressView progress = ProgressView.of(terminal(), isJson())) {
      report = mailbox.export(format, target, progress);
    }
    if (isJson()) {
      printJson(
          json -> {
            json.writeNumberField("messages", report.messages());
            json.writeNumberField("bytes", report.bytes());
            json.writeNumberField("notDownloaded", report.notDownloaded());
          });
    } else {
      String messages = SyncReportView.messages(report.messages());
      print(messages + " written to " + target + " (" + Sizes.human(report.bytes()) + ")");
    }
    if (report.notDownloaded() == 0) {
      return ExitCode.OK;
    }
    String left = SyncReportView.messages(report.notDownloaded());
    remark(left + " left out: their bodies are not here; mailbox sync --bodies all gets them");
    return ExitCode.PROBLEMS;
  }
}
