// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Tells what went wrong, on the error stream. */
final class ErrorReporter {
  private final Terminal terminal;
  private final boolean json;
  private final boolean verbose;

  ErrorReporter(Terminal terminal, boolean json, boolean verbose) {
    this.terminal = terminal;
    this.json = json;
    this.verbose = verbose;
  }

  /** Reports it and returns the exit code. */
  int report(Failure failure, Throwable problem) {
    terminal.out().flush();
    if (json) {
      reportJson(failure, problem);
    } else {
      reportText(failure, problem);
    }
    terminal.err().flush();
    return failure.code().number();
  }

  private void reportText(Failure failure, Throwable problem) {
    terminal.err().println("mailbox: " + SafeText.line(failure.message()));
    if (!failure.hint().isEmpty()) {
      terminal.err().println("hint: " + failure.hint());
    }
    if (verbose) {
      failure.transcript().forEach(l -> terminal.err().println("  | " + SafeText.line(l)));
      terminal.err().print(SafeText.block(stackTrace(problem)));
    }
  }

  private void reportJson(Failure failure, Throwable problem) {
    try {
      Json.printObject(
          terminal.err(),
          json -> {
            json.writeObjectFieldStart("error");
            writeFields(json, failure, problem);
            json.writeEndObject();
          });
    } catch (IOException e) {
      reportText(failure, problem);
    }
  }

  private void writeFields(JsonGenerator json, Failure failure, Throwable problem)
      throws IOException {
    json.writeNumberField("exitCode", failure.code().number());
    json.writeStringField("kind", failure.code().word());
    if (!failure.reason().isEmpty()) {
      json.writeStringField("reason", failure.reason());
    }
    json.writeStringField("message", failure.message());
    if (!failure.hint().isEmpty()) {
      json.writeStringField("hint", failure.hint());
    }
    if (verbose) {
      Json.strings(json, "transcript", failure.transcript());
      json.writeStringField("stackTrace", stackTrace(problem));
    }
  }

  private static String stackTrace(Throwable problem) {
    StringWriter text = new StringWriter();
    problem.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
