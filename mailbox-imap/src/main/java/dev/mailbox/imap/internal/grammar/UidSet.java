// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A set of UIDs (RFC 9051 section 9, sequence-set), kept as intervals that neither overlap nor
 * touch, and never expanded. Immutable.
 */
public final class UidSet {
  /** No UIDs. */
  public static final UidSet EMPTY = new UidSet(new long[0], new long[0]);

  /** The most intervals that are read from a server. */
  private static final int MOST_RANGES = 1_000_000;

  private static final long LARGEST = 0xffff_ffffL;

  private final long[] first;
  private final long[] last;

  private UidSet(long[] first, long[] last) {
    this.first = first;
    this.last = last;
  }

  /** A new, empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** The set of these. */
  public static UidSet of(long... uids) {
    Builder builder = builder();
    for (long uid : uids) {
      builder.add(uid);
    }
    return builder.build();
  }

  /** All from one to another. */
  public static UidSet range(long from, long to) {
    return builder().add(from, to).build();
  }

  /**
   * Reads a set as it is written, in any order, without {@code *}.
   *
   * @throws IllegalArgumentException if it is none, or has more than a million ranges
   */
  public static UidSet parse(String text) {
    Builder builder = builder();
    int start = 0;
    int ranges = 0;
    while (start <= text.length()) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      addRange(builder, text, start, end);
      if (++ranges > MOST_RANGES) {
        throw new IllegalArgumentException("too many ranges");
      }
      start = end + 1;
    }
    return builder.build();
  }

  /** Adds {@code 4} or {@code 2:4}; looks no further than its end, or a long set takes hours. */
  private static void addRange(Builder builder, String text, int start, int end) {
    int colon = start;
    while (colon < end && text.charAt(colon) != ':') {
      colon++;
    }
    long from = number(text, start, colon);
    long to = colon == end ? from : number(text, colon + 1, end);
    builder.add(Math.min(from, to), Math.max(from, to));
  }

  private static long number(String text, int start, int end) {
    long value = 0;
    if (start == end || end - start > 10) {
      throw new IllegalArgumentException("not a UID");
    }
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new IllegalArgumentException("not a UID");
      }
      value = value * 10 + (c - '0');
    }
    return check(value);
  }

  private static long check(long uid) {
    if (uid < 1 || uid > LARGEST) {
      throw new IllegalArgumentException("not a UID");
    }
    return uid;
  }

  /** Whether it has no UID. */
  public boolean isEmpty() {
    return first.length == 0;
  }

  /** How many UIDs it has. */
  public long size() {
    long size = 0;
    for (int i = 0; i < first.length; i++) {
      size += last[i] - first[i] + 1;
    }
    return size;
  }

  /**
   * The smallest.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public long min() {
    return first[0];
  }

  /**
   * The largest.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public long max() {
    return last[last.length - 1];
  }

  /** Whether it has that UID. */
  public boolean contains(long uid) {
    int at = Arrays.binarySearch(first, uid);
    int interval = at >= 0 ? at : -at - 2;
    return interval >= 0 && uid <= last[interval];
  }

  /** What is in this or the other. */
  public UidSet union(UidSet other) {
    if (other.isEmpty()) {
      return this;
    }
    Builder builder = builder();
    int i = 0;
    int j = 0;
    while (i < first.length || j < other.first.length) {
      if (j == other.first.length || (i < first.length && first[i] <= other.first[j])) {
        builder.add(first[i], last[i++]);
      } else {
        builder.add(other.first[j], other.last[j++]);
      }
    }
    return builder.build();
  }

  /** What is in both. */
  public UidSet intersect(UidSet other) {
    Builder builder = builder();
    int i = 0;
    int j = 0;
    while (i < first.length && j < other.first.length) {
      long from = Math.max(first[i], other.first[j]);
      long to = Math.min(last[i], other.last[j]);
      if (from <= to) {
        builder.add(from, to);
      }
      if (last[i] < other.last[j]) {
        i++;
      } else {
        j++;
      }
    }
    return builder.build();
  }

  /** What is in this and not in the other. */
  public UidSet minus(UidSet other) {
    Builder builder = builder();
    int j = 0;
    for (int i = 0; i < first.length; i++) {
      long from = first[i];
      while (j < other.first.length && other.last[j] < from) {
        j++;
      }
      int k = j;
      while (k < other.first.length && other.first[k] <= last[i]) {
        if (from < other.first[k]) {
          builder.add(from, other.first[k] - 1);
        }
        from = other.last[k++] + 1;
      }
      if (from <= last[i]) {
        builder.add(from, last[i]);
      }
    }
    return builder.build();
  }

  /** Gives each UID, the smallest first. */
  public void forEach(LongConsumer consumer) {
    for (int i = 0; i < first.length; i++) {
      for (long uid = first[i]; uid <= last[i]; uid++) {
        consumer.accept(uid);
      }
    }
  }

  /**
   * The same in sets that are small enough for a command, the smallest UIDs first.
   *
   * @param mostUids how many each may have
   * @param mostChars how long its text may be; at least 21, which a range needs
   */
  public List<UidSet> chunks(int mostUids, int mostChars) {
    List<UidSet> chunks = new ArrayList<>();
    Builder chunk = builder();
    long uids = 0;
    int chars = 0;
    for (int i = 0; i < first.length; i++) {
      long from = first[i];
      while (from <= last[i]) {
        long to = Math.min(last[i], from + mostUids - uids - 1);
        int needed = text(from, to).length() + 1;
        if (uids > 0 && (to < from || chars + needed > mostChars + 1)) {
          chunks.add(chunk.build());
          chunk = builder();
          uids = 0;
          chars = 0;
        } else {
          chunk.add(from, to);
          uids += to - from + 1;
          chars += needed;
          from = to + 1;
        }
      }
    }
    if (uids > 0) {
      chunks.add(chunk.build());
    }
    return chunks;
  }

  private static String text(long from, long to) {
    return from == to ? Long.toString(from) : from + ":" + to;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UidSet set
        && Arrays.equals(first, set.first)
        && Arrays.equals(last, set.last);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(first) + Arrays.hashCode(last);
  }

  /** The set as it is sent; empty if it has no UID, which no command takes. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < first.length; i++) {
      text.append(i == 0 ? "" : ",").append(text(first[i], last[i]));
    }
    return text.toString();
  }

  /** Gathers UIDs; fast when they come in order, right in any. Not safe for several threads. */
  public static final class Builder {
    private long[] first = new long[8];
    private long[] last = new long[8];
    private int count;
    private boolean sorted = true;

    private Builder() {}

    /**
     * Adds one.
     *
     * @throws IllegalArgumentException if it is no UID
     */
    public Builder add(long uid) {
      return add(uid, uid);
    }

    /**
     * Adds all from one to another.
     *
     * @throws IllegalArgumentException if one is no UID, or the first is above the last
     */
    public Builder add(long from, long to) {
      check(from);
      check(to);
      if (from > to) {
        throw new IllegalArgumentException("not a range");
      }
      if (count > 0 && from >= first[count - 1] && from <= last[count - 1] + 1) {
        last[count - 1] = Math.max(last[count - 1], to);
        return this;
      }
      sorted &= count == 0 || from > last[count - 1];
      if (count == first.length) {
        first = Arrays.copyOf(first, 2 * count);
        last = Arrays.copyOf(last, 2 * count);
      }
      first[count] = from;
      last[count++] = to;
      return this;
    }

    /** The set of all that were added. */
    public UidSet build() {
      if (!sorted) {
        sort();
      }
      return count == 0
          ? EMPTY
          : new UidSet(Arrays.copyOf(first, count), Arrays.copyOf(last, count));
    }

    private void sort() {
      long[][] ranges = new long[count][];
      for (int i = 0; i < count; i++) {
        ranges[i] = new long[] {first[i], last[i]};
      }
      Arrays.sort(ranges, (a, b) -> Long.compare(a[0], b[0]));
      count = 0;
      sorted = true;
      for (long[] range : ranges) {
        add(range[0], range[1]);
      }
    }
  }
}
