// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import dev.mailbox.testkit.protocol.Script.Line;
import dev.mailbox.testkit.protocol.Script.Mark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The untagged IMAP replies that are to come together. Each that must come does so once, in any
 * order; others may not, but for what is for people, and RECENT, which newer servers leave out.
 */
final class Group {
  private static final String EXPUNGED = "expunged";
  private static final Set<String> UNASKED = Set.of("FLAGS", "UID", "MODSEQ");

  private final List<List<Node>> must = new ArrayList<>();
  private final List<List<Node>> may = new ArrayList<>();
  private final List<List<Node>> never = new ArrayList<>();
  private final List<List<Node>> came = new ArrayList<>();
  private final boolean talkative;
  private boolean others;

  /**
   * @param talkative whether flags may be told at any time (RFC 3501, 7)
   */
  Group(List<Line> lines, boolean talkative, Function<String, List<Node>> parse) {
    this.talkative = talkative;
    for (Line line : lines) {
      switch (line.mark()) {
        case MUST -> must.add(parse.apply(line.text()));
        case MAY -> may.add(parse.apply(line.text()));
        case NEVER -> never.add(parse.apply(line.text()));
        default -> others = true;
      }
    }
  }

  static boolean isData(Line line) {
    return line.mark() != Mark.MUST
        || line.text().startsWith("*")
        || line.text().startsWith(EXPUNGED);
  }

  void add(List<Node> reply) {
    came.add(reply);
  }

  /**
   * What is bound when all that came is as expected, and {@code end} as {@code last}; otherwise
   * what is wrong.
   */
  Result match(Map<String, Node> bound, List<Node> last, List<Node> end) {
    List<List<Node>> told = told();
    var result = new HashMap<String, Node>();
    Predicate<Map<String, Node>> keep =
        b -> {
          result.putAll(b);
          return true;
        };
    boolean matches = each(must, told, bound, b -> ReplyMatcher.lines(last, end, b, keep));
    return new Result(result, matches ? "" : explain(told, bound));
  }

  /** As {@link #match}, of what has no end yet. */
  Result match(Map<String, Node> bound) {
    return match(bound, List.of(), List.of());
  }

  /** The names bound, and what is wrong or nothing. */
  record Result(Map<String, Node> bound, String wrong) {
    boolean isGood() {
      return wrong.isEmpty();
    }
  }

  private boolean each(
      List<List<Node>> wanted,
      List<List<Node>> told,
      Map<String, Node> bound,
      Predicate<Map<String, Node>> next) {
    if (wanted.isEmpty()) {
      return told.stream().allMatch(line -> isAllowed(line, bound)) && next.test(bound);
    }
    List<List<Node>> rest = wanted.subList(1, wanted.size());
    for (int i = 0; i < told.size(); i++) {
      var remaining = new ArrayList<List<Node>>(told);
      List<Node> one = remaining.remove(i);
      if (ReplyMatcher.lines(wanted.get(0), one, bound, b -> each(rest, remaining, b, next))) {
        return true;
      }
    }
    return false;
  }

  private boolean isAllowed(List<Node> line, Map<String, Node> bound) {
    if (matchesAny(never, line, bound)) {
      return false;
    }
    return others
        || isForPeople(line)
        || (talkative && isNewsOfFlags(line))
        || matchesAny(may, line, bound);
  }

  private static boolean isNewsOfFlags(List<Node> line) {
    return line.size() == 4
        && line.get(2).isAtom("FETCH")
        && line.get(3).nodes().stream()
            .allMatch(
                item -> UNASKED.contains(item.nodes().get(0).text().toUpperCase(Locale.ROOT)));
  }

  private static boolean isForPeople(List<Node> line) {
    return line.size() > 1
        && ((ReplyParser.isState(line.get(1)) && !line.get(1).isAtom("BYE"))
            || line.get(1).isAtom("CAPABILITY")
            || (line.size() == 3 && line.get(2).isAtom("RECENT")));
  }

  private static boolean matchesAny(
      List<List<Node>> patterns, List<Node> line, Map<String, Node> bound) {
    return patterns.stream().anyMatch(p -> ReplyMatcher.lines(p, line, bound, b -> true));
  }

  /** What came, with the messages that went as one line when the script speaks of them so. */
  private List<List<Node>> told() {
    if (must.stream().noneMatch(line -> line.get(0).isAtom(EXPUNGED))) {
      return came;
    }
    var told = new ArrayList<List<Node>>();
    var numbers = new ArrayList<Long>();
    for (List<Node> line : came) {
      if (line.size() == 3 && line.get(2).isAtom("EXPUNGE")) {
        numbers.add(Long.parseLong(line.get(1).text()));
      } else {
        told.add(line);
      }
    }
    if (!numbers.isEmpty()) {
      List<String> places = NumberSet.removed(numbers).stream().map(String::valueOf).toList();
      told.add(List.of(Node.atom(EXPUNGED), Node.atom(String.join(",", places))));
    }
    return told;
  }

  private String explain(List<List<Node>> told, Map<String, Node> bound) {
    List<List<Node>> missing =
        must.stream()
            .filter(w -> told.stream().noneMatch(t -> ReplyMatcher.lines(w, t, bound, b -> true)))
            .toList();
    List<List<Node>> surplus =
        told.stream().filter(t -> !isAllowed(t, bound) && !matchesAny(must, t, bound)).toList();
    String text =
        (missing.isEmpty() ? "" : "missing " + ScriptRun.lines(missing) + " ")
            + (surplus.isEmpty() ? "" : "unexpected " + ScriptRun.lines(surplus) + " ");
    return text.isEmpty() ? "the lines do not match together or not as often" : text;
  }
}
