// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import dev.mailbox.Mailbox;
import dev.mailbox.VerifyReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "verify",
    description = "Reads every byte of a store back and compares checksums; mends nothing.")
final class VerifyCommand extends MailCommand {
  @Mixin private final StoreOption store = new StoreOption();

  VerifyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    return open(store.offline(), this::verify);
  }

  private ExitCode verify(Mailbox mailbox) throws IOException {
    VerifyReport report;
    try (ProgressView progress = ProgressView.of(terminal(), isJson())) {
      report = mailbox.verify(progress);
    }
    if (isJson()) {
      printJson(
          json -> {
            json.writeBooleanField("sound", report.isSound());
            json.writeNumberField("messages", report.messages());
            json.writeNumberField("bytes", report.bytes());
            Json.strings(json, "damaged", report.damaged());
            Json.strings(json, "problems", report.problems());
          });
    } else {
      print(report);
    }
    return report.isSound() ? ExitCode.OK : ExitCode.PROBLEMS;
  }

  private void print(VerifyReport report) {
    String read = SyncReportView.messages(report.messages());
    print(read + " read back (" + Sizes.human(report.bytes()) + "): " + verdict(report));
    report.damaged().forEach(id -> print("damaged: " + id));
    report.problems().forEach(problem -> print("problem: " + SafeText.line(problem)));
  }

  private static String verdict(VerifyReport report) {
    return report.isSound() ? "all as they were stored" : "not all as they were stored";
  }
}
