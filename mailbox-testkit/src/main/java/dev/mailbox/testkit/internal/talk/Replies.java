// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.talk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes apart what a server says while it is said. A reply of many lines is told by its first ones
 * and the one that ends it, a literal by its length, so that no message fills a log. For one thread
 * at a time.
 */
final class Replies {
  private static final int MOST_OF_A_REPLY = 12;
  private static final int MOST_HELD = 1 << 16;
  private static final Pattern LITERAL = Pattern.compile("~?\\{([0-9]{1,18})}$");

  private final TalkRecorder recorder;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream shortLiteral = new ByteArrayOutputStream();
  private boolean isImap;
  private boolean hasGreeted;
  private long literal;
  private long literalSize;
  private int shown;
  private long hiddenLines;
  private long hiddenBytes;

  Replies(TalkRecorder recorder) {
    this.recorder = recorder;
  }

  void take(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; ) {
      at = literal > 0 ? takeLiteral(bytes, at, end) : takeLine(bytes, at, end);
    }
  }

  /** What comes next answers something else. */
  void endRun() {
    if (hiddenLines > 0) {
      recorder.left(hiddenLines + " lines, " + hiddenBytes + " bytes");
    }
    shown = 0;
    hiddenLines = 0;
    hiddenBytes = 0;
  }

  /** Nothing comes any more of what was begun. */
  void end() {
    endRun();
    if (literal > 0) {
      recorder.left((literalSize - literal) + " of " + literalSize + " bytes");
      literal = 0;
      shortLiteral.reset();
    }
    if (line.size() > 0) {
      recorder.serverLine(takeLine(), "\\");
    }
  }

  private int takeLiteral(byte[] bytes, int at, int end) {
    int part = (int) Math.min(end - at, literal);
    literal -= part;
    if (TalkRecorder.isShort(literalSize)) {
      shortLiteral.write(bytes, at, part);
    }
    if (literal == 0) {
      literalCame();
    }
    return at + part;
  }

  private int takeLine(byte[] bytes, int at, int end) {
    int lineFeed = at;
    while (lineFeed < end && bytes[lineFeed] != '\n') {
      lineFeed++;
    }
    line.write(bytes, at, Math.min(lineFeed - at, MOST_HELD - line.size()));
    if (lineFeed < end) {
      lineCame(takeLine());
    }
    return Math.min(end, lineFeed + 1);
  }

  private void lineCame(String text) {
    isImap |= !hasGreeted && text.startsWith("* ");
    hasGreeted = true;
    boolean isStatus = isStatus(text);
    if (isStatus) {
      endRun();
    }
    if (isHidden()) {
      hide(text.length());
    } else {
      recorder.serverLine(text, "");
    }
    if (isImap && !isStatus) {
      expectLiteral(text);
    }
  }

  /** By hand, for there are as many lines as messages have. */
  private static boolean isStatus(String text) {
    int space = text.indexOf(' ');
    return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
      case '+' -> text.startsWith("+OK") || space == 1;
      case '-' -> text.startsWith("-ERR");
      case '*' -> text.startsWith("* BYE ") || text.startsWith("* PREAUTH ");
      default ->
          space > 0
              && (text.startsWith("OK", space + 1)
                  || text.startsWith("NO", space + 1)
                  || text.startsWith("BAD", space + 1));
    };
  }

  private void expectLiteral(String text) {
    Matcher announced = LITERAL.matcher(text);
    if (announced.find()) {
      literalSize = Long.parseLong(announced.group(1));
      literal = literalSize;
    }
  }

  private void literalCame() {
    if (isHidden()) {
      hide(literalSize);
    } else if (TalkRecorder.isShort(literalSize)) {
      recorder.serverLiteral(shortLiteral.toString(ISO_8859_1));
    } else {
      recorder.left(literalSize + " bytes");
    }
    shortLiteral.reset();
  }

  private boolean isHidden() {
    shown++;
    return shown > MOST_OF_A_REPLY;
  }

  private void hide(long bytes) {
    hiddenLines++;
    hiddenBytes += bytes;
  }

  private String takeLine() {
    String text = line.toString(ISO_8859_1);
    line.reset();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
