// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Numbers of messages as a command names them, where {@code *} is the last. */
final class SequenceSet {
  private static final Pattern SYNTAX =
      Pattern.compile("([1-9][0-9]{0,9}|\\*)(:([1-9][0-9]{0,9}|\\*))?");
  private static final long LAST = -1;
  private static final long MOST = 4_294_967_295L;

  private final List<long[]> ranges = new ArrayList<>();

  private final boolean saved;

  private SequenceSet(boolean saved) {
    this.saved = saved;
  }

  static boolean looksLike(String text) {
    return text.equals("$") || text.matches("[0-9*][0-9*:,]*");
  }

  static SequenceSet parse(String text) throws Refusal {
    var set = new SequenceSet(text.equals("$"));
    if (set.saved) {
      return set;
    }
    for (String range : text.split(",", -1)) {
      if (!SYNTAX.matcher(range).matches()) {
        throw Refusal.violation("no set of numbers: " + text);
      }
      String[] ends = range.split(":", -1);
      set.ranges.add(new long[] {number(ends[0]), number(ends[ends.length - 1])});
    }
    return set;
  }

  /** Whether it is {@code $}, the result of the last search (RFC 5182). */
  boolean isSaved() {
    return saved;
  }

  /** Whether it depends on what is there, by {@code *} or {@code $}. */
  boolean isOpen() {
    return saved || ranges.stream().anyMatch(r -> r[0] == LAST || r[1] == LAST);
  }

  /** How many numbers its ranges have, which must not be open. */
  long count() {
    return ranges.stream().mapToLong(r -> Math.abs(r[1] - r[0]) + 1).sum();
  }

  boolean contains(long number, long last) {
    for (long[] range : ranges) {
      long a = value(range[0], last);
      long b = value(range[1], last);
      if (number >= Math.min(a, b) && number <= Math.max(a, b)) {
        return true;
      }
    }
    return false;
  }

  /** What is done with a range, from its least number to its greatest. */
  interface Range {
    void accept(long from, long to);
  }

  void forEachRange(long last, Range action) {
    for (long[] range : ranges) {
      long a = value(range[0], last);
      long b = value(range[1], last);
      action.accept(Math.min(a, b), Math.max(a, b));
    }
  }

  long highest(long last) {
    return ranges.stream()
        .mapToLong(r -> Math.max(value(r[0], last), value(r[1], last)))
        .max()
        .orElse(0);
  }

  /** The set as it is sent, of numbers in ascending order. */
  static String format(List<Long> numbers) {
    var text = new StringBuilder();
    for (int i = 0; i < numbers.size(); ) {
      int end = i;
      while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
        end++;
      }
      text.append(text.isEmpty() ? "" : ",").append(numbers.get(i));
      if (end > i) {
        text.append(':').append(numbers.get(end));
      }
      i = end + 1;
    }
    return text.toString();
  }

  private static long number(String text) throws Refusal {
    long number = text.equals("*") ? LAST : Long.parseLong(text);
    if (number > MOST) {
      throw Refusal.violation("no number of a message: " + text);
    }
    return number;
  }

  private static long value(long end, long last) {
    return end == LAST ? last : end;
  }
}
