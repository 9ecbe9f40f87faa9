// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Compares what a script expects with what came. Names are bound on the way; where one way of
 * binding them leads nowhere, others are tried.
 */
final class ReplyMatcher {
  /** Before the name of a variable that is a whole part. */
  static final char VARIABLE = '\u0001';

  /** Stands for any further parts. */
  static final String MORE = "?more";

  private ReplyMatcher() {}

  /** Whether the lines match, with what has been bound so far; {@code next} decides the rest. */
  static boolean lines(
      List<Node> expected,
      List<Node> actual,
      Map<String, Node> bound,
      Predicate<Map<String, Node>> next) {
    boolean bare = expected.size() == 2 && ReplyParser.isState(expected.get(1));
    List<Node> compared = bare && actual.size() == 3 && isStateLine(actual) ? head(actual) : actual;
    return ordered(expected, compared, bound, next);
  }

  private static boolean isStateLine(List<Node> line) {
    return ReplyParser.isState(line.get(1)) && line.get(2).kind() == Node.Kind.CODE;
  }

  private static List<Node> head(List<Node> line) {
    return line.subList(0, 2);
  }

  private static boolean ordered(
      List<Node> expected,
      List<Node> actual,
      Map<String, Node> bound,
      Predicate<Map<String, Node>> next) {
    if (expected.isEmpty()) {
      return actual.isEmpty() && next.test(bound);
    }
    if (expected.get(0).isAtom(MORE)) {
      return next.test(bound);
    }
    return !actual.isEmpty()
        && node(
            expected.get(0),
            actual.get(0),
            bound,
            b -> ordered(rest(expected), rest(actual), b, next));
  }

  private static boolean unordered(
      List<Node> expected,
      List<Node> actual,
      Map<String, Node> bound,
      Predicate<Map<String, Node>> next) {
    boolean more = expected.stream().anyMatch(node -> node.isAtom(MORE));
    List<Node> wanted = expected.stream().filter(node -> !node.isAtom(MORE)).toList();
    if (wanted.size() > actual.size() || (!more && wanted.size() < actual.size())) {
      return false;
    }
    return eachInOne(wanted, actual, bound, next);
  }

  private static boolean eachInOne(
      List<Node> wanted,
      List<Node> actual,
      Map<String, Node> bound,
      Predicate<Map<String, Node>> next) {
    if (wanted.isEmpty()) {
      return next.test(bound);
    }
    for (int i = 0; i < actual.size(); i++) {
      var others = new ArrayList<Node>(actual);
      Node one = others.remove(i);
      if (node(wanted.get(0), one, bound, b -> eachInOne(rest(wanted), others, b, next))) {
        return true;
      }
    }
    return false;
  }

  static boolean node(
      Node expected, Node actual, Map<String, Node> bound, Predicate<Map<String, Node>> next) {
    return switch (expected.kind()) {
      case ATOM -> atom(expected, actual, bound, next);
      case STRING ->
          actual.kind() == Node.Kind.STRING
              && expected.text().equals(actual.text())
              && next.test(bound);
      case BAG ->
          actual.kind() == Node.Kind.BAG
              && unordered(expected.nodes(), actual.nodes(), bound, next);
      default ->
          actual.kind() == expected.kind()
              && ordered(expected.nodes(), actual.nodes(), bound, next);
    };
  }

  private static boolean atom(
      Node expected, Node actual, Map<String, Node> bound, Predicate<Map<String, Node>> next) {
    String text = expected.text();
    if (!text.isEmpty() && text.charAt(0) == VARIABLE) {
      return variable(text.substring(1), actual, bound, next);
    }
    boolean same =
        switch (text) {
          case "?" -> true;
          case "?number" -> actual.isNumber();
          case "?string" -> actual.kind() == Node.Kind.STRING;
          case "?list" -> !actual.isLeaf();
          default -> word(text, actual);
        };
    return same && next.test(bound);
  }

  private static boolean variable(
      String name, Node actual, Map<String, Node> bound, Predicate<Map<String, Node>> next) {
    Node value = bound.get(name);
    if (value != null) {
      boolean same = value.isLeaf() ? actual.isLeaf() && same(value, actual) : value.equals(actual);
      return same && next.test(bound);
    }
    var more = new HashMap<String, Node>(bound);
    more.put(name, actual);
    return next.test(more);
  }

  private static boolean same(Node value, Node actual) {
    return value.text().equals(actual.text()) && value.isAtom("NIL") == actual.isAtom("NIL");
  }

  /** A word of the script stands for an atom in any case, and for a string with that content. */
  private static boolean word(String text, Node actual) {
    if (text.length() > 1 && text.indexOf('|') > 0) {
      int bar = text.indexOf('|');
      return word(text.substring(0, bar), actual) || word(text.substring(bar + 1), actual);
    }
    return switch (actual.kind()) {
      case ATOM -> text.equalsIgnoreCase(actual.text()) || NumberSet.same(text, actual.text());
      case STRING -> text.equals(actual.text()) && !text.equalsIgnoreCase("NIL");
      default -> false;
    };
  }

  private static <T> List<T> rest(List<T> list) {
    return list.subList(1, list.size());
  }
}
