// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command line, ready to be sent. Immutable, and the only thing that a {@link ByteWriter}
 * takes.
 *
 * <p>A command is built from typed parts, so that data cannot become syntax: each part checks what
 * it is given and throws {@link IllegalArgumentException}, which names the argument and not its
 * value. Parts are separated by one space. Text goes as UTF-8. Secrets are {@code ***} in {@link
 * #toString()} and in the transcript.
 *
 * <p>Most commands are one segment. An IMAP literal that has to wait for the server's go-ahead ends
 * a segment; see {@link ByteWriter#write(Command, int)}.
 */
public final class Command {

  /** A payload, if any, then text; {@code waits} if the server must say go ahead after it. */
  static final class Segment {
    private final @Nullable Payload payload;
    private final byte[] text;
    private final String shown;
    private final boolean waits;

    private Segment(@Nullable Payload payload, byte[] text, String shown, boolean waits) {
      this.payload = payload;
      this.text = text;
      this.shown = shown;
      this.waits = waits;
    }

    @Nullable Payload payload() {
      return payload;
    }

    byte[] text() {
      return text;
    }

    String shown() {
      return shown;
    }

    boolean waits() {
      return waits;
    }
  }

  private final List<Segment> segments;
  private final List<String> masks;
  private final boolean secret;

  private Command(Builder builder) {
    segments = List.copyOf(builder.segments);
    masks = List.copyOf(builder.masks);
    secret = builder.secret;
  }

  /**
   * Starts a command of a protocol without tags.
   *
   * @param keyword such as {@code RETR}
   */
  public static Builder named(String keyword) {
    return new Builder(Literals.SYNCHRONIZING).keyword(keyword);
  }

  /**
   * Starts an IMAP command.
   *
   * @param tag letters and digits
   * @param keyword such as {@code SELECT}
   * @param literals how literals are sent
   */
  public static Builder tagged(String tag, String keyword, Literals literals) {
    return new Builder(literals).part(Gate.tag(tag)).keyword(keyword);
  }

  /** The line that answers a SASL challenge; an empty answer is an empty line. */
  public static Command saslAnswer(Sasl mechanism, byte[] answer) {
    return new Builder(Literals.SYNCHRONIZING).base64(mechanism, answer).build();
  }

  /** The line {@code *}, which cancels a SASL exchange (RFC 5034, RFC 9051). */
  public static Command saslCancel() {
    return new Builder(Literals.SYNCHRONIZING).part("*").build();
  }

  /** Whether a part of it is secret. */
  public boolean isSecret() {
    return secret;
  }

  /** How many segments it has: one more than the go-aheads it has to wait for. */
  public int segments() {
    return 1 + (int) segments.stream().filter(Segment::waits).count();
  }

  /** All its bytes on the wire, line ends and literals included. */
  public long sizeInBytes() {
    long size = 0;
    for (Segment segment : segments) {
      size += segment.text.length + (segment.payload == null ? 0 : segment.payload.size());
    }
    return size;
  }

  /** The command as the transcript shows it, on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    segments.forEach(segment -> text.append(segment.shown));
    return text.toString();
  }

  List<Segment> parts() {
    return segments;
  }

  /** The forms of its secrets that a server may echo, one character for each byte. */
  List<String> masks() {
    return masks;
  }

  /**
   * Builds a {@link Command}, part by part. Not thread-safe; used once. Every method throws {@link
   * IllegalArgumentException} if the argument cannot be sent in that form.
   */
  public static final class Builder {
    private static final byte[] CRLF = {'\r', '\n'};

    private final Literals literals;
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> masks = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(64);
    private final StringBuilder shown = new StringBuilder();
    private @Nullable Payload payload;
    private boolean glued = true;
    private boolean secret;

    private Builder(Literals literals) {
      this.literals = literals;
    }

    /** A fixed word of the protocol: a letter, then letters, digits, {@code .}, {@code _, -}. */
    public Builder keyword(String keyword) {
      return part(Gate.keyword(keyword));
    }

    /** A number, not negative. */
    public Builder number(long value) {
      if (value < 0) {
        throw new IllegalArgumentException("number must not be negative: " + value);
      }
      return part(Long.toString(value));
    }

    /** One word that is neither empty nor holds a space or a control character. */
    public Builder word(String name, String value) {
      return data(Gate.word(name, value), Escape.utf8(value));
    }

    /** The rest of the line: not empty, no control character; spaces are kept. */
    public Builder text(String name, String value) {
      return data(Gate.text(name, value), Escape.utf8(value));
    }

    /** The rest of the line, secret: not empty, no control character; spaces are kept. */
    public Builder secret(String name, String value) {
      byte[] bytes = Gate.text(name, value);
      hide(bytes);
      return data(bytes, "***");
    }

    /** A mechanism's name and, if it has one, its initial response ({@code =} when empty). */
    public Builder sasl(Sasl mechanism) {
      keyword(mechanism.name());
      mechanism.initialResponse().ifPresent(response -> initial(mechanism, response));
      return this;
    }

    /** An IMAP atom. */
    public Builder atom(String name, String value) {
      return data(Gate.atom(name, value), value);
    }

    /** An IMAP flag or keyword, such as {@code \Seen} or {@code $Junk}. */
    public Builder flag(String name, String value) {
      return data(Gate.flag(name, value), value);
    }

    /** An IMAP data item: {@code UID}, {@code BODY.PEEK[HEADER.FIELDS (DATE)]<0.1024>}. */
    public Builder item(String item) {
      return part(Gate.item(item));
    }

    /** An IMAP sequence set, such as {@code 1:5,9:*}. */
    public Builder set(String name, String value) {
      return part(Gate.set(name, value));
    }

    /** An IMAP string: quoted where it can be, else a literal. NUL is refused. */
    public Builder string(String name, String value) {
      byte[] bytes = Gate.string(name, value);
      return Gate.isQuotable(bytes)
          ? data(quoted(bytes), Escape.utf8(new String(quoted(bytes), StandardCharsets.US_ASCII)))
          : literal(bytes, "<" + bytes.length + " bytes>");
    }

    /** An IMAP string that is secret. */
    public Builder secretString(String name, String value) {
      byte[] bytes = Gate.string(name, value);
      hide(bytes);
      if (!Gate.isQuotable(bytes)) {
        return literal(bytes, "***");
      }
      masks.add(latin1(quoted(bytes)));
      return data(quoted(bytes), "***");
    }

    /** An IMAP literal that is streamed. */
    public Builder literal(Payload value) {
      startLiteral(value.size());
      payload = value;
      shown.append('<').append(value.size()).append(" bytes>");
      return this;
    }

    /** Opens an IMAP list. */
    public Builder open() {
      part("(");
      glued = true;
      return this;
    }

    /** Closes an IMAP list. */
    public Builder close() {
      glued = true;
      return part(")");
    }

    /** The command. */
    public Command build() {
      text.writeBytes(CRLF);
      endSegment(false);
      return new Command(this);
    }

    private Builder base64(Sasl mechanism, byte[] answer) {
      byte[] encoded = Base64.getEncoder().encode(answer);
      hide(mechanism.secret().getBytes(StandardCharsets.UTF_8));
      masks.add(latin1(encoded));
      return data(encoded, answer.length == 0 ? "" : "***");
    }

    private void initial(Sasl mechanism, byte[] response) {
      if (response.length == 0) {
        part("=");
      } else {
        base64(mechanism, response);
      }
    }

    private void hide(byte[] bytes) {
      secret = true;
      masks.add(latin1(bytes));
      masks.add(Base64.getEncoder().encodeToString(bytes));
    }

    private Builder part(String ascii) {
      return data(ascii.getBytes(StandardCharsets.US_ASCII), ascii);
    }

    private Builder data(byte[] bytes, String visible) {
      space();
      text.writeBytes(bytes);
      shown.append(visible);
      return this;
    }

    private void space() {
      if (!glued) {
        text.write(' ');
        shown.append(' ');
      }
      glued = false;
    }

    private Builder literal(byte[] bytes, String visible) {
      startLiteral(bytes.length);
      text.writeBytes(bytes);
      shown.append(visible);
      return this;
    }

    private void startLiteral(long size) {
      boolean waits = literals.waits(size);
      part("{" + size + (waits ? "}" : "+}"));
      text.writeBytes(CRLF);
      shown.append(' ');
      endSegment(waits);
    }

    private void endSegment(boolean waits) {
      segments.add(new Segment(payload, text.toByteArray(), shown.toString(), waits));
      payload = null;
      text.reset();
      shown.setLength(0);
    }

    private static byte[] quoted(byte[] bytes) {
      byte[] out = new byte[2 * bytes.length + 2];
      int n = 0;
      out[n++] = '"';
      for (byte b : bytes) {
        if (b == '"' || b == '\\') {
          out[n++] = '\\';
        }
        out[n++] = b;
      }
      out[n++] = '"';
      return Arrays.copyOf(out, n);
    }

    private static String latin1(byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
