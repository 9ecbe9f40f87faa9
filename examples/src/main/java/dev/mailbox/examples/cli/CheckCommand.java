// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.connect.CheckReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "check", description = "Logs in and says what was found; changes nothing.")
final class CheckCommand extends MailCommand {
  @Mixin private final ServerOptions server = new ServerOptions();

  CheckCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() throws IOException {
    MailboxConfig.Builder builder = server.configure(terminal());
    return open(LoginOptions.build(builder), this::check);
  }

  private ExitCode check(Mailbox mailbox) throws IOException {
    CheckReport report = mailbox.check();
    if (isJson()) {
      printJson(json -> write(json, report));
    } else {
      print(report);
    }
    return ExitCode.OK;
  }

  private void print(CheckReport report) {
    print("Logged in to " + SafeText.line(server.url()) + " as " + SafeText.line(server.user()));
    field("protocol", report.protocol());
    field("greeting", report.greeting());
    field("security", report.security());
    field("login", report.mechanism());
    field("offers", String.join(", ", report.capabilities()));
    report.messages().ifPresent(count -> field("messages", String.valueOf(count)));
  }

  private void field(String name, String value) {
    print("  " + Columns.fit(name, 10) + SafeText.line(value));
  }

  private static void write(JsonGenerator json, CheckReport report) throws IOException {
    json.writeStringField("protocol", report.protocol());
    json.writeStringField("greeting", report.greeting());
    json.writeStringField("security", report.security());
    json.writeStringField("mechanism", report.mechanism());
    Json.strings(json, "capabilities", report.capabilities());
    if (report.messages().isPresent()) {
      json.writeNumberField("messages", report.messages().getAsLong());
    }
  }
}
