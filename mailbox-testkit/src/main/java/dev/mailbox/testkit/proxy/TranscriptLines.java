// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.internal.transcript.Escapes;
import dev.mailbox.testkit.internal.transcript.Redaction;
import dev.mailbox.testkit.proxy.Transcript.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a transcript's text; {@link Transcript} says how. */
final class TranscriptLines {
  private final List<String> lines = new ArrayList<>();
  private final Dialogue dialogue = new Dialogue();
  private final Redaction redaction = new Redaction();

  private TranscriptLines() {}

  static List<String> of(List<Run> runs) {
    return new TranscriptLines().write(runs);
  }

  private List<String> write(List<Run> runs) {
    var client = new Writer(Direction.TO_SERVER);
    var server = new Writer(Direction.TO_CLIENT);
    try {
      for (Run run : runs) {
        (run.direction() == Direction.TO_SERVER ? client : server).splitter.feed(run.bytes());
      }
      client.end();
      server.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return List.copyOf(lines);
  }

  private final class Writer implements LineSplitter.Receiver {
    private final Direction direction;
    private final LineSplitter splitter;
    private final StringBuilder opaque = new StringBuilder();

    Writer(Direction direction) {
      this.direction = direction;
      this.splitter = new LineSplitter(direction, dialogue, this, Integer.MAX_VALUE);
    }

    @Override
    public void line(String text, String end) {
      endOpaque();
      dialogue.passed(direction, text);
      add(isClient() ? redaction.clientLine(text) : redaction.serverLine(text), end);
    }

    @Override
    public void opaque(byte[] bytes, int offset, int length) {
      String text = new String(bytes, offset, length, ISO_8859_1);
      opaque.append(isClient() ? redaction.clientLiteral(text) : text);
      int start = 0;
      for (int end = opaque.indexOf("\r\n"); end >= 0; end = opaque.indexOf("\r\n", start)) {
        add(opaque.substring(start, end), "\r\n");
        start = end + 2;
      }
      opaque.delete(0, start);
    }

    void end() throws IOException, InterruptedException {
      splitter.end();
      endOpaque();
    }

    private boolean isClient() {
      return direction == Direction.TO_SERVER;
    }

    private void endOpaque() {
      if (opaque.length() > 0) {
        add(opaque.toString(), "");
        opaque.setLength(0);
      }
    }

    private void add(String text, String end) {
      String written = Escapes.line(text, end);
      String start = direction == Direction.TO_SERVER ? "C:" : "S:";
      lines.add(written.isEmpty() ? start : start + " " + written);
    }
  }
}
