// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.talk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.internal.transcript.Redaction;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Writes down what one connection says as it is understood, inside TLS and compression: {@code C:}
 * before the client's lines, {@code S:} before the server's, {@code --} before what is told of
 * them. Thread-safe, for a server may speak on more than one thread.
 */
public final class TalkRecorder {
  private static final int LONGEST = 300;
  private static final int SHORT_LITERAL = 80;

  private final TalkLog log;
  private final String start;
  private final ReentrantLock lock = new ReentrantLock();
  private final Redaction redaction = new Redaction();
  private final Replies replies = new Replies(this);

  /** For the connection with that number. */
  public TalkRecorder(TalkLog log, int connection) {
    this.log = log;
    this.start = "[" + connection + "] ";
  }

  /** Notes a line of the client, and gives it back as it may be shown. */
  public String client(String line) {
    return locked(
        () -> {
          replies.endRun();
          String shown = redaction.clientLine(line);
          add("C: ", shown, "");
          return shown;
        });
  }

  /** Notes a literal of the client. */
  public void client(byte[] literal) {
    locked(
        () -> {
          if (literal.length <= SHORT_LITERAL) {
            add("C: ", redaction.clientLiteral(new String(literal, ISO_8859_1)), "\\");
          } else {
            add("-- ", literal.length + " bytes", "");
          }
          return literal;
        });
  }

  /** Notes what happened to the connection; what the server has begun to say is said. */
  public void event(String what) {
    locked(
        () -> {
          replies.end();
          add("-- ", what, "");
          return what;
        });
  }

  /** Passes on to that stream, and notes it as what the server says. */
  public OutputStream server(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        said(bytes, offset, length);
      }
    };
  }

  void serverLine(String line, String end) {
    add("S: ", redaction.serverLine(line), end);
  }

  void serverLiteral(String bytes) {
    add("S: ", bytes, "\\");
  }

  void left(String what) {
    add("-- ", what, "");
  }

  static boolean isShort(long literal) {
    return literal <= SHORT_LITERAL;
  }

  private void said(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      replies.take(bytes, offset, length);
    } finally {
      lock.unlock();
    }
  }

  private void add(String mark, String text, String end) {
    String escaped = escape(text.length() > LONGEST ? text.substring(0, LONGEST) : text);
    String more =
        text.length() > LONGEST ? "... (" + (text.length() - LONGEST) + " bytes more)" : "";
    log.add(start + mark + escaped + more + end);
  }

  private static String escape(String text) {
    var escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '\r' -> escaped.append("\\r");
        case '\n' -> escaped.append("\\n");
        case '\t' -> escaped.append("\\t");
        default -> {
          boolean isPlain = each >= ' ' && each <= '~';
          escaped.append(isPlain ? String.valueOf(each) : String.format("\\x%02X", (int) each));
        }
      }
    }
    return escaped.toString();
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
