// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which UID a message had, and which its copy got (COPYUID, RFC 4315 section 3). The two sets are
 * read side by side, and never further than a command can have asked for.
 *
 * @param uidValidity the target's, or 0 if nothing was told
 * @param byOldUid the new UIDs
 */
public record UidPairs(long uidValidity, Map<Long, Long> byOldUid) {
  /** Nothing was told. */
  public static final UidPairs NONE = new UidPairs(0, Map.of());

  private static final int MOST = 10_000;

  /** Copies the map. */
  public UidPairs {
    byOldUid = Map.copyOf(byOldUid);
  }

  /** Reads the argument of the code; what cannot be read tells nothing. */
  public static UidPairs parse(String argument) {
    String[] words = argument.strip().split(" +", -1);
    if (words.length != 3) {
      return NONE;
    }
    try {
      Numbers old = new Numbers(words[1]);
      Numbers copies = new Numbers(words[2]);
      Map<Long, Long> pairs = new LinkedHashMap<>();
      while (old.hasNext() && copies.hasNext() && pairs.size() < MOST) {
        pairs.put(old.next(), copies.next());
      }
      return old.hasNext() || copies.hasNext()
          ? NONE
          : new UidPairs(Numbers.parse(words[0]), pairs);
    } catch (IllegalArgumentException e) {
      return NONE;
    }
  }

  /** These and those. */
  public UidPairs and(UidPairs others) {
    if (others.byOldUid.isEmpty() || (uidValidity != 0 && others.uidValidity != uidValidity)) {
      return this;
    }
    Map<Long, Long> all = new LinkedHashMap<>(byOldUid);
    all.putAll(others.byOldUid);
    if (all.size() > MOST) {
      return this;
    }
    return new UidPairs(others.uidValidity, all);
  }

  /** The numbers of a set, one after the other, in the order in which it is written. */
  private static final class Numbers {
    private final String[] ranges;
    private int range = -1;
    private long next;
    private long last;
    private long step = 1;

    Numbers(String set) {
      ranges = set.split(",", -1);
      advance();
    }

    boolean hasNext() {
      return range < ranges.length;
    }

    long next() {
      long value = next;
      if (value == last) {
        advance();
      } else {
        next += step;
      }
      return value;
    }

    private void advance() {
      range++;
      if (range < ranges.length) {
        String[] bounds = ranges[range].split(":", -1);
        next = parse(bounds[0]);
        last = parse(bounds[bounds.length - 1]);
        step = next <= last ? 1 : -1;
        if (bounds.length > 2) {
          throw new IllegalArgumentException("not a range");
        }
      }
    }

    static long parse(String digits) {
      if (!digits.matches("[1-9][0-9]{0,9}") || Long.parseLong(digits) > 0xffff_ffffL) {
        throw new IllegalArgumentException("not a UID");
      }
      return Long.parseLong(digits);
    }
  }
}
