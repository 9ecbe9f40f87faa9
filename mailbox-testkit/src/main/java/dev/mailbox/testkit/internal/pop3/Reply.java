// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.internal.fault.Outgoing;
import dev.mailbox.testkit.internal.fault.Segment;
import dev.mailbox.testkit.mail.MailSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one command: a status line, and for some commands a body up to a dot. */
final class Reply implements Outgoing {
  private static final byte[] TERMINATOR = {'.', '\r', '\n'};

  private final byte[] head;
  private final @Nullable Body body;
  private final Segment.Kind kind;
  private String violation = "";

  /** Writes itself, dot-stuffed, each line with its end. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private Reply(byte[] head, @Nullable Body body, Segment.Kind kind) {
    this.head = head;
    this.body = body;
    this.kind = kind;
  }

  static Reply ok(String text) {
    return raw(("+OK " + text).stripTrailing() + "\r\n");
  }

  static Reply error(String text) {
    return raw("-ERR " + text + "\r\n");
  }

  /** To what breaks the protocol, which is held against the client. */
  static Reply violation(String text) {
    Reply reply = error(text);
    reply.violation = text;
    return reply;
  }

  /** How the protocol was broken; empty when it was not. */
  String violation() {
    return violation;
  }

  static Reply raw(String bytes) {
    return new Reply(bytes(bytes), null, Segment.Kind.WORDS);
  }

  /** Lines that need no stuffing, each with its CRLF. */
  static Reply lines(String text, CharSequence lines) {
    byte[] content = bytes(lines.toString());
    byte[] head = ok(text).head;
    return new Reply(head, out -> out.write(content), Segment.Kind.WORDS);
  }

  static Reply message(String text, MailSource source, long bodyLines) {
    Body body = out -> DotStuffing.copy(source, out, bodyLines);
    return new Reply(ok(text).head, body, Segment.Kind.MESSAGE);
  }

  @Override
  public long contentStart() {
    return body == null ? 0 : head.length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    out.write(head);
    if (body != null) {
      body.writeTo(out);
      out.write(TERMINATOR);
    }
  }

  @Override
  public List<Segment> segments() {
    Segment status = Segment.of(Segment.Kind.WORDS, head);
    if (body == null) {
      return List.of(status);
    }
    var content = new ByteArrayOutputStream();
    try {
      body.writeTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Segment lines = Segment.of(kind, content.toByteArray());
    return Segment.joined(List.of(status, lines, Segment.of(Segment.Kind.WORDS, TERMINATOR)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
