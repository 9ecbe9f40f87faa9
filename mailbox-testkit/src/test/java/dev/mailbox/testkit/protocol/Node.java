// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A part of a reply. Texts have one char for each byte. */
record Node(Kind kind, String text, List<Node> nodes) {

  /** What a part is. The order within a bag says nothing. */
  enum Kind {
    ATOM,
    STRING,
    LIST,
    BAG,
    CODE
  }

  static Node atom(String text) {
    return new Node(Kind.ATOM, text, List.of());
  }

  static Node string(String text) {
    return new Node(Kind.STRING, text, List.of());
  }

  static Node list(List<Node> nodes) {
    return new Node(Kind.LIST, "", List.copyOf(nodes));
  }

  static Node bag(List<Node> nodes) {
    return new Node(Kind.BAG, "", List.copyOf(nodes));
  }

  static Node code(List<Node> nodes) {
    return new Node(Kind.CODE, "", List.copyOf(nodes));
  }

  boolean isAtom(String word) {
    return kind == Kind.ATOM && text.equalsIgnoreCase(word);
  }

  boolean isLeaf() {
    return kind == Kind.ATOM || kind == Kind.STRING;
  }

  boolean isNumber() {
    return kind == Kind.ATOM && text.matches("[0-9]+");
  }

  Node lowerCase() {
    return new Node(
        kind, text.toLowerCase(Locale.ROOT), nodes.stream().map(Node::lowerCase).toList());
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ATOM -> text;
      case STRING -> '"' + text + '"';
      case CODE -> nodes.stream().map(Node::toString).collect(Collectors.joining(" ", "[", "]"));
      default -> nodes.stream().map(Node::toString).collect(Collectors.joining(" ", "(", ")"));
    };
  }
}
