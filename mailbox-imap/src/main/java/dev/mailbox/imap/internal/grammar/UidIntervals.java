// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.util.Arrays;

/**
 * Collects intervals of UIDs in any order. Those that come in order, up or down, cost constant
 * time; it holds about twice as many as there are different ones at most. Not thread-safe.
 */
final class UidIntervals {
  private int[] bounds = new int[16];
  private int length;
  private boolean sorted = true;
  private int sorts;

  /** Adds an interval of UIDs, whose bounds are in order. */
  void add(long first, long last) {
    if (!joinsLatest(first, last)) {
      append(first, last);
    }
  }

  /** How many it holds; some may overlap. */
  int count() {
    return length / 2;
  }

  /** The set of what was added so far. */
  UidSet toSet() {
    sort();
    return UidSet.ofBounds(Arrays.copyOf(bounds, length));
  }

  /** How often what came had to be sorted. */
  int sorts() {
    return sorts;
  }

  /** Whether the interval overlaps or touches the latest one, which then takes it in. */
  private boolean joinsLatest(long first, long last) {
    if (length == 0) {
      return false;
    }
    long latestFirst = first(length - 2);
    long latestLast = last(length - 2);
    if (first > latestLast + 1 || last + 1 < latestFirst) {
      return false;
    }
    if (first < latestFirst) {
      bounds[length - 2] = (int) first;
      // It may now overlap or touch the one before.
      sorted &= length == 2 || first > last(length - 4) + 1;
    }
    bounds[length - 1] = (int) Math.max(last, latestLast);
    return true;
  }

  private void append(long first, long last) {
    if (length == bounds.length) {
      makeRoom();
    }
    // Above the latest means not next to it: it would have joined.
    sorted &= length == 0 || first > last(length - 2);
    bounds[length++] = (int) first;
    bounds[length++] = (int) last;
  }

  /** Doubles the array only if at least half of it is needed when all is sorted and merged. */
  private void makeRoom() {
    sort();
    if (length > bounds.length / 2) {
      bounds = Arrays.copyOf(bounds, Math.multiplyExact(bounds.length, 2));
    }
  }

  private void sort() {
    if (sorted) {
      return;
    }
    long[] intervals = new long[length / 2];
    for (int i = 0; i < intervals.length; i++) {
      // The first bound in the upper half, with its highest bit turned, so that signed order is it.
      long upper = Integer.toUnsignedLong(bounds[2 * i] ^ Integer.MIN_VALUE);
      intervals[i] = upper << 32 | Integer.toUnsignedLong(bounds[2 * i + 1]);
    }
    Arrays.sort(intervals);
    length = 0;
    sorted = true;
    sorts++;
    for (long interval : intervals) {
      long first = Integer.toUnsignedLong((int) (interval >>> 32) ^ Integer.MIN_VALUE);
      add(first, Integer.toUnsignedLong((int) interval));
    }
  }

  private long first(int index) {
    return Integer.toUnsignedLong(bounds[index]);
  }

  private long last(int index) {
    return Integer.toUnsignedLong(bounds[index + 1]);
  }
}
