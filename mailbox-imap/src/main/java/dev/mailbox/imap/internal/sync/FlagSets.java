// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.Flag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The sets of flags that the messages of a folder have, each once: there are few, however many
 * messages. A set is known by its number. For one thread.
 */
final class FlagSets {
  /** What a set stands for. */
  record FlagSet(Set<Flag> flags, boolean deleted) {}

  /** Beyond so many different texts a server is making them up; then they are read anew. */
  private static final int MOST_TEXTS = 10_000;

  private static final int MOST_SETS = 50_000;
  private static final int MOST_FLAGS = 200_000;
  private static final int MOST_CHARS = 4_000_000;

  private final Map<String, Integer> byText = new HashMap<>();
  private final Map<FlagSet, Integer> numbers = new HashMap<>();
  private final List<FlagSet> sets = new ArrayList<>();
  private int count;
  private long chars;

  /** The number of the set that a server writes so. */
  int number(String text) {
    Integer known = byText.get(text);
    if (known != null) {
      return known;
    }
    int number = number(parse(text));
    if (byText.size() < MOST_TEXTS && chars < MOST_CHARS) {
      chars += text.length();
      byText.put(text, number);
    }
    return number;
  }

  /** The number of that set. */
  int number(Set<Flag> flags) {
    return number(new FlagSet(Set.copyOf(flags), false));
  }

  private int number(FlagSet set) {
    return numbers.computeIfAbsent(
        set,
        s -> {
          sets.add(s);
          count += s.flags().size();
          s.flags().forEach(flag -> chars += flag.name().length());
          return sets.size() - 1;
        });
  }

  /** Whether there are more than any folder has, so that a server is making them up. */
  boolean areTooMany() {
    return sets.size() > MOST_SETS || count > MOST_FLAGS || chars > 2 * MOST_CHARS;
  }

  /** The set of that number. */
  FlagSet get(int number) {
    return sets.get(number);
  }

  /** Whether a message that has these is marked as deleted. */
  static boolean areDeleted(String text) {
    return parse(text).deleted();
  }

  /** What is no flag that an application can set is left out. */
  private static FlagSet parse(String text) {
    Set<Flag> flags = new HashSet<>();
    boolean deleted = false;
    for (String word : text.strip().split(" +", -1)) {
      String name = word.toLowerCase(Locale.ROOT);
      if (name.equals("\\deleted")) {
        deleted = true;
      } else if (!name.isEmpty() && !name.equals("\\recent")) {
        add(flags, word);
      }
    }
    return new FlagSet(Set.copyOf(flags), deleted);
  }

  private static void add(Set<Flag> flags, String word) {
    try {
      flags.add(new Flag(word));
    } catch (IllegalArgumentException e) {
      // A flag of the server's own, or one that it should not have.
    }
  }
}
