// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads one reply of an IMAP server, with its literals in place, and is strict about spaces. */
final class ReplyParser {
  private static final Set<String> STATES = Set.of("OK", "NO", "BAD", "BYE", "PREAUTH");

  private final String line;
  private int at;

  private ReplyParser(String line) {
    this.line = line;
  }

  /**
   * The parts of a line. Of a state, and of a continuation, what is for people stays out or whole.
   *
   * @throws IllegalArgumentException for what is no reply
   */
  static List<Node> parse(String line) {
    if (line.equals("+") || line.startsWith("+ ")) {
      return List.of(Node.atom("+"), Node.string(line.substring(Math.min(2, line.length()))));
    }
    var parser = new ReplyParser(line);
    var nodes = new ArrayList<Node>();
    while (parser.at < line.length()) {
      nodes.add(parser.next());
      if (nodes.size() <= 2 && isState(nodes.get(nodes.size() - 1))) {
        parser.code(nodes);
        return nodes;
      }
      parser.separator(nodes.get(nodes.size() - 1), line.length());
    }
    return nodes;
  }

  /** Also for several, with a bar between them. */
  static boolean isState(Node node) {
    int bar = node.text().indexOf('|');
    String first = bar < 0 ? node.text() : node.text().substring(0, bar);
    return node.kind() == Node.Kind.ATOM && STATES.contains(first.toUpperCase(Locale.ROOT));
  }

  private void code(List<Node> nodes) {
    if (at < line.length() && line.charAt(at) != ' ') {
      throw malformed("no space after the state");
    }
    at++;
    if (at < line.length() && line.charAt(at) == '[') {
      at++;
      nodes.add(Node.code(untilClosed(']')));
    }
  }

  private List<Node> untilClosed(char end) {
    var nodes = new ArrayList<Node>();
    while (at < line.length() && line.charAt(at) != end) {
      nodes.add(next());
      if (at < line.length() && line.charAt(at) != end) {
        separator(nodes.get(nodes.size() - 1), line.length());
        if (at < line.length() && line.charAt(at) == end) {
          throw malformed("a space before " + end);
        }
      }
    }
    if (at >= line.length()) {
      throw malformed("no " + end);
    }
    at++;
    return nodes;
  }

  private void separator(Node before, int end) {
    boolean listAfterList = at < end && line.charAt(at) == '(' && before.kind() == Node.Kind.LIST;
    if (at == end || listAfterList) {
      return;
    }
    if (line.charAt(at) != ' ') {
      throw malformed("no space");
    }
    at++;
    // Dovecot's THREAD without a result ends with one.
    if (at < end && line.charAt(at) == ' ') {
      throw malformed("a space too many");
    }
  }

  private Node next() {
    char first = line.charAt(at);
    if (first == '(') {
      at++;
      return Node.list(untilClosed(')'));
    }
    if (first == '"') {
      return quoted();
    }
    boolean eighth = first == '~' && at + 1 < line.length() && line.charAt(at + 1) == '{';
    if (first == '{' || eighth) {
      return literal();
    }
    return atom();
  }

  private Node quoted() {
    var text = new StringBuilder();
    for (at++; at < line.length() && line.charAt(at) != '"'; at++) {
      if (line.charAt(at) == '\\') {
        at++;
      }
      text.append(line.charAt(at));
    }
    if (at >= line.length()) {
      throw malformed("no end of a quoted string");
    }
    at++;
    return Node.string(text.toString());
  }

  private Node literal() {
    int end = line.indexOf("}\r\n", at);
    if (end < 0) {
      throw malformed("no literal");
    }
    int size = Integer.parseInt(line.substring(line.indexOf('{', at) + 1, end));
    at = end + 3 + size;
    return Node.string(line.substring(end + 3, at));
  }

  /** Brackets within an atom hold a section, which may have spaces, lists and strings. */
  private Node atom() {
    int start = at;
    int depth = 0;
    while (at < line.length()) {
      char each = line.charAt(at);
      if (depth == 0 && (each == ' ' || each == '(' || each == ')' || each == ']')) {
        break;
      }
      depth += each == '[' ? 1 : each == ']' ? -1 : 0;
      at++;
    }
    if (at == start) {
      throw malformed("nothing");
    }
    return Node.atom(line.substring(start, at));
  }

  private IllegalArgumentException malformed(String what) {
    return new IllegalArgumentException(what + " at " + at + " of: " + line);
  }
}
