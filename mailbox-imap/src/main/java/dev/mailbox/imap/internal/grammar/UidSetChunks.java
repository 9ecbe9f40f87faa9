// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Cuts a set into pieces that are small and have a short wire form. */
final class UidSetChunks implements Iterator<UidSet> {
  /** {@code 4294967294:4294967295}. */
  static final int LONGEST_RANGE = 21;

  private final UidSet set;
  private final int mostUids;
  private final int mostChars;
  private int range;
  private long from;

  UidSetChunks(UidSet set, int mostUids, int mostChars) {
    this.set = set;
    this.mostUids = mostUids;
    this.mostChars = mostChars;
    this.from = set.isEmpty() ? 0 : set.min();
  }

  @Override
  public boolean hasNext() {
    return range < set.ranges();
  }

  @Override
  public UidSet next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more pieces");
    }
    UidSet.Builder piece = UidSet.builder();
    long uids = 0;
    long chars = 0;
    while (hasNext() && uids < mostUids) {
      long last = Math.min(set.last(range), from + (mostUids - uids) - 1);
      chars += (chars == 0 ? 0 : 1) + chars(from, last);
      if (chars > mostChars) {
        break;
      }
      piece.addRange(from, last);
      uids += last - from + 1;
      goBehind(last);
    }
    return piece.build();
  }

  private void goBehind(long last) {
    if (last < set.last(range)) {
      from = last + 1;
    } else if (++range < set.ranges()) {
      from = set.first(range);
    }
  }

  private static int chars(long first, long last) {
    return first == last ? digits(first) : digits(first) + 1 + digits(last);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }
}
