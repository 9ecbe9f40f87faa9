// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.internal.fault.Outgoing;
import dev.mailbox.testkit.internal.fault.Segment;
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
final class ImapReply implements Outgoing {
  private final List<Piece> pieces = new ArrayList<>();

  private long length;
  private long contentStart;

  /** Some of the bytes. */
  private record Piece(Segment.Kind kind, Bytes bytes) {
    Segment segment() {
      var out = new ByteArrayOutputStream();
      try {
        bytes.writeTo(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Segment.of(kind, out.toByteArray());
    }
  }

  private interface Bytes {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Adds text as it is, one byte for each char. */
  ImapReply text(String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    pieces.add(new Piece(Segment.Kind.WORDS, out -> out.write(bytes)));
    length += bytes.length;
    return this;
  }

  /** Adds a line of its own, with its end. */
  ImapReply line(String line) {
    return text(line + "\r\n");
  }

  /** Adds a literal of these bytes. */
  ImapReply literal(byte[] bytes) {
    return literal(MailSource.of(bytes), 0, bytes.length);
  }

  /** Adds a literal of so many bytes of a mail from an offset on. */
  ImapReply literal(MailSource source, long offset, long count) {
    text("{" + count + "}\r\n");
    contentStart = contentStart == 0 ? length : contentStart;
    pieces.add(new Piece(Segment.Kind.LITERAL, out -> copy(source, offset, count, out)));
    length += count;
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
    boolean first = contentStart == 0 && other.contentStart > 0;
    contentStart = first ? length + other.contentStart : contentStart;
    length += other.length;
    return this;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    for (Piece piece : pieces) {
      piece.bytes.writeTo(out);
    }
  }

  @Override
  public long contentStart() {
    return contentStart;
  }

  @Override
  public List<Segment> segments() {
    return Segment.joined(pieces.stream().map(Piece::segment).toList());
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
