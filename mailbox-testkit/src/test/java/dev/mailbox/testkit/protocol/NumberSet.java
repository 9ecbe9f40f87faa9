// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sets of numbers as {@code 1:3,7}, in the order in which they are told. */
final class NumberSet {
  private static final Pattern SET = Pattern.compile("[0-9]+(:[0-9]+)?(,[0-9]+(:[0-9]+)?)*");
  private static final Pattern COMMA = Pattern.compile(",");
  private static final int MOST = 100_000;

  private NumberSet() {}

  static boolean same(String one, String other) {
    return SET.matcher(one).matches()
        && SET.matcher(other).matches()
        && numbers(one).equals(numbers(other));
  }

  /** The place of each message before the first of these was removed, sorted. */
  static List<Long> removed(List<Long> told) {
    var removed = new ArrayList<Long>();
    for (long number : told) {
      long place = number;
      for (long earlier : removed.stream().sorted().toList()) {
        place += earlier <= place ? 1 : 0;
      }
      removed.add(place);
    }
    return removed.stream().sorted().toList();
  }

  private static List<Long> numbers(String set) {
    var numbers = new ArrayList<Long>();
    COMMA.splitAsStream(set).forEach(range -> addRange(range, numbers));
    return numbers;
  }

  private static void addRange(String range, List<Long> numbers) {
    int colon = range.indexOf(':');
    long first = Long.parseLong(colon < 0 ? range : range.substring(0, colon));
    long last = Long.parseLong(range.substring(colon + 1));
    int step = first <= last ? 1 : -1;
    for (long each = first; each != last && numbers.size() < MOST; each += step) {
      numbers.add(each);
    }
    numbers.add(last);
  }
}
