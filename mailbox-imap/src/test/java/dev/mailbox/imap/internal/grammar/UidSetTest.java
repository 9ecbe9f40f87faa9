// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidSetTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1",
        "1,2,3|1:3",
        "9:7|7:9",
        "5,3:4,1|1,3:5",
        "1:10,5:20,30|1:20,30",
        "3:3|3",
        "1:4,2,3|1:4",
        "1:2147483647,2147483648:4294967295|1:4294967295",
        "4294967295,1|1,4294967295",
        "2147483648,2147483646|2147483646,2147483648",
      })
  void readsTheWireForm(String text, String canonical) {
    UidSet set = UidSet.parse(text);
    assertThat(set).hasToString(canonical).isEqualTo(UidSet.parse(canonical));
    assertThat(set).hasSameHashCodeAs(UidSet.parse(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "1:*",
        "0",
        "01",
        "1:0",
        "4294967296",
        "99999999999999999999",
        "1,",
        ",1",
        "1,,2",
        "1:",
        ":1",
        "1:2:3",
        "-1",
        "+1",
        "1 ",
        " 1",
        "1,a",
        "١",
      })
  void refusesWhatIsNoSet(String text) {
    assertThatThrownBy(() -> UidSet.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTooManyElements() {
    String most = "7,".repeat(UidSet.MOST_RANGES - 1) + "7";
    assertThat(UidSet.parse(most)).isEqualTo(UidSet.of(7));
    assertThatThrownBy(() -> UidSet.parse(most + ",7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too many");
  }

  @Test
  void refusesNumbersThatAreNoUids() {
    for (long bad : new long[] {0, -1, UidSet.LARGEST + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> UidSet.of(bad)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> UidSet.range(bad, 5)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void knowsWhatIsInIt() {
    UidSet set = UidSet.parse("3:5,9,4294967290:4294967295");
    assertThat(set.size()).isEqualTo(10);
    assertThat(set.ranges()).isEqualTo(3);
    assertThat(set.min()).isEqualTo(3);
    assertThat(set.max()).isEqualTo(UidSet.LARGEST);
    for (long in : new long[] {3, 4, 5, 9, 4294967290L, UidSet.LARGEST}) {
      assertThat(set.contains(in)).as("%d", in).isTrue();
    }
    for (long out : new long[] {-1, 0, 2, 6, 8, 10, 4294967289L, UidSet.LARGEST + 1, 1L << 33}) {
      assertThat(set.contains(out)).as("%d", out).isFalse();
    }
  }

  @Test
  void allUidsAreOneInterval() {
    UidSet all = UidSet.range(UidSet.LARGEST, 1);
    assertThat(all.size()).isEqualTo(4294967295L);
    assertThat(all.ranges()).isEqualTo(1);
    UidSet holed = all.minus(UidSet.of(1, 4294967295L, 77));
    assertThat(holed).hasToString("2:76,78:4294967294");
    assertThat(holed.union(UidSet.of(77))).hasToString("2:4294967294");
    assertThat(all.intersect(holed)).isEqualTo(holed);
  }

  @Test
  void emptySetHasNothing() {
    UidSet empty = UidSet.of();
    assertThat(empty).isEqualTo(UidSet.empty()).isEqualTo(UidSet.builder().build());
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.size()).isZero();
    assertThat(empty).hasToString("");
    assertThat(empty.contains(0)).isFalse();
    assertThat(empty.chunks(5, 21)).isEmpty();
    assertThat(empty.union(UidSet.of(5))).isEqualTo(UidSet.of(5));
    assertThat(UidSet.of(5).minus(UidSet.of(5))).isEqualTo(empty);
    assertThatThrownBy(empty::min).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(empty::max).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void walksUp() {
    UidSet set = UidSet.parse("1:3,7,4294967294:4294967295");
    List<Long> up = new ArrayList<>();
    set.forEach(up::add);
    assertThat(up).containsExactly(1L, 2L, 3L, 7L, 4294967294L, 4294967295L);
  }

  @Test
  void intervalsThatGrowTogetherAreOne() {
    assertThat(UidSet.of(1, 5, 4, 3, 2)).hasToString("1:5").isEqualTo(UidSet.range(1, 5));
    assertThat(UidSet.builder().add(3).add(9).addRange(1, 10).build()).hasToString("1:10");
  }

  @Test
  void aBuilderGoesOnAfterBuilding() {
    UidSet.Builder builder = UidSet.builder().addRange(8, 5).addAll(UidSet.parse("1,20:22"));
    assertThat(builder.build()).hasToString("1,5:8,20:22");
    builder.add(9);
    assertThat(builder.build()).hasToString("1,5:9,20:22");
    assertThat(builder.ranges()).isEqualTo(3);
  }

  @Test
  void cutsByNumber() {
    assertThat(UidSet.parse("1:5,7:8,10").chunks(3, 21))
        .map(UidSet::toString)
        .containsExactly("1:3", "4:5,7", "8,10");
    assertThat(UidSet.parse("1:6").chunks(6, 21)).containsExactly(UidSet.parse("1:6"));
  }

  @Test
  void cutsByLength() {
    assertThat(UidSet.parse("1,3,5,7,9,11,13,15,17,19,21:23,30").chunks(100, 21))
        .map(UidSet::toString)
        .containsExactly("1,3,5,7,9,11,13,15,17", "19,21:23,30");
    assertThat(UidSet.parse("4294967290:4294967293,4294967295").chunks(100, 21))
        .map(UidSet::toString)
        .containsExactly("4294967290:4294967293", "4294967295");
  }

  @Test
  void cutsWhatCannotBeExpanded() {
    var pieces = UidSet.range(1, UidSet.LARGEST).chunks(1, 21).iterator();
    assertThat(pieces.next()).isEqualTo(UidSet.of(1));
    assertThat(pieces.next()).isEqualTo(UidSet.of(2));
    assertThat(UidSet.range(1, UidSet.LARGEST).chunks(Integer.MAX_VALUE, 21)).hasSize(3);
  }

  @Test
  void aPieceHasRoomForOneRange() {
    assertThatThrownBy(() -> UidSet.of(1).chunks(0, 21))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> UidSet.of(1).chunks(1, 20))
        .isInstanceOf(IllegalArgumentException.class);
    var pieces = UidSet.of(1).chunks(1, 21).iterator();
    pieces.next();
    assertThatThrownBy(pieces::next).isInstanceOf(NoSuchElementException.class);
  }
}
