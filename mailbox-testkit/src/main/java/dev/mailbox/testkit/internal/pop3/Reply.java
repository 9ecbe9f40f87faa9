// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.pop3;

import dev.mailbox.testkit.internal.fault.Outgoing;
import dev.mailbox.testkit.mail.MailSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The answer to one command: a status line, and for some commands a body up to a dot. */
final class Reply implements Outgoing {
  private static final byte[] TERMINATOR = {'.', '\r', '\n'};

  private final byte[] head;
  private final @Nullable Body body;
  private final boolean terminated;

  /** Writes itself, dot-stuffed, each line with its end. */
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private Reply(byte[] head, @Nullable Body body, boolean terminated) {
    this.head = head;
    this.body = body;
    this.terminated = terminated;
  }

  static Reply ok(String text) {
    return raw("+OK " + text + "\r\n");
  }

  static Reply error(String text) {
    return raw("-ERR " + text + "\r\n");
  }

  static Reply raw(String bytes) {
    return new Reply(bytes(bytes), null, false);
  }

  /** Lines that need no stuffing, each with its CRLF. */
  static Reply lines(String text, CharSequence lines) {
    byte[] content = bytes(lines.toString());
    return new Reply(bytes("+OK " + text + "\r\n"), out -> out.write(content), true);
  }

  static Reply message(MailSource source, long bodyLines) {
    Body body = out -> DotStuffing.copy(source, out, bodyLines);
    return new Reply(bytes("+OK message follows\r\n"), body, true);
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
    }
    if (terminated) {
      out.write(TERMINATOR);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
