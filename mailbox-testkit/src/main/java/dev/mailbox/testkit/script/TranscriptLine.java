// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

/**
 * A line of a transcript.
 *
 * @param number in the text, from 1
 * @param text what is behind the speaker, as it is written
 */
record TranscriptLine(int number, Speaker speaker, String text) {

  /** Whose line it is. */
  enum Speaker {
    CLIENT("C:"),
    SERVER("S:"),
    NOBODY("--");

    private final String start;

    Speaker(String start) {
      this.start = start;
    }
  }

  static TranscriptLine of(int number, String line) {
    for (Speaker each : Speaker.values()) {
      if (line.equals(each.start)) {
        return new TranscriptLine(number, each, "");
      }
      if (line.startsWith(each.start + " ")) {
        return new TranscriptLine(number, each, line.substring(each.start.length() + 1));
      }
    }
    throw new IllegalArgumentException(
        "it must start with \"C: \", \"S: \", \"-- \", \"=\" or \"#\"");
  }

  boolean isBy(Speaker someone) {
    return speaker == someone;
  }

  @Override
  public String toString() {
    return speaker.start + " " + text;
  }
}
