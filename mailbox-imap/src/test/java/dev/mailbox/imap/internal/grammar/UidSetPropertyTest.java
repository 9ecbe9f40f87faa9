// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of intervals behaves as a set of numbers, at both ends of what a UID can be. */
class UidSetPropertyTest {
  private static final int ROUNDS = 2_000;
  private static final long WIDTH = 60;

  /** A set and what it should be. */
  private record Pair(UidSet set, NavigableSet<Long> model) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2_147_483_620L, 4_294_967_295L - WIDTH})
  void operationsAreThoseOfSets(long base) {
    Random random = new Random(base);
    for (int round = 0; round < ROUNDS; round++) {
      Pair a = pair(random, base);
      Pair b = pair(random, base);
      check(a.set(), a.model());
      check(a.set().union(b.set()), union(a.model(), b.model()));
      check(a.set().minus(b.set()), minus(a.model(), b.model()));
      check(a.set().intersect(b.set()), minus(a.model(), minus(a.model(), b.model())));
      assertThat(a.set().equals(b.set())).isEqualTo(a.model().equals(b.model()));
    }
  }

  private static NavigableSet<Long> union(Set<Long> a, Set<Long> b) {
    NavigableSet<Long> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }

  private static NavigableSet<Long> minus(Set<Long> a, Set<Long> b) {
    NavigableSet<Long> left = new TreeSet<>(a);
    left.removeAll(b);
    return left;
  }

  /** A few ranges in any order, which may overlap. */
  private static Pair pair(Random random, long base) {
    UidSet.Builder builder = UidSet.builder();
    TreeSet<Long> model = new TreeSet<>();
    for (int ranges = random.nextInt(12); ranges > 0; ranges--) {
      long from = base + random.nextInt((int) WIDTH + 1);
      long to = Math.min(base + WIDTH, from + random.nextInt(6));
      builder.add(from, to);
      for (long uid = from; uid <= to; uid++) {
        model.add(uid);
      }
    }
    return new Pair(builder.build(), model);
  }

  private static void check(UidSet set, NavigableSet<Long> model) {
    List<Long> uids = new ArrayList<>();
    set.forEach(uids::add);
    assertThat(uids).containsExactlyElementsOf(model);
    assertThat(set.size()).isEqualTo(model.size());
    assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
    if (!model.isEmpty()) {
      assertThat(set.min()).isEqualTo(model.first());
      assertThat(set.max()).isEqualTo(model.last());
      assertThat(UidSet.parse(set.toString())).isEqualTo(set).hasSameHashCodeAs(set);
      assertThat(set.toString().chars().filter(c -> c == ',').count() + 1).isEqualTo(runs(model));
      checkContains(set, model);
    }
  }

  private static void checkContains(UidSet set, NavigableSet<Long> model) {
    for (long uid = model.first() - 2; uid <= model.last() + 2; uid++) {
      assertThat(set.contains(uid)).isEqualTo(model.contains(uid));
    }
  }

  /** How many stretches without a gap there are. */
  private static long runs(Set<Long> model) {
    return model.stream().filter(uid -> !model.contains(uid - 1)).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2_147_483_620L, 4_294_967_295L - WIDTH})
  void chunksAreTheSetInPiecesThatFit(long base) {
    Random random = new Random(base + 1);
    for (int round = 0; round < ROUNDS; round++) {
      UidSet set = pair(random, base).set();
      int mostUids = random.nextInt(10) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(20);
      int mostChars = 21 + random.nextInt(60);
      List<UidSet> chunks = set.chunks(mostUids, mostChars);
      assertThat(chunks)
          .allSatisfy(
              chunk -> {
                assertThat(chunk.size()).isBetween(1L, (long) mostUids);
                assertThat(chunk.toString().length()).isLessThanOrEqualTo(mostChars);
              });
      assertThat(joined(chunks)).isEqualTo(set);
      assertThat(numbers(chunks)).isSorted().doesNotHaveDuplicates();
    }
  }

  private static UidSet joined(List<UidSet> chunks) {
    return chunks.isEmpty()
        ? UidSet.EMPTY
        : UidSet.parse(chunks.stream().map(UidSet::toString).collect(Collectors.joining(",")));
  }

  private static List<Long> numbers(List<UidSet> chunks) {
    List<Long> all = new ArrayList<>();
    chunks.forEach(chunk -> chunk.forEach(all::add));
    return all;
  }
}
