// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.mime.BaseSubject;
import dev.mailbox.testkit.internal.mime.MailHeader;
import dev.mailbox.testkit.internal.mime.SearchText;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages as conversations (RFC 5256, section 3: ORDEREDSUBJECT and REFERENCES). */
final class ThreadTree {
  private static final Pattern ID = Pattern.compile("<[^<>\\s]+>");

  private final FolderView view;
  private final List<Node> roots = new ArrayList<>();
  private final Map<Integer, Instant> sent = new HashMap<>();

  /** A message, or the place of one that is not here. */
  private static final class Node {
    private final int number;
    private final List<Node> children = new ArrayList<>();
    private @Nullable Node parent;

    Node(int number) {
      this.number = number;
    }

    boolean isPlace() {
      return number == 0;
    }

    boolean isBelow(Node other) {
      for (Node node = this; node != null; node = node.parent) {
        if (node == other) {
          return true;
        }
      }
      return false;
    }

    void add(Node child) {
      child.leave();
      child.parent = this;
      children.add(child);
    }

    /** Puts what is below it in its place. */
    void giveWay() {
      Node above = parent;
      if (above != null) {
        int at = above.children.indexOf(this);
        above.children.remove(at);
        above.children.addAll(at, children);
        children.forEach(child -> child.parent = above);
        children.clear();
        parent = null;
      }
    }

    void leave() {
      if (parent != null) {
        parent.children.remove(this);
        parent = null;
      }
    }
  }

  private ThreadTree(FolderView view) {
    this.view = view;
  }

  /** The first message of each subject, with all others that have it below it. */
  static ThreadTree bySubject(FolderView view, List<Integer> numbers) {
    var tree = new ThreadTree(view);
    List<Integer> sorted = new ArrayList<>(numbers);
    sorted.sort(Comparator.comparing((Integer n) -> tree.sent(n)).thenComparing(n -> n));
    Map<String, Node> first = new LinkedHashMap<>();
    for (int number : sorted) {
      String subject = tree.subject(number).text();
      Node known = first.get(subject);
      if (known == null) {
        first.put(subject, new Node(number));
      } else {
        known.add(new Node(number));
      }
    }
    tree.roots.addAll(first.values());
    return tree;
  }

  /** By References and In-Reply-To, then by subject unless the server goes by references only. */
  static ThreadTree byReferences(FolderView view, List<Integer> numbers, boolean only) {
    var tree = new ThreadTree(view);
    tree.link(numbers);
    List<Node> pruned = new ArrayList<>();
    tree.roots.forEach(root -> pruned.addAll(pruned(root)));
    tree.roots.clear();
    tree.roots.addAll(pruned);
    if (!only) {
      tree.mergeBySubject();
    }
    tree.sort(tree.roots);
    return tree;
  }

  /** As THREAD tells it. */
  String print(IntToLongFunction name) {
    var text = new StringBuilder();
    for (Node root : roots) {
      text.append('(');
      print(root, name, text);
      text.append(')');
    }
    return text.toString();
  }

  /** What is still to be printed lies on a stack, because a chain may be long. */
  private static void print(Node top, IntToLongFunction name, StringBuilder text) {
    Deque<Object> todo = new ArrayDeque<>(List.of(top));
    while (!todo.isEmpty()) {
      Object next = todo.pop();
      if (!(next instanceof Node node)) {
        text.append(next);
        continue;
      }
      if (!node.isPlace()) {
        text.append(name.applyAsLong(node.number));
        text.append(node.children.isEmpty() ? "" : " ");
      }
      boolean chain = node.children.size() == 1 && !node.isPlace();
      for (int i = node.children.size() - 1; i >= 0; i--) {
        todo.push(chain ? "" : ")");
        todo.push(node.children.get(i));
        todo.push(chain ? "" : "(");
      }
    }
  }

  private void link(List<Integer> numbers) {
    Map<String, Node> byId = new LinkedHashMap<>();
    for (int number : numbers) {
      MailHeader header = MailHeader.of(view.at(number).message().source());
      List<String> own = ids(header.first("Message-ID"));
      Node node = new Node(number);
      String id = own.isEmpty() ? "none-" + number : own.get(0);
      Node place = byId.get(id);
      if (place != null && !place.isPlace()) {
        id = "again-" + number;
      } else if (place != null) {
        replace(place, node);
      }
      byId.put(id, node);
      Node above = null;
      for (String reference : references(header)) {
        Node each = byId.computeIfAbsent(reference, r -> new Node(0));
        if (above != null && each.parent == null && !above.isBelow(each)) {
          above.add(each);
        }
        above = each;
      }
      node.leave();
      if (above != null && !above.isBelow(node)) {
        above.add(node);
      }
    }
    byId.values().stream().filter(n -> n.parent == null).forEach(roots::add);
  }

  private static void replace(Node place, Node node) {
    List.copyOf(place.children).forEach(node::add);
    Node parent = place.parent;
    if (parent != null) {
      place.leave();
      parent.add(node);
    }
  }

  /** Leaves out places of messages that are not here, but for one that holds several together. */
  private static List<Node> pruned(Node root) {
    List<Node> order = downwards(List.of(root));
    for (int i = order.size() - 1; i > 0; i--) {
      Node node = order.get(i);
      if (node.isPlace()) {
        node.giveWay();
      }
    }
    if (!root.isPlace() || root.children.size() > 1) {
      return List.of(root);
    }
    List<Node> below = List.copyOf(root.children);
    below.forEach(Node::leave);
    return below;
  }

  /** These and all below them, each before those below it. */
  private static List<Node> downwards(List<Node> tops) {
    List<Node> order = new ArrayList<>(tops);
    for (int i = 0; i < order.size(); i++) {
      order.addAll(order.get(i).children);
    }
    return order;
  }

  private void mergeBySubject() {
    Map<String, Node> bySubject = new HashMap<>();
    for (Node root : List.copyOf(roots)) {
      BaseSubject subject = subject(first(root));
      Node other = subject.text().isEmpty() ? root : bySubject.get(subject.text());
      if (other == null) {
        bySubject.put(subject.text(), root);
      } else if (other != root) {
        Node merged = merged(other, root, subject.isReply());
        bySubject.put(subject.text(), merged);
      }
    }
  }

  private Node merged(Node one, Node other, boolean otherReplies) {
    roots.remove(other);
    if (one.isPlace() && other.isPlace()) {
      List.copyOf(other.children).forEach(one::add);
      return one;
    }
    boolean oneReplies = !one.isPlace() && subject(one.number).isReply();
    if (one.isPlace() || (otherReplies && !oneReplies)) {
      one.add(other);
      return one;
    }
    roots.remove(one);
    if (other.isPlace() || (oneReplies && !otherReplies)) {
      other.add(one);
      roots.add(other);
      return other;
    }
    var place = new Node(0);
    place.add(one);
    place.add(other);
    roots.add(place);
    return place;
  }

  private void sort(List<Node> nodes) {
    List<Node> order = downwards(nodes);
    for (int i = order.size() - 1; i >= 0; i--) {
      order.get(i).children.sort(bySentDate());
    }
    nodes.sort(bySentDate());
  }

  private Comparator<Node> bySentDate() {
    return Comparator.comparing((Node node) -> sent(first(node)))
        .thenComparing(node -> first(node));
  }

  /** The message itself, or the first below a place. */
  private static int first(Node node) {
    return node.isPlace() ? first(node.children.get(0)) : node.number;
  }

  private static List<String> references(MailHeader header) {
    List<String> references = ids(header.first("References"));
    List<String> replied = ids(header.first("In-Reply-To"));
    return !references.isEmpty() || replied.isEmpty() ? references : List.of(replied.get(0));
  }

  private static List<String> ids(String field) {
    List<String> ids = new ArrayList<>();
    Matcher id = ID.matcher(field);
    while (id.find()) {
      ids.add(id.group());
    }
    return ids;
  }

  private Instant sent(int number) {
    return sent.computeIfAbsent(number, n -> SortCommand.sent(view.at(n)));
  }

  private BaseSubject subject(int number) {
    String field = MailHeader.of(view.at(number).message().source()).first("Subject");
    return BaseSubject.of(SearchText.ofField(field));
  }
}
