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
  private final Dialogue inflatedDialogue = Dialogue.ofImap();
  private final Redaction redaction = new Redaction();
  private final HiddenBodies hiddenBodies;
  private boolean saysCompressed;

  private TranscriptLines(HiddenBodies hiddenBodies) {
    this.hiddenBodies = hiddenBodies;
  }

  static List<String> of(List<Run> runs, HiddenBodies hiddenBodies) {
    return new TranscriptLines(hiddenBodies).write(runs);
  }

  private List<String> write(List<Run> runs) {
    var client = new Writer(Direction.TO_SERVER);
    var server = new Writer(Direction.TO_CLIENT);
    try {
      for (Run run : runs) {
        if (run.event().isEmpty()) {
          (run.direction() == Direction.TO_SERVER ? client : server).feed(run.bytes());
        } else {
          client.end();
          server.end();
          lines.add("-- " + run.event());
        }
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
    private final LineSplitter inflatedSplitter;
    private final HiddenBody body;
    private final StringBuilder opaque = new StringBuilder();
    private final Inflation inflation = new Inflation();

    Writer(Direction direction) {
      this.direction = direction;
      this.splitter = new LineSplitter(direction, dialogue, this, Integer.MAX_VALUE);
      this.inflatedSplitter =
          new LineSplitter(direction, inflatedDialogue, inflated(), Integer.MAX_VALUE);
      this.body = new HiddenBody(direction, hiddenBodies.shownFields());
    }

    /** Takes what was compressed as what was not. */
    private LineSplitter.Receiver inflated() {
      return new LineSplitter.Receiver() {
        @Override
        public void line(String text, String end) {
          lineCame(text, end, inflatedDialogue);
        }

        @Override
        public void opaque(byte[] bytes, int offset, int length) {
          bytesCame(bytes, offset, length);
        }
      };
    }

    void feed(byte[] bytes) throws IOException, InterruptedException {
      splitter.feed(bytes);
    }

    @Override
    public void line(String text, String end) {
      lineCame(text, end, dialogue);
    }

    private void lineCame(String text, String end, Dialogue talk) {
      endOpaque();
      talk.passed(direction, text);
      body.lineCame(text, talk.isImap());
      add(isClient() ? redaction.clientLine(text) : redaction.serverLine(text), end);
      if (dialogue.isCompressed() && !saysCompressed) {
        saysCompressed = true;
        lines.add("-- compressed");
      }
    }

    @Override
    public void opaque(byte[] bytes, int offset, int length)
        throws IOException, InterruptedException {
      if (!dialogue.isCompressed()) {
        bytesCame(bytes, offset, length);
        return;
      }
      for (byte[] clear : inflation.inflate(bytes, offset, length)) {
        inflatedSplitter.feed(clear);
      }
    }

    private void bytesCame(byte[] bytes, int offset, int length) {
      String text = new String(bytes, offset, length, ISO_8859_1);
      String shown = isClient() ? redaction.clientLiteral(text) : text;
      opaque.append(hiddenBodies.isOn() ? body.hide(shown) : shown);
      int start = 0;
      for (int end = opaque.indexOf("\r\n"); end >= 0; end = opaque.indexOf("\r\n", start)) {
        add(opaque.substring(start, end), "\r\n");
        start = end + 2;
      }
      opaque.delete(0, start);
    }

    void end() throws IOException, InterruptedException {
      splitter.end();
      inflatedSplitter.end();
      endOpaque();
    }

    private void endOpaque() {
      opaque.append(body.end());
      if (opaque.length() > 0) {
        add(opaque.toString(), "");
        opaque.setLength(0);
      }
    }

    private boolean isClient() {
      return direction == Direction.TO_SERVER;
    }

    private void add(String text, String end) {
      String written = Escapes.line(text, end);
      String start = isClient() ? "C:" : "S:";
      lines.add(written.isEmpty() ? start : start + " " + written);
    }
  }
}
