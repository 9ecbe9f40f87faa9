// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

/** Reads a transcript's text as its documentation says, to show that nothing is lost in it. */
final class TranscriptReader {
  private TranscriptReader() {}

  static String bytes(Transcript transcript, String speaker) {
    var bytes = new StringBuilder();
    for (String line : transcript.lines()) {
      if (line.startsWith(speaker)) {
        read(line.equals(speaker) ? "" : line.substring(speaker.length() + 1), bytes);
      }
    }
    return bytes.toString();
  }

  private static void read(String line, StringBuilder bytes) {
    int at = 0;
    while (at < line.length()) {
      char each = line.charAt(at++);
      if (each != '\\') {
        bytes.append(each);
      } else if (at == line.length()) {
        return;
      } else {
        char kind = line.charAt(at++);
        switch (kind) {
          case 'r' -> bytes.append('\r');
          case 'n' -> bytes.append('\n');
          case 't' -> bytes.append('\t');
          case 'x' -> {
            bytes.append((char) Integer.parseInt(line.substring(at, at + 2), 16));
            at += 2;
          }
          case '\\' -> bytes.append('\\');
          default -> bytes.append('\\').append(kind);
        }
      }
    }
    bytes.append("\r\n");
  }
}
