// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import dev.mailbox.wire.ByteReader;
import dev.mailbox.wire.Connection;
import dev.mailbox.wire.Slice;
import dev.mailbox.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a server's responses token by token (RFC 9051 section 9), straight from the connection's
 * buffer. Bytes of literals go to a sink as they come; nothing is allocated by a size that the
 * server claims, and nothing recurses. What is not the grammar closes the connection. For one
 * thread.
 */
public final class ResponseReader {
  private static final int DEEPEST = 64;
  private static final long SLACK_BYTES = 16L << 20;
  private static final long MOST_STRING = 64L << 10;
  private static final int MOST_LIST = 16 << 10;

  /** More than any response to what we ask; without a bound one response could go on forever. */
  private static final int MOST_LITERALS = 1000;

  /** Of a number of 63 bits. */
  private static final int MOST_DIGITS = 19;

  private final Connection connection;
  private final ByteReader reader;
  private byte[] array = {};
  private int position;
  private int end;
  private int literals;

  /** Reads from a connection. */
  public ResponseReader(Connection connection) {
    this.connection = connection;
    this.reader = connection.reader();
  }

  /** Reads the first line of the next response. */
  public void next() throws WireException {
    literals = 0;
    take(reader.readLine(ResponseReader::isFetch));
  }

  private void take(Slice line) {
    array = line.array();
    position = line.offset();
    end = line.offset() + line.length();
  }

  /** Whether a line is the beginning of {@code * 12 FETCH}: data, of which there may be much. */
  private static boolean isFetch(Slice line) {
    if (!line.startsWith("* ")) {
      return false;
    }
    int at = 2;
    while (at < line.length() && line.at(at) >= '0' && line.at(at) <= '9') {
      at++;
    }
    return at > 2 && at + 1 < line.length() && (line.at(at + 1) | 0x20) == 'f';
  }

  /** Whether nothing is left of the response. */
  public boolean atEnd() {
    return position == end;
  }

  /** The next byte, or -1 at the end. */
  public int peek() {
    return position == end ? -1 : array[position] & 0xff;
  }

  /** Reads this character if it is the next. */
  public boolean tryRead(char c) {
    boolean is = peek() == c;
    if (is) {
      position++;
    }
    return is;
  }

  /** Reads this character, which must be the next. */
  public void expect(char c) throws WireException {
    if (!tryRead(c)) {
      throw garbled("'" + c + "' expected");
    }
  }

  /** Passes over spaces. */
  public void spaces() {
    while (position < end && array[position] == ' ') {
      position++;
    }
  }

  /** Reads a word: up to a space, a parenthesis or the end. */
  public String word() throws WireException {
    int start = position;
    while (position < end && isWordByte(array[position])) {
      position++;
    }
    if (position == start) {
      throw garbled("a word expected");
    }
    return new String(array, start, position - start, StandardCharsets.ISO_8859_1);
  }

  private static boolean isWordByte(byte b) {
    return b != ' ' && b != '(' && b != ')';
  }

  /** Reads a word, in capitals. */
  public String name() throws WireException {
    return word().toUpperCase(Locale.ROOT);
  }

  /** Whether the next is a digit. */
  public boolean atDigit() {
    int c = peek();
    return c >= '0' && c <= '9';
  }

  /** Reads a number of at most 63 bits. */
  public long number() throws WireException {
    int start = position;
    long value = 0;
    while (atDigit()) {
      value = value * 10 + (array[position++] - '0');
      if (value < 0 || position - start > MOST_DIGITS) {
        throw garbled("a number is too large");
      }
    }
    if (position == start) {
      throw garbled("a number expected");
    }
    return value;
  }

  /** Reads a UID: a number of 32 bits above zero. */
  public long uid() throws WireException {
    long value = number();
    if (value < 1 || value > 0xffff_ffffL) {
      throw garbled("a UID is out of range");
    }
    return value;
  }

  /** All that is left of the line, each character one byte. */
  public String rest() {
    String text = new String(array, position, end - position, StandardCharsets.ISO_8859_1);
    position = end;
    return text;
  }

  /** Reads the kind, code and text of a status response. */
  public Status status(Status.Kind kind) {
    spaces();
    return Status.of(kind, rest());
  }

  /** The kind of status of that name, if it is one. */
  public static Optional<Status.Kind> kind(String name) {
    return Status.kind(name);
  }

  /** Reads the text between parentheses that holds no strings, such as flags. */
  public String list() throws WireException {
    expect('(');
    int start = position;
    while (position < end && array[position] != ')') {
      position++;
    }
    if (position - start > MOST_LIST) {
      throw garbled("a list is too long");
    }
    String text = new String(array, start, position - start, StandardCharsets.ISO_8859_1);
    expect(')');
    return text;
  }

  /** Reads the name of a FETCH item in capitals, with its section: {@code BODY[HEADER]<0>}. */
  public String item() throws WireException {
    int start = position;
    int brackets = 0;
    while (position < end) {
      byte b = array[position];
      if (brackets == 0 && (b == ' ' || b == '(' || b == ')')) {
        break;
      }
      brackets = Math.max(0, brackets + (b == '[' ? 1 : b == ']' ? -1 : 0));
      position++;
    }
    if (position == start) {
      throw garbled("a data item expected");
    }
    return new String(array, start, position - start, StandardCharsets.ISO_8859_1)
        .toUpperCase(Locale.ROOT);
  }

  /** Reads an atom, a quoted string or a literal of at most 64 KiB, as UTF-8; NIL is empty. */
  public String string() throws WireException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (peek() == '"' || atLiteral()) {
      if (atLiteral() && literalSize() > MOST_STRING) {
        throw garbled("a string is too long");
      }
      nstring(out::write);
      return out.toString(StandardCharsets.UTF_8);
    }
    byte[] atom = word().getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(atom, StandardCharsets.UTF_8);
    return text.equalsIgnoreCase("NIL") ? "" : text;
  }

  /**
   * The size of the string that is next: of a literal what the server says, of a quoted one at most
   * that; -1 for NIL.
   */
  public long stringSize() throws WireException {
    if (peek() == '"') {
      return end - position - 1L;
    }
    return atLiteral() ? literalSize() : -1;
  }

  /**
   * Reads a string or NIL to a sink.
   *
   * @return how many bytes it had, or -1 for NIL
   */
  public long nstring(ByteSink sink) throws WireException {
    if (peek() == '"') {
      return quoted(sink);
    }
    if (atLiteral()) {
      return literal(sink);
    }
    if (name().equals("NIL")) {
      return -1;
    }
    throw garbled("a string expected");
  }

  private long quoted(ByteSink sink) throws WireException {
    int close = closingQuote();
    if (close >= end) {
      throw garbled("'\"' expected");
    }
    byte[] out = new byte[close - position - 1];
    int length = 0;
    for (int i = position + 1; i < close; i++) {
      i += array[i] == '\\' ? 1 : 0;
      out[length++] = array[i];
    }
    position = close + 1;
    sink.write(out, 0, length);
    return length;
  }

  /** Where the quoted string that is next ends; not before the end of the line if it does not. */
  private int closingQuote() {
    int at = position + 1;
    while (at < end && array[at] != '"') {
      at += array[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  /** Whether a literal is next; without its brace, {@code ~} is the beginning of an atom. */
  private boolean atLiteral() {
    return peek() == '{' || (peek() == '~' && position + 1 < end && array[position + 1] == '{');
  }

  /** The announced size; nothing is read. */
  private long literalSize() throws WireException {
    int at = array[position] == '~' ? position + 1 : position;
    if (at >= end || array[at] != '{') {
      throw garbled("a literal expected");
    }
    long size = 0;
    int first = ++at;
    for (; at < end && array[at] >= '0' && array[at] <= '9'; at++) {
      size = size * 10 + (array[at] - '0');
      if (size > Integer.MAX_VALUE * 1024L) {
        throw garbled("a literal is too large");
      }
    }
    boolean plus = at < end && array[at] == '+';
    if (at == first || at + (plus ? 2 : 1) != end || array[end - 1] != '}') {
      throw garbled("a literal expected");
    }
    return size;
  }

  private long literal(ByteSink sink) throws WireException {
    long size = literalSize();
    if (++literals > MOST_LITERALS) {
      throw garbled("a response has too many literals");
    }
    position = end;
    reader.limitReply(size + SLACK_BYTES);
    try {
      reader.readTo(new SinkStream(sink), size);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("a sink throws no such exception", e);
    }
    take(reader.readDataLine());
    return size;
  }

  /** A sink as a stream. */
  private static final class SinkStream extends OutputStream {
    private final ByteSink sink;

    SinkStream(ByteSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(int b) {
      sink.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      sink.write(bytes, offset, length);
    }
  }

  /** Passes over one value: a string, an atom, or a list with all that is in it. */
  public void skipValue() throws WireException {
    int depth = 0;
    do {
      spaces();
      int c = peek();
      if (c == '(') {
        position++;
        if (++depth > DEEPEST) {
          throw garbled("lists are nested too deeply");
        }
      } else if (c == ')') {
        position++;
        depth--;
      } else if (c == '"' || atLiteral()) {
        nstring(ByteSink.NONE);
      } else if (c < 0) {
        throw garbled("the response ends too early");
      } else {
        word();
      }
    } while (depth > 0);
  }

  /** Passes over all that is left of the response, also behind literals. */
  public void skipRest() throws WireException {
    while (!atEnd()) {
      if (peek() == '"') {
        position = Math.min(end, closingQuote() + 1);
      } else if (peek() == '{' && lastLiteral() >= position) {
        position = lastLiteral();
        literal(ByteSink.NONE);
      } else {
        position++;
      }
    }
  }

  /** Where the literal that ends the line is announced; -1 if none does. */
  private int lastLiteral() {
    int at = end - 1;
    if (array[at] != '}') {
      return -1;
    }
    at -= array[at - 1] == '+' ? 2 : 1;
    int digits = 0;
    while (at > position && digits < MOST_DIGITS && array[at] >= '0' && array[at] <= '9') {
      at--;
      digits++;
    }
    return digits > 0 && array[at] == '{' ? at : -1;
  }

  /** Closes the connection because of what the server wrote. */
  public WireException garbled(String what) {
    return connection.garbled("the server's response cannot be read: " + what);
  }
}
