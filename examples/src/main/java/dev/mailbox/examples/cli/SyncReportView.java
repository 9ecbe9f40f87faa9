// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A sync report for people and for programs. */
record SyncReportView(SyncReport report) {

  /** What was done. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s downloaded (%s) in %.1f s",
            messages(report.downloaded()),
            Sizes.human(report.bytes()),
            report.elapsed().toMillis() / 1000.0));
    add(lines, report.headersOnly(), "with headers only");
    add(lines, report.kept(), "here and still on the server");
    add(lines, report.deleted(), "deleted on the server");
    add(lines, report.unconfirmed(), "told to be deleted, which the next sync will confirm");
    add(lines, report.outOfScope(), "left out, as asked");
    return lines;
  }

  private static void add(List<String> lines, int count, String what) {
    if (count > 0) {
      lines.add(messages(count) + " " + what);
    }
  }

  static String messages(long count) {
    return count + (count == 1 ? " message" : " messages");
  }

  /** What was odd. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    report.notes().forEach(note -> remarks.add("note: " + SafeText.line(note)));
    for (SyncProblem problem : report.problems()) {
      String key = SafeText.line(problem.serverKey());
      remarks.add("problem: message " + key + ": " + SafeText.line(problem.description()));
    }
    int more = report.problemCount() - report.problems().size();
    if (more > 0) {
      remarks.add("problem: and " + more + " more");
    }
    return remarks;
  }

  void write(JsonGenerator json) throws IOException {
    json.writeNumberField("downloaded", report.downloaded());
    json.writeNumberField("headersOnly", report.headersOnly());
    json.writeNumberField("kept", report.kept());
    json.writeNumberField("deleted", report.deleted());
    json.writeNumberField("unconfirmed", report.unconfirmed());
    json.writeNumberField("outOfScope", report.outOfScope());
    json.writeNumberField("bytes", report.bytes());
    json.writeNumberField("elapsedMillis", report.elapsed().toMillis());
    Json.strings(json, "notes", report.notes());
    json.writeNumberField("problemCount", report.problemCount());
    json.writeArrayFieldStart("problems");
    for (SyncProblem problem : report.problems()) {
      json.writeStartObject();
      json.writeStringField("serverKey", problem.serverKey());
      json.writeStringField("reason", problem.reason().name());
      json.writeStringField("description", problem.description());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
