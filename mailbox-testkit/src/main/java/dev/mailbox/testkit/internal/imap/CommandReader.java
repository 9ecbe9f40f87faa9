// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.imap.ImapValue;
import dev.mailbox.testkit.script.ScriptedConnection;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes one command apart while it arrives, by the letter of the grammar (RFC 3501, section 9), so
 * that nothing that a client sends by mistake is taken for what it meant.
 */
final class CommandReader {
  /** A line may be longer than those of clients that keep to RFC 7162, section 4, many times. */
  static final int MOST_LINE = 1 << 20;

  private static final Pattern LITERAL = Pattern.compile("(~?)\\{([0-9]{1,9})(\\+?)}");
  private static final Pattern COMING = Pattern.compile("\\{([0-9]{1,18})\\+}$");
  private static final int MOST_TAG = 1000;
  private static final int CHUNK = 1 << 16;
  private static final Set<String> SECTIONS =
      Set.of("BODY", "BODY.PEEK", "BINARY", "BINARY.PEEK", "BINARY.SIZE");
  private static final int MOST_NESTED = 50;

  private final ScriptedConnection connection;
  private final LiteralGate gate;
  private final List<ImapValue> arguments = new ArrayList<>();
  private ImapCommand.Head head;
  private String line;
  private int position;
  private boolean utf8;

  /** Decides about each literal when it is announced, and lets its bytes come. */
  interface LiteralGate {
    /** Throws {@link Refused} when the bytes are not wanted and will not come. */
    void announced(ImapCommand soFar, Announcement literal) throws IOException;
  }

  /**
   * What is known of a literal before its bytes come.
   *
   * @param length how many
   * @param synchronizing whether the client waits for the server's consent
   * @param binary whether there may be zeros among them (RFC 3516, section 4.4)
   */
  record Announcement(int length, boolean synchronizing, boolean binary) {}

  /** The client was told that it may not send its literal; the command is over. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** The line is no command. */
  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String problem) {
      super(problem);
    }
  }

  CommandReader(ScriptedConnection connection, LiteralGate gate, String firstLine) {
    this.connection = connection;
    this.gate = gate;
    this.line = firstLine;
    this.head = new ImapCommand.Head(connection.number(), "", "");
  }

  /** Reads to the end of the command, beyond the first line where there are literals. */
  ImapCommand read(boolean utf8) throws IOException {
    this.utf8 = utf8;
    try {
      readHead();
      checkLength();
      while (position < line.length()) {
        expect(' ');
        arguments.add(value(0));
      }
      return new ImapCommand(head, arguments, null);
    } catch (Malformed e) {
      skip();
      return new ImapCommand(head, arguments, e.getMessage());
    } catch (Refused e) {
      return new ImapCommand(head, arguments, null);
    }
  }

  private void readHead() throws Malformed {
    String tag = word();
    if (tag.isEmpty() || tag.length() > MOST_TAG || tag.contains("+") || !isAstring(tag)) {
      throw new Malformed("no tag");
    }
    head = new ImapCommand.Head(connection.number(), tag, "");
    expect(' ');
    String name = word().toUpperCase(Locale.ROOT);
    if (!name.matches("[A-Z0-9-]+")) {
      throw new Malformed("no command");
    }
    if (name.equals("UID")) {
      expect(' ');
      name = "UID " + word().toUpperCase(Locale.ROOT);
    }
    head = new ImapCommand.Head(connection.number(), tag, name);
  }

  private ImapValue value(int depth) throws Malformed, IOException {
    return switch (peek()) {
      case '(' -> list(depth);
      case '"' -> quoted();
      case '{' -> literal();
      case '~' ->
          position + 1 < line.length() && line.charAt(position + 1) == '{' ? literal() : atom();
      default -> atom();
    };
  }

  private ImapValue list(int depth) throws Malformed, IOException {
    if (depth == MOST_NESTED) {
      throw new Malformed("lists are nested too deep");
    }
    List<ImapValue> items = new ArrayList<>();
    position++;
    if (peek() != ')') {
      items.add(value(depth + 1));
      while (peek() != ')') {
        expect(' ');
        items.add(value(depth + 1));
      }
    }
    position++;
    return new ImapValue.Listed(items);
  }

  private ImapValue quoted() throws Malformed {
    var text = new StringBuilder();
    position++;
    for (char each = peek(); each != '"'; each = peek()) {
      if (each == '\\') {
        position++;
        each = peek();
        if (each != '"' && each != '\\') {
          throw new Malformed("a backslash before <" + each + ">");
        }
      } else if (each == '\r' || each == 0 || (each > 126 && !utf8)) {
        throw new Malformed("byte " + (int) each + " in a quoted string");
      }
      text.append(each);
      position++;
    }
    position++;
    return new ImapValue.Quoted(text.toString());
  }

  private ImapValue literal() throws Malformed, IOException {
    Matcher announced = LITERAL.matcher(line).region(position, line.length());
    if (!announced.matches()) {
      throw new Malformed("a brace that announces no literal");
    }
    int length = Integer.parseInt(announced.group(2));
    var literal =
        new Announcement(length, announced.group(3).isEmpty(), !announced.group(1).isEmpty());
    try {
      gate.announced(new ImapCommand(head, arguments, null), literal);
    } catch (Refused e) {
      if (!literal.synchronizing()) {
        skip();
      }
      throw e;
    }
    String text = new String(connection.readBytes(length), ISO_8859_1);
    readNextLine();
    checkLength();
    if (!literal.binary() && text.indexOf(0) >= 0) {
      throw new Malformed("byte 0 in a literal that is not binary");
    }
    return new ImapValue.Literal(text, literal.synchronizing());
  }

  private void readNextLine() throws IOException {
    String rest = connection.readLine(MOST_LINE);
    if (rest == null) {
      throw new EOFException("the client left after a literal");
    }
    line = rest;
    position = 0;
  }

  private void checkLength() throws Malformed {
    if (line.length() > MOST_LINE) {
      throw new Malformed("the line is too long");
    }
  }

  /** Past literals that come unasked, whose bytes must not be taken for commands. */
  private void skip() throws IOException {
    for (Matcher next = COMING.matcher(line); next.find(); next = COMING.matcher(line)) {
      for (long left = Long.parseLong(next.group(1)); left > 0; left -= CHUNK) {
        byte[] unused = connection.readBytes((int) Math.min(left, CHUNK));
      }
      readNextLine();
    }
  }

  private ImapValue atom() throws Malformed, IOException {
    String text = word();
    if (mayHaveSection(text) && !atEnd() && peek() == '[') {
      text += section() + word();
    }
    if (text.isEmpty()) {
      throw new Malformed("nothing where an argument is due");
    }
    return new ImapValue.Atom(text);
  }

  /** In brackets; names of fields in it may be literals. */
  private String section() throws Malformed, IOException {
    var text = new StringBuilder();
    for (int end = line.indexOf(']', position); end < 0; end = line.indexOf(']', position)) {
      int brace = line.lastIndexOf('{');
      if (brace < position) {
        throw new Malformed("a section without its end");
      }
      text.append(line, position, brace);
      position = brace;
      text.append(literal().text());
    }
    int end = line.indexOf(']', position);
    text.append(line, position, end + 1);
    position = end + 1;
    return text.toString();
  }

  /** Up to a character that no word can have; a bracket ends one that may have a section. */
  private String word() throws Malformed {
    int start = position;
    while (!atEnd() && " ()\"{".indexOf(line.charAt(position)) < 0) {
      char each = line.charAt(position);
      if (each < ' ' || each > 126) {
        throw new Malformed("byte " + (int) each + " in a word");
      }
      if (each == '[' && mayHaveSection(line.substring(start, position))) {
        break;
      }
      position++;
    }
    return line.substring(start, position);
  }

  private static boolean mayHaveSection(String word) {
    return SECTIONS.contains(word.toUpperCase(Locale.ROOT));
  }

  private void expect(char wanted) throws Malformed {
    if (peek() != wanted) {
      throw new Malformed("<" + peek() + "> where <" + wanted + "> is due");
    }
    position++;
  }

  private char peek() throws Malformed {
    if (atEnd()) {
      throw new Malformed("the line ends too early");
    }
    return line.charAt(position);
  }

  private boolean atEnd() {
    return position >= line.length();
  }

  /** Whether a word may stand for a string without quotes. */
  static boolean isAstring(String word) {
    return word.chars().noneMatch(c -> c <= ' ' || c > 126 || "(){%*\"\\".indexOf(c) >= 0);
  }
}
