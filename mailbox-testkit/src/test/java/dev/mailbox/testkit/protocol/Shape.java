// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Knows in which parts of a reply the order, or the case of letters, says nothing. */
final class Shape {
  private Shape() {}

  static List<Node> of(List<Node> line) {
    if (line.size() < 2 || line.get(0).isAtom("+")) {
      return line;
    }
    var shaped = new ArrayList<Node>(line);
    shaped.replaceAll(node -> node.kind() == Node.Kind.CODE ? Node.code(code(node.nodes())) : node);
    return line.get(1).text().matches("[0-9]+|[$?\u0001].*") ? numbered(shaped) : named(shaped);
  }

  private static List<Node> numbered(List<Node> line) {
    if (line.size() == 4 && line.get(2).isAtom("FETCH")) {
      line.set(3, pairs(line.get(3)));
    }
    return line;
  }

  private static List<Node> named(List<Node> line) {
    switch (line.get(1).text().toUpperCase(Locale.ROOT)) {
      case "FLAGS", "LIST", "LSUB" -> replace(line, 2, Shape::bag);
      case "STATUS" -> replace(line, 3, Shape::pairs);
      case "ID" -> replace(line, 2, Shape::pairs);
      case "SEARCH", "CAPABILITY", "ENABLED" -> tail(line, 2, 1);
      case "ESEARCH" -> tail(line, startOfResults(line), 2);
      case "QUOTA" -> replace(line, 3, list -> grouped(list, 3));
      default -> {}
    }
    return line;
  }

  private static List<Node> code(List<Node> code) {
    var shaped = new ArrayList<Node>(code);
    String name = code.isEmpty() ? "" : code.get(0).text().toUpperCase(Locale.ROOT);
    if (name.equals("PERMANENTFLAGS")) {
      replace(shaped, 1, Shape::bag);
    } else if (name.equals("CAPABILITY")) {
      tail(shaped, 1, 1);
    }
    return shaped;
  }

  private static int startOfResults(List<Node> line) {
    int start = 2;
    if (start < line.size() && line.get(start).kind() == Node.Kind.LIST) {
      start++;
    }
    return start < line.size() && line.get(start).isAtom("UID") ? start + 1 : start;
  }

  private static void replace(List<Node> line, int index, UnaryOperator<Node> by) {
    if (index < line.size() && line.get(index).kind() == Node.Kind.LIST) {
      line.set(index, by.apply(line.get(index)));
    }
  }

  private static void tail(List<Node> line, int from, int size) {
    List<Node> tail = line.subList(Math.min(from, line.size()), line.size());
    Node bag = grouped(Node.list(tail), size);
    tail.clear();
    line.add(bag);
  }

  private static Node bag(Node list) {
    return Node.bag(list.nodes());
  }

  private static Node pairs(Node list) {
    return grouped(list, 2);
  }

  private static Node grouped(Node list, int size) {
    if (list.kind() != Node.Kind.LIST) {
      return list;
    }
    var groups = new ArrayList<Node>();
    for (int at = 0; at < list.nodes().size(); ) {
      boolean alone = size == 1 || list.nodes().get(at).isAtom(ReplyMatcher.MORE);
      int end = Math.min(list.nodes().size(), alone ? at + 1 : at + size);
      List<Node> group = list.nodes().subList(at, end);
      groups.add(alone ? group.get(0) : Node.list(value(group)));
      at = end;
    }
    return Node.bag(groups);
  }

  private static List<Node> value(List<Node> pair) {
    if (pair.size() != 2 || pair.get(1).isLeaf()) {
      return pair;
    }
    Node key = pair.get(0);
    if (key.isAtom("FLAGS") || key.isAtom("X-GM-LABELS")) {
      return List.of(key, bag(pair.get(1)));
    }
    boolean structure = key.isAtom("BODY") || key.isAtom("BODYSTRUCTURE");
    return structure ? List.of(key, pair.get(1).lowerCase()) : pair;
  }
}
