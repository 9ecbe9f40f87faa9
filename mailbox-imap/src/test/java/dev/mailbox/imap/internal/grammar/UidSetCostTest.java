// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** What sets cost, counted and not measured. */
class UidSetCostTest {
  private static final int MANY = 100_000;

  /** Counts the steps over another cursor. */
  private static final class Counting implements UidCursor {
    private final UidCursor cursor;
    private int steps;

    Counting(UidSet set) {
      cursor = set.cursor();
    }

    @Override
    public boolean next() {
      steps++;
      return cursor.next();
    }

    @Override
    public long first() {
      return cursor.first();
    }

    @Override
    public long last() {
      return cursor.last();
    }
  }

  /** Every third UID, from the first one on. */
  private static UidSet thirds(long first, int count) {
    UidSet.Builder builder = UidSet.builder();
    for (long i = 0; i < count; i++) {
      builder.add(first + 3 * i);
    }
    return builder.build();
  }

  private static void assertLinear(String name, Algebra operation, BinaryOperator<UidSet> same) {
    UidSet a = thirds(1, MANY);
    UidSet b = thirds(2, MANY / 2).union(UidSet.range(300, 400));
    Counting countingA = new Counting(a);
    Counting countingB = new Counting(b);
    UidSet result = operation.apply(countingA, countingB);
    assertThat(result).as(name).isEqualTo(same.apply(a, b));
    assertThat(countingA.steps).as(name).isLessThanOrEqualTo(a.ranges() + 1);
    assertThat(countingB.steps).as(name).isLessThanOrEqualTo(b.ranges() + 1);
  }

  private interface Algebra {
    UidSet apply(UidCursor a, UidCursor b);
  }

  @Test
  void algebraLooksAtEachIntervalOnce() {
    assertLinear("union", UidSetAlgebra::union, UidSet::union);
    assertLinear("minus", UidSetAlgebra::minus, UidSet::minus);
    assertLinear("intersect", UidSetAlgebra::intersect, UidSet::intersect);
  }

  @Test
  void whatComesInOrderIsNeverSorted() {
    UidIntervals up = new UidIntervals();
    UidIntervals down = new UidIntervals();
    for (long i = 1; i <= MANY; i++) {
      up.add(2 * i, 2 * i);
      down.add(MANY - i + 1, MANY - i + 1);
    }
    assertThat(up.toSet().ranges()).isEqualTo(MANY);
    assertThat(up.sorts()).isZero();
    assertThat(down.toSet()).isEqualTo(UidSet.range(1, MANY));
    assertThat(down.sorts()).isZero();
    assertThat(down.count()).isEqualTo(1);
  }

  @Test
  void disorderIsSortedAsOftenAsRoomIsMade() {
    List<Long> shuffled = new ArrayList<>();
    for (long i = 1; i <= MANY; i++) {
      shuffled.add(2 * i);
    }
    Collections.shuffle(shuffled, new Random(11));
    UidIntervals intervals = new UidIntervals();
    shuffled.forEach(uid -> intervals.add(uid, uid));
    assertThat(intervals.toSet().ranges()).isEqualTo(MANY);
    // The array doubles from 16 numbers to twice the intervals: about 14 times, and once at the
    // end.
    assertThat(intervals.sorts()).isLessThanOrEqualTo(16);
  }

  @Test
  void repetitionTakesNoRoom() {
    UidIntervals intervals = new UidIntervals();
    for (int i = 0; i < MANY; i++) {
      intervals.add(1 + 2 * (i % 10), 1 + 2 * (i % 10));
      assertThat(intervals.count()).isLessThan(40);
    }
    assertThat(intervals.toSet()).hasToString("1,3,5,7,9,11,13,15,17,19");
  }
}
