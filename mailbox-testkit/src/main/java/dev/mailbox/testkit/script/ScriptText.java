// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import java.util.ArrayList;
import java.util.List;

/** Reads the text of a transcript; {@link Script} says what it looks like. */
final class ScriptText {
  private final List<List<Step>> connections = new ArrayList<>();
  private final List<TranscriptLine> lines = new ArrayList<>();
  private boolean isBegun;

  private ScriptText() {}

  /** The steps of each connection. */
  static List<List<Step>> parse(List<String> text) {
    var reading = new ScriptText();
    for (int i = 0; i < text.size(); i++) {
      reading.line(i + 1, text.get(i));
    }
    reading.end();
    return List.copyOf(reading.connections);
  }

  private void line(int number, String text) {
    try {
      if (text.startsWith("=")) {
        end();
        isBegun = true;
      } else if (!text.isBlank() && !text.startsWith("#")) {
        isBegun = true;
        lines.add(TranscriptLine.of(number, text));
      }
    } catch (IllegalArgumentException e) {
      throw wrong(number, text, e);
    }
  }

  private void end() {
    if (isBegun) {
      var reader = new ConversationReader(lines);
      for (int i = 0; i < lines.size(); i++) {
        try {
          reader.read(i);
        } catch (IllegalArgumentException e) {
          throw wrong(lines.get(i).number(), lines.get(i).toString(), e);
        }
      }
      connections.add(InTurn.arrange(reader.steps()));
      lines.clear();
      isBegun = false;
    }
  }

  private static IllegalArgumentException wrong(
      int number, String text, IllegalArgumentException reason) {
    String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
    return new IllegalArgumentException(
        "line " + number + ": " + reason.getMessage() + ": " + shown, reason);
  }
}
