// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.internal.transcript.Escapes;
import dev.mailbox.testkit.internal.transcript.Redaction;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last lines of a replay, without secrets, for reports. For one thread. */
final class Spoken {
  private static final int LINES = 12;
  private static final int LONGEST = 120;

  private final Redaction redaction = new Redaction();
  private final Deque<String> lines = new ArrayDeque<>();
  private String open = "";

  /** Notes what the client said, and gives it as it may be shown. */
  String client(String line) {
    String shown = Escapes.escape(redaction.clientLine(line));
    add("C: " + shown);
    return shown;
  }

  void clientLiteral(String bytes) {
    String unused = redaction.clientLiteral(bytes);
    add("C: <" + bytes.length() + " bytes>");
  }

  void server(String text) {
    String whole = open + text;
    int start = 0;
    for (int end = whole.indexOf('\n'); end >= 0; end = whole.indexOf('\n', start)) {
      String line = whole.substring(start, end).replaceFirst("\r$", "");
      add("S: " + Escapes.escape(redaction.serverLine(line)));
      start = end + 1;
    }
    open = whole.substring(start);
  }

  /** The lines before the last, which a failure is about. */
  String before() {
    if (lines.isEmpty()) {
      return "";
    }
    return "\n  the dialogue up to there:\n    " + String.join("\n    ", lines);
  }

  private void add(String line) {
    lines.add(line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line);
    if (lines.size() > LINES) {
      lines.remove();
    }
  }
}
