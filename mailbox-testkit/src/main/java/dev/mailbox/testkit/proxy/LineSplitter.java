// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Takes one direction of a talk apart into lines and the bytes between them: the literals of IMAP
 * (RFC 9051, section 4.3), the messages of POP3 replies (RFC 1939, section 3), and all that comes
 * once there is TLS or compression. One char of a line is one byte. For one thread.
 */
final class LineSplitter {
  /** Longer than the lines of real servers, and short enough to be held. */
  static final int LONGEST = 1 << 20;

  private static final int TLS_HANDSHAKE = 0x16;

  private final Direction direction;
  private final Dialogue dialogue;
  private final Receiver receiver;
  private final int longest;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private String tag = "";
  private boolean isContinued;
  private boolean untouched;
  private long literal;
  private boolean inBody;
  private boolean inOverlong;
  private int bodyAt;
  private boolean onlyDot;

  /** Takes the parts in order. */
  interface Receiver {
    /** A line and the end that it had: CRLF, LF, or none where the stream ended. */
    void line(String text, String end) throws IOException, InterruptedException;

    /** Bytes that are no line. */
    void opaque(byte[] bytes, int offset, int length) throws IOException, InterruptedException;
  }

  /** A line that is longer than {@code longest} is passed as opaque. */
  LineSplitter(Direction direction, Dialogue dialogue, Receiver receiver, int longest) {
    this.direction = direction;
    this.dialogue = dialogue;
    this.receiver = receiver;
    this.longest = longest;
  }

  void feed(byte[] bytes) throws IOException, InterruptedException {
    int at = 0;
    while (at < bytes.length) {
      at = take(bytes, at);
    }
  }

  /** The stream has ended; what is left is a line without an end. */
  void end() throws IOException, InterruptedException {
    if (line.size() > 0) {
      receiver.line(takeLine(), "");
    }
  }

  /** Takes something from there and says where the next begins. */
  private int take(byte[] bytes, int at) throws IOException, InterruptedException {
    if (untouched && dialogue.isRefused()) {
      literal = 0;
      isContinued = false;
    }
    untouched = false;
    if (literal > 0) {
      int end = (int) Math.min(bytes.length, at + literal);
      literal -= end - at;
      return opaque(bytes, at, end);
    }
    if (inBody) {
      return opaque(bytes, at, endOfBody(bytes, at));
    }
    if (isOpaque(bytes[at])) {
      flushLine();
      return opaque(bytes, at, bytes.length);
    }
    return takeLine(bytes, at);
  }

  private int takeLine(byte[] bytes, int at) throws IOException, InterruptedException {
    int end = endOfLine(bytes, at);
    boolean whole = bytes[end - 1] == '\n';
    if (inOverlong || line.size() + end - at > longest) {
      flushLine();
      inOverlong = !whole;
      return opaque(bytes, at, end);
    }
    line.write(bytes, at, end - at);
    if (whole) {
      lineCame(takeLine());
    }
    return end;
  }

  private void lineCame(String whole) throws IOException, InterruptedException {
    String end = whole.endsWith("\r\n") ? "\r\n" : "\n";
    String text = whole.substring(0, whole.length() - end.length());
    if (!isContinued) {
      tag = text.substring(0, Math.max(0, text.indexOf(' ')));
    }
    // First, for the other direction may learn of the answer before this returns.
    Dialogue.Follow follow = dialogue.came(direction, text, tag);
    receiver.line(text, end);
    isContinued = follow.literal() >= 0;
    literal = Math.max(0, follow.literal());
    untouched = isContinued && direction == Direction.TO_SERVER;
    inBody = follow.body();
    bodyAt = 0;
    onlyDot = true;
  }

  private boolean isOpaque(byte first) {
    if (line.size() == 0 && first == TLS_HANDSHAKE) {
      dialogue.becomeOpaque();
    }
    return dialogue.isOpaque();
  }

  /** Just behind the line with the dot, or behind all of it. */
  private int endOfBody(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      byte each = bytes[at];
      if (each == '\n') {
        boolean isEnd = onlyDot && bodyAt > 0;
        bodyAt = 0;
        onlyDot = true;
        if (isEnd) {
          inBody = false;
          return at + 1;
        }
      } else {
        onlyDot &= each == (bodyAt == 0 ? '.' : '\r') && bodyAt < 2;
        bodyAt++;
      }
    }
    return bytes.length;
  }

  private static int endOfLine(byte[] bytes, int from) {
    for (int at = from; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        return at + 1;
      }
    }
    return bytes.length;
  }

  private int opaque(byte[] bytes, int from, int end) throws IOException, InterruptedException {
    receiver.opaque(bytes, from, end - from);
    return end;
  }

  private void flushLine() throws IOException, InterruptedException {
    if (line.size() > 0) {
      byte[] begun = line.toByteArray();
      line.reset();
      receiver.opaque(begun, 0, begun.length);
    }
  }

  private String takeLine() {
    String text = line.toString(ISO_8859_1);
    line.reset();
    return text;
  }
}
