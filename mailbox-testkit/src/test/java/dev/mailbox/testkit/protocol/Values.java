// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.protocol.Script.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables and the texts of a script, and how they are put into its lines. */
final class Values {
  private static final Pattern NAME =
      Pattern.compile("\\$\\$|\\$([a-z][a-z0-9]*)(\\.[a-z]+)?|\\$\\{([a-z][a-z0-9]*)\\}");
  private static final Pattern FUNCTION = Pattern.compile("\\$([a-zA-Z0-9]+)\\(([^()]*)\\)");
  private static final Pattern LITERAL =
      Pattern.compile(
          "\\{(?:([a-z][a-z0-9]*)(?::([a-z]+))?(?:<([0-9]+)\\.([0-9]+)>)?|"
              + "\"((?:[^\"\\\\]|\\\\.)*)\")(\\+?)\\}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9A-F]{2}|.)");

  private final Map<String, Text> texts;
  private Map<String, Node> bound = new HashMap<>();

  Values(Map<String, Text> texts) {
    this.texts = texts;
  }

  Map<String, Node> bound() {
    return bound;
  }

  void bind(Map<String, Node> values) {
    bound = values;
  }

  void set(String name, String value) {
    bound.put(name, Node.atom(value));
  }

  String text(String name) {
    Text text = texts.get(name);
    if (text == null) {
      throw new IllegalArgumentException("no text " + name);
    }
    return text.content();
  }

  /** A line to send: everything is put in. */
  String sent(String line, UnaryOperator<String> functions) {
    String called = called(line, functions);
    return literals(NAME.matcher(called).replaceAll(m -> quoted(value(m.group()))))
        .replace("\\r\\n", "\r\n");
  }

  /** A line to expect: what is a variable as a whole stays one, for it may be bound by the line. */
  String expected(String line, UnaryOperator<String> functions) {
    String called = called(line, functions);
    var out = new StringBuilder();
    Matcher name = NAME.matcher(called);
    while (name.find()) {
      boolean whole =
          isEdge(called, name.start() - 1)
              && isEdge(called, name.end())
              && name.group(1) != null
              && name.group(2) == null;
      String put = whole ? Matcher.quoteReplacement(Character.toString(1)) + name.group(1) : null;
      name.appendReplacement(out, put == null ? quoted(value(name.group())) : put);
    }
    return literals(name.appendTail(out).toString());
  }

  private static boolean isEdge(String line, int at) {
    return at < 0 || at >= line.length() || " ()[]".indexOf(line.charAt(at)) >= 0;
  }

  /** The value of a name with its dollar. */
  String value(String reference) {
    if (reference.equals("$$")) {
      return "$";
    }
    String name = reference.replaceAll("[${}]", "");
    if (name.endsWith(".size")) {
      return Integer.toString(text(name.substring(0, name.length() - 5)).length());
    }
    Node value = bound.get(name);
    if (value == null) {
      throw new IllegalArgumentException("nothing is bound to $" + name);
    }
    return value.text();
  }

  private String called(String line, UnaryOperator<String> functions) {
    return FUNCTION
        .matcher(line)
        .replaceAll(
            call -> {
              String with = NAME.matcher(call.group(2)).replaceAll(m -> quoted(value(m.group())));
              return quoted(functions.apply("$" + call.group(1) + "(" + with + ")"));
            });
  }

  private String literals(String line) {
    return LITERAL
        .matcher(line)
        .replaceAll(
            literal -> {
              String content =
                  literal.group(5) == null
                      ? part(text(literal.group(1)), literal.group(2), literal)
                      : unescaped(literal.group(5));
              String head = "{" + content.length() + literal.group(6) + "}\r\n";
              return quoted(head + content);
            });
  }

  private static String part(String text, String section, MatchResult range) {
    int body = text.indexOf("\r\n\r\n") + 4;
    String part =
        section == null
            ? text
            : section.equals("header") ? text.substring(0, body) : text.substring(body);
    if (range.group(3) == null) {
      return part;
    }
    int from = Integer.parseInt(range.group(3));
    int count = Integer.parseInt(range.group(4));
    return part.substring(Math.min(from, part.length()), Math.min(from + count, part.length()));
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            escape ->
                quoted(
                    switch (escape.group(1).charAt(0)) {
                      case 'r' -> "\r";
                      case 'n' -> "\n";
                      case 't' -> "\t";
                      case '0' -> "\0";
                      case 'x' ->
                          Character.toString(Integer.parseInt(escape.group(1).substring(1), 16));
                      default -> escape.group(1);
                    }));
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }
}
