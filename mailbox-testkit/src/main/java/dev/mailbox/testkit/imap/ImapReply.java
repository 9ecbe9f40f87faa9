// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.mail.MailSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is said to one command. Large literals are read from their source when written. */
final class ImapReply {
  private final List<Piece> pieces = new ArrayList<>();

  /** Some of the bytes. */
  private interface Piece {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Adds text as it is, one byte for each char. */
  ImapReply text(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    pieces.add(out -> out.write(bytes));
    return this;
  }

  /** Adds a line of its own, with its end. */
  ImapReply line(String line) {
    return text(line + "\r\n");
  }

  /** Adds a literal of these bytes. */
  ImapReply literal(byte[] bytes) {
    return text("{" + bytes.length + "}\r\n").text(new String(bytes, ISO_8859_1));
  }

  /** Adds a literal of so many bytes of a mail from an offset on. */
  ImapReply literal(MailSource source, long offset, long length) {
    text("{" + length + "}\r\n");
    pieces.add(out -> copy(source, offset, length, out));
    return this;
  }

  /** Adds a string in quotes, or as a literal where it cannot be quoted. */
  ImapReply string(String text) {
    boolean quotable = text.chars().allMatch(c -> c >= ' ' && c < 127);
    return quotable
        ? text(new ImapValue.Quoted(text).toString())
        : literal(text.getBytes(ISO_8859_1));
  }

  /** Adds a string, or NIL for none. */
  ImapReply nstring(@Nullable String text) {
    return text == null ? text("NIL") : string(text);
  }

  /** Adds another reply behind this. */
  ImapReply add(ImapReply other) {
    pieces.addAll(other.pieces);
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    for (Piece piece : pieces) {
      piece.writeTo(out);
    }
  }

  byte[] bytes() {
    var out = new ByteArrayOutputStream();
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void copy(MailSource source, long offset, long length, OutputStream out)
      throws IOException {
    try (InputStream in = source.open()) {
      in.skipNBytes(offset);
      var buffer = new byte[1 << 16];
      for (long left = length; left > 0; ) {
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          throw new IOException("the source has fewer bytes than it said");
        }
        out.write(buffer, 0, count);
        left -= count;
      }
    }
  }
}
