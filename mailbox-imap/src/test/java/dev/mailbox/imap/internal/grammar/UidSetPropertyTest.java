// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of UIDs against plain sets of numbers. */
class UidSetPropertyTest {
  private static final int ROUNDS = 150;

  /** A set of up to 60 runs, at the low end, around the sign bit, or at the top. */
  private static NavigableSet<Long> random(Random random) {
    long[] bases = {1, Integer.MAX_VALUE - 150L, UidSet.LARGEST - 300};
    long base = bases[random.nextInt(bases.length)];
    NavigableSet<Long> set = new TreeSet<>();
    int runs = random.nextInt(60);
    for (int i = 0; i < runs; i++) {
      long start = base + random.nextInt(280);
      long end = start + random.nextInt(6);
      for (long uid = start; uid <= end; uid++) {
        set.add(uid);
      }
    }
    return set;
  }

  private static UidSet of(NavigableSet<Long> reference, Random random) {
    List<Long> order = new ArrayList<>(reference);
    switch (random.nextInt(3)) {
      case 0 -> Collections.reverse(order);
      case 1 -> Collections.shuffle(order, random);
      default -> order.addAll(List.copyOf(order));
    }
    UidSet.Builder builder = UidSet.builder();
    order.forEach(builder::add);
    return builder.build();
  }

  private static void assertSame(UidSet set, NavigableSet<Long> reference) {
    List<Long> uids = new ArrayList<>();
    set.forEach(uids::add);
    assertThat(uids).containsExactlyElementsOf(reference);
    assertThat(set.size()).isEqualTo(reference.size());
    for (int i = 1; i < set.ranges(); i++) {
      assertThat(set.first(i)).isGreaterThan(set.last(i - 1) + 1);
    }
    if (!reference.isEmpty()) {
      assertThat(UidSet.parse(set.toString())).isEqualTo(set);
      assertThat(set.min()).isEqualTo(reference.first());
      assertThat(set.max()).isEqualTo(reference.last());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void algebraIsThatOfSets(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      NavigableSet<Long> a = random(random);
      NavigableSet<Long> b = random(random);
      UidSet setA = of(a, random);
      UidSet setB = of(b, random);
      assertSame(setA, a);
      TreeSet<Long> union = new TreeSet<>(a);
      union.addAll(b);
      assertSame(setA.union(setB), union);
      TreeSet<Long> minus = new TreeSet<>(a);
      minus.removeAll(b);
      assertSame(setA.minus(setB), minus);
      TreeSet<Long> both = new TreeSet<>(a);
      both.retainAll(b);
      assertSame(setA.intersect(setB), both);
      for (long uid : union) {
        assertThat(setA.contains(uid)).isEqualTo(a.contains(uid));
        assertThat(setA.contains(uid + 1)).isEqualTo(a.contains(uid + 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7})
  void intervalsInAnyOrderAreTheirUnion(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      TreeSet<Long> reference = new TreeSet<>();
      UidSet.Builder builder = UidSet.builder();
      for (int i = random.nextInt(200); i > 0; i--) {
        long oneEnd = random.nextInt(1, 500);
        long otherEnd = Math.max(1, oneEnd + random.nextInt(21) - 10);
        builder.addRange(oneEnd, otherEnd);
        for (long uid = Math.min(oneEnd, otherEnd); uid <= Math.max(oneEnd, otherEnd); uid++) {
          reference.add(uid);
        }
      }
      assertSame(builder.build(), reference);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {8, 9, 10})
  void piecesFitAndAreTheWhole(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS; round++) {
      UidSet set = of(random(random), random);
      int mostUids = 1 + random.nextInt(40);
      int mostChars = 21 + random.nextInt(60);
      UidSet.Builder whole = UidSet.builder();
      long last = 0;
      for (UidSet piece : set.chunks(mostUids, mostChars)) {
        assertThat(piece.size()).isBetween(1L, (long) mostUids);
        assertThat(piece.toString().length()).isLessThanOrEqualTo(mostChars);
        assertThat(piece.min()).isGreaterThan(last);
        last = piece.max();
        whole.addAll(piece);
      }
      assertThat(whole.build()).isEqualTo(set);
    }
  }
}
