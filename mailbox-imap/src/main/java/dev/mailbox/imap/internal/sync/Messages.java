// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.grammar.UidSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Messages of a folder in columns, in the order of their UIDs: some 30 bytes for each, so that a
 * folder of hundreds of thousands fits in little memory. For one thread.
 */
final class Messages {
  private static final int FIRST = 256;

  /** More than any folder holds; beyond it a server is making them up. */
  private static final int MOST = 2_000_000;

  private int count;
  private int[] uids = new int[FIRST];
  private int[] flags = new int[FIRST];
  private long[] sizes = new long[FIRST];
  private long[] arrivals = new long[FIRST];
  private byte[] marks = new byte[FIRST];
  private boolean sorted = true;

  int count() {
    return count;
  }

  /** Adds one; false if there are too many. */
  boolean add(long uid, int flagSet, long size, long arrivedAtSecond) {
    if (count == MOST) {
      return false;
    }
    if (count == uids.length) {
      grow();
    }
    sorted &= count == 0 || uid > uid(count - 1);
    uids[count] = (int) uid;
    flags[count] = flagSet;
    sizes[count] = size;
    arrivals[count] = arrivedAtSecond;
    marks[count] = 0;
    count++;
    return true;
  }

  private void grow() {
    int length = uids.length * 2;
    uids = Arrays.copyOf(uids, length);
    flags = Arrays.copyOf(flags, length);
    sizes = Arrays.copyOf(sizes, length);
    arrivals = Arrays.copyOf(arrivals, length);
    marks = Arrays.copyOf(marks, length);
  }

  long uid(int index) {
    return uids[index] & 0xffff_ffffL;
  }

  int flags(int index) {
    return flags[index];
  }

  void flags(int index, int flagSet) {
    flags[index] = flagSet;
  }

  long size(int index) {
    return sizes[index];
  }

  /** When it arrived, in seconds since 1970, or {@link Long#MIN_VALUE}. */
  long arrival(int index) {
    return arrivals[index];
  }

  /** A number to be used as one likes, 0 at first. */
  byte mark(int index) {
    return marks[index];
  }

  void mark(int index, int mark) {
    marks[index] = (byte) mark;
  }

  /** The UIDs of those with that mark. */
  UidSet marked(int mark) {
    UidSet.Builder marked = UidSet.builder();
    for (int i = 0; i < count; i++) {
      if (marks[i] == mark) {
        marked.add(uid(i));
      }
    }
    return marked.build();
  }

  /** The index of that UID, or -1; all must have been added in order, or {@link #sort} called. */
  int find(long uid) {
    int low = 0;
    int high = count - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = uid(middle);
      if (found == uid) {
        return middle;
      }
      if (found < uid) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Brings them into the order of their UIDs; of those told twice the later stays. */
  void sort() {
    if (sorted) {
      return;
    }
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingLong(this::uid))
            .mapToInt(Integer::intValue)
            .toArray();
    Messages ordered = new Messages();
    for (int index : order) {
      if (ordered.count > 0 && ordered.uid(ordered.count - 1) == uid(index)) {
        ordered.count--;
      }
      ordered.add(uid(index), flags[index], sizes[index], arrivals[index]);
      ordered.mark(ordered.count - 1, marks[index]);
    }
    uids = ordered.uids;
    flags = ordered.flags;
    sizes = ordered.sizes;
    arrivals = ordered.arrivals;
    marks = ordered.marks;
    count = ordered.count;
    sorted = true;
  }
}
