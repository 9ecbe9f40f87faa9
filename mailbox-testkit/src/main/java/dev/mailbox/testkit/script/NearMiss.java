// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.script;

import dev.mailbox.testkit.script.Step.Hear;
import java.util.List;
import java.util.stream.IntStream;

/** Says how what a client said differs from what was expected, and where else it would have fit. */
final class NearMiss {
  private static final int LONGEST = 150;
  private static final int BEFORE = 60;

  private final List<Step> steps;
  private final int index;
  private final String said;
  private final String shown;
  private final ClientLine expected;

  /**
   * At a step.
   *
   * @param shown what was said, without secrets and with escapes
   */
  NearMiss(List<Step> steps, int index, String said, String shown) {
    this.steps = steps;
    this.index = index;
    this.said = said;
    this.shown = shown;
    this.expected = ((Hear) steps.get(index)).what();
  }

  @Override
  public String toString() {
    String wanted = expected.shown(said);
    int at = expected.agreement(said);
    // Escapes and what is hidden move the rest of the line.
    boolean isPlain = shown.equals(said);
    int from = isPlain && at > LONGEST - BEFORE ? at - BEFORE : 0;
    return "the client said something else\n    expected: "
        + window(wanted, from)
        + "\n     but was: "
        + window(shown, from)
        + (isPlain ? "\n              " + " ".repeat(at - from + (from > 0 ? 3 : 0)) + "^" : "")
        + kind(wanted)
        + elsewhere();
  }

  private String kind(String wanted) {
    return wanted.equalsIgnoreCase(shown) ? "\n  Only the case differs." : "";
  }

  private String elsewhere() {
    int later = find(IntStream.range(index + 1, steps.size()));
    if (later >= 0) {
      long skipped = commands(index, later);
      return "\n  It fits line "
          + steps.get(later).line()
          + ", "
          + (skipped == 1 ? "the next command" : skipped + " commands further on")
          + ": one was left out, or they come in another order.";
    }
    int earlier = find(IntStream.iterate(index - 1, i -> i >= 0, i -> i - 1));
    return earlier < 0
        ? ""
        : "\n  It fits line "
            + steps.get(earlier).line()
            + ", which was said before: it is said twice, or they come in another order.";
  }

  private int find(IntStream where) {
    return where
        .filter(i -> steps.get(i) instanceof Hear hear && isTelling(hear) && fits(hear))
        .findFirst()
        .orElse(-1);
  }

  private boolean fits(Hear hear) {
    return hear.what().matches(said);
  }

  /** Not one that anything would fit. */
  private static boolean isTelling(Hear hear) {
    return hear.command() >= 0;
  }

  private long commands(int from, int to) {
    return IntStream.rangeClosed(from + 1, to)
        .filter(i -> steps.get(i) instanceof Hear hear && hear.command() >= 0)
        .count();
  }

  private static String window(String text, int from) {
    String rest = text.substring(Math.min(from, text.length()));
    String cut = rest.length() > LONGEST ? rest.substring(0, LONGEST) + "..." : rest;
    return from > 0 ? "..." + cut : cut;
  }
}
