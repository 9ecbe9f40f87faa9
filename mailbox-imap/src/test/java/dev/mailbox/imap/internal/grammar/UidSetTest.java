// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidSetTest {
  private static final long LARGEST = 4_294_967_295L;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 1",
        "4294967295; 4294967295",
        "1:4294967295; 1:4294967295",
        "3,1,2; 1:3",
        "5:1; 1:5",
        "9:9; 9",
        "1:5,3:8; 1:8",
        "1:5,6:8; 1:8",
        "1:5,7:8; 1:5,7:8",
        "20:30,1:100; 1:100",
        "7,7,7; 7",
        "0000000007; 7",
      })
  void setsAreReadInAnyOrderAndWrittenInOne(String sent, String written) {
    assertThat(UidSet.parse(sent)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "1,",
        ",1",
        "1,,2",
        "0",
        "0:5",
        "4294967296",
        "99999999999",
        "1:4294967296",
        "-1",
        "+1",
        "1:*",
        "*",
        "$",
        "1:",
        ":1",
        "1:2:3",
        " 1",
        "1 ",
        "1, 2",
        "a",
        "0x10",
        "١",
        "1.5",
      })
  void whatIsNoSetIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> UidSet.parse(text));
  }

  /** Reading takes time in proportion to the length, which a server chooses. */
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void setOfMoreThanAMillionRangesIsRefused() {
    String million = "1,".repeat(999_999) + "1";
    assertThat(UidSet.parse(million)).hasToString("1");
    assertThatIllegalArgumentException().isThrownBy(() -> UidSet.parse(million + ",1"));
  }

  @Test
  void hugeRangesAreNotExpanded() {
    UidSet all = UidSet.parse("1:4294967295");

    assertThat(all.size()).isEqualTo(LARGEST);
    assertThat(all.min()).isEqualTo(1);
    assertThat(all.max()).isEqualTo(LARGEST);
    assertThat(all.contains(1)).isTrue();
    assertThat(all.contains(LARGEST)).isTrue();
    assertThat(all.contains(0)).isFalse();
    assertThat(all.contains(LARGEST + 1)).isFalse();
    assertThat(all.minus(UidSet.of(2_000_000_000)))
        .hasToString("1:1999999999,2000000001:4294967295");
    assertThat(all.intersect(UidSet.of(LARGEST))).hasToString("4294967295");
    assertThat(all.union(all)).isEqualTo(all);
    assertThat(all.minus(all)).isEqualTo(UidSet.EMPTY);
  }

  @Test
  void emptySetHasNothing() {
    assertThat(UidSet.EMPTY.isEmpty()).isTrue();
    assertThat(UidSet.EMPTY.size()).isZero();
    assertThat(UidSet.EMPTY.contains(1)).isFalse();
    assertThat(UidSet.EMPTY).hasToString("");
    assertThat(UidSet.EMPTY.chunks(10, 100)).isEmpty();
    assertThat(UidSet.of()).isEqualTo(UidSet.EMPTY).hasSameHashCodeAs(UidSet.EMPTY);
    assertThatThrownBy(UidSet.EMPTY::min).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(UidSet.EMPTY::max).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void builderTakesUidsInAnyOrder() {
    UidSet set = UidSet.builder().add(9).add(1, 3).add(5).add(4).add(8, 10).add(2).build();

    assertThat(set).hasToString("1:5,8:10").isEqualTo(UidSet.parse("8:10,1:5"));
  }

  @Test
  void builderGoesOnAfterItBuilt() {
    UidSet.Builder builder = UidSet.builder().add(5).add(1);
    UidSet before = builder.build();
    UidSet after = builder.add(3).add(2).build();

    assertThat(before).hasToString("1,5");
    assertThat(after).hasToString("1:3,5");
  }

  @Test
  void builderRefusesWhatIsNoUid() {
    UidSet.Builder builder = UidSet.builder();

    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(LARGEST + 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.add(1, LARGEST + 1));
    assertThat(builder.build()).isEqualTo(UidSet.EMPTY);
  }

  @Test
  void forEachGivesTheSmallestFirst() {
    List<Long> given = new ArrayList<>();
    UidSet.parse("4294967294:4294967295,7,1:3").forEach(given::add);

    assertThat(given).containsExactly(1L, 2L, 3L, 7L, LARGEST - 1, LARGEST);
  }

  @Test
  void wholeRangeIsOneChunkWhereThereIsNoBound() {
    assertThat(UidSet.range(1, 1000).chunks(Integer.MAX_VALUE, 21))
        .containsExactly(UidSet.range(1, 1000));
  }

  @Test
  void chunksOfAllUidsEnd() {
    List<UidSet> chunks = UidSet.range(1, LARGEST).chunks(Integer.MAX_VALUE, 21);

    assertThat(chunks)
        .extracting(UidSet::toString)
        .containsExactly("1:2147483647", "2147483648:4294967294", "4294967295");
  }

  @Test
  void chunksHoldAsManyUidsAsTheyMay() {
    assertThat(UidSet.parse("1:10,20,30:31").chunks(4, 100))
        .extracting(UidSet::toString)
        .containsExactly("1:4", "5:8", "9:10,20,30", "31");
  }

  @Test
  void chunksAreAsLongAsTheyMay() {
    assertThat(UidSet.parse("1000000001,1000000003,1000000005").chunks(100, 21))
        .extracting(UidSet::toString)
        .containsExactly("1000000001,1000000003", "1000000005");
    assertThat(UidSet.parse("4294967290:4294967295").chunks(100, 21))
        .extracting(UidSet::toString)
        .containsExactly("4294967290:4294967295");
  }
}
