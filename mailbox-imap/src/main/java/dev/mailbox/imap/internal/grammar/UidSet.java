// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongConsumer;

/**
 * A set of UIDs: numbers from 1 to 4294967295 (RFC 9051 section 2.3.1.1). Immutable.
 *
 * <p>It is kept as its intervals, eight bytes for each, and never expanded: {@code 1:4294967295} is
 * as small as {@code 1}. Making one of others takes time in proportion to their intervals.
 */
public final class UidSet {
  /** The largest UID that there can be. */
  public static final long LARGEST = 0xffff_ffffL;

  /** The most elements that {@link #parse} reads. */
  public static final int MOST_RANGES = 1_000_000;

  private static final UidSet EMPTY = new UidSet(new int[0], 0);

  /** First and last UID of each interval in turn, unsigned; sorted, and with gaps between. */
  private final int[] bounds;

  private final long size;

  private UidSet(int[] bounds, long size) {
    this.bounds = bounds;
    this.size = size;
  }

  /** Takes bounds that are sorted and have gaps between them; the array is kept. */
  static UidSet ofBounds(int[] bounds) {
    long size = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      size += Integer.toUnsignedLong(bounds[i + 1]) - Integer.toUnsignedLong(bounds[i]) + 1;
    }
    return bounds.length == 0 ? EMPTY : new UidSet(bounds, size);
  }

  /** The empty set, which has no wire form. */
  public static UidSet empty() {
    return EMPTY;
  }

  /**
   * The set of these UIDs, in any order.
   *
   * @throws IllegalArgumentException if one is not a UID
   */
  public static UidSet of(long... uids) {
    Builder builder = builder();
    for (long uid : uids) {
      builder.add(uid);
    }
    return builder.build();
  }

  /**
   * All from the one to the other; which one is smaller does not matter.
   *
   * @throws IllegalArgumentException if one is not a UID
   */
  public static UidSet range(long oneEnd, long otherEnd) {
    return builder().addRange(oneEnd, otherEnd).build();
  }

  /**
   * Reads a sequence set as servers write it (RFC 9051 section 9): without {@code *}, its elements
   * in any order, overlapping or not, the ends of a range in either order.
   *
   * @throws IllegalArgumentException if it is none, or has more than {@link #MOST_RANGES} elements
   */
  public static UidSet parse(String text) {
    return UidSetParser.parse(text);
  }

  /** Starts a set. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many UIDs are in it. */
  public long size() {
    return size;
  }

  /** Whether nothing is in it. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** How many intervals it has. */
  public int ranges() {
    return bounds.length / 2;
  }

  /** Whether the number is in it; a number that is no UID is not. */
  public boolean contains(long uid) {
    int low = 0;
    int high = ranges() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (uid < first(middle)) {
        high = middle - 1;
      } else if (uid > last(middle)) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  /**
   * The smallest UID.
   *
   * @throws NoSuchElementException if it is empty
   */
  public long min() {
    requireSome();
    return first(0);
  }

  /**
   * The largest UID.
   *
   * @throws NoSuchElementException if it is empty
   */
  public long max() {
    requireSome();
    return last(ranges() - 1);
  }

  private void requireSome() {
    if (isEmpty()) {
      throw new NoSuchElementException("the set is empty");
    }
  }

  /** What is in this or in the other. */
  public UidSet union(UidSet other) {
    return UidSetAlgebra.union(cursor(), other.cursor());
  }

  /** What is in this and not in the other. */
  public UidSet minus(UidSet other) {
    return UidSetAlgebra.minus(cursor(), other.cursor());
  }

  /** What is in both. */
  public UidSet intersect(UidSet other) {
    return UidSetAlgebra.intersect(cursor(), other.cursor());
  }

  /** Gives each UID to the consumer, the smallest first. */
  public void forEach(LongConsumer consumer) {
    for (int i = 0; i < ranges(); i++) {
      for (long uid = first(i); uid <= last(i); uid++) {
        consumer.accept(uid);
      }
    }
  }

  /**
   * This set in pieces that fit into a command, the smallest UIDs first. Each piece is made when it
   * is asked for, since there may be billions.
   *
   * @param mostUids how many UIDs a piece may have, at least 1
   * @param mostChars how long a piece's wire form may be, at least 21, which is one range
   */
  public Iterable<UidSet> chunks(int mostUids, int mostChars) {
    if (mostUids < 1 || mostChars < UidSetChunks.LONGEST_RANGE) {
      throw new IllegalArgumentException("no piece is that small");
    }
    return () -> (Iterator<UidSet>) new UidSetChunks(this, mostUids, mostChars);
  }

  /** The intervals one after the other. */
  UidCursor cursor() {
    return new UidCursor() {
      private int at = -1;

      @Override
      public boolean next() {
        return ++at < ranges();
      }

      @Override
      public long first() {
        return UidSet.this.first(at);
      }

      @Override
      public long last() {
        return UidSet.this.last(at);
      }
    };
  }

  long first(int range) {
    return Integer.toUnsignedLong(bounds[2 * range]);
  }

  long last(int range) {
    return Integer.toUnsignedLong(bounds[2 * range + 1]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UidSet set && Arrays.equals(set.bounds, bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  /** The wire form, such as {@code 1:5,9}; without meaning on the wire if it is empty. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < ranges(); i++) {
      text.append(i == 0 ? "" : ",").append(first(i));
      if (last(i) > first(i)) {
        text.append(':').append(last(i));
      }
    }
    return text.toString();
  }

  /**
   * Collects a {@link UidSet}. UIDs may come in any order and more than once; those that come in
   * order, up or down, cost constant time. Not thread-safe.
   */
  public static final class Builder {
    private final UidIntervals intervals = new UidIntervals();

    private Builder() {}

    /**
     * Adds a UID.
     *
     * @throws IllegalArgumentException if it is not from 1 to 4294967295
     */
    public Builder add(long uid) {
      return addRange(uid, uid);
    }

    /**
     * Adds all from the one to the other; which one is smaller does not matter.
     *
     * @throws IllegalArgumentException if one of them is not from 1 to 4294967295
     */
    public Builder addRange(long oneEnd, long otherEnd) {
      long first = Math.min(oneEnd, otherEnd);
      long last = Math.max(oneEnd, otherEnd);
      if (first < 1 || last > LARGEST) {
        throw new IllegalArgumentException("a UID is a number from 1 to 4294967295");
      }
      intervals.add(first, last);
      return this;
    }

    /** Adds all of a set. */
    public Builder addAll(UidSet set) {
      for (int i = 0; i < set.ranges(); i++) {
        intervals.add(set.first(i), set.last(i));
      }
      return this;
    }

    /** How many intervals it holds, to bound what a peer can fill it with; some may overlap. */
    public int ranges() {
      return intervals.count();
    }

    /** The set of what was added so far. */
    public UidSet build() {
      return intervals.toSet();
    }
  }
}
