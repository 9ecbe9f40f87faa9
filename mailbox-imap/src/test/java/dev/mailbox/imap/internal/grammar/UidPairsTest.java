// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UidPairsTest {
  @Test
  void setsAreReadSideBySide() {
    UidPairs pairs = UidPairs.parse("38505 304,319:320 3956:3958");

    assertThat(pairs.uidValidity()).isEqualTo(38505);
    assertThat(pairs.byOldUid())
        .containsOnly(entry(304L, 3956L), entry(319L, 3957L), entry(320L, 3958L));
  }

  @Test
  void rangesGoInTheDirectionInWhichTheyAreWritten() {
    assertThat(UidPairs.parse("1 3:1 10:12").byOldUid())
        .containsOnly(entry(3L, 10L), entry(2L, 11L), entry(1L, 12L));
    assertThat(UidPairs.parse("1 5,1:2 7:5").byOldUid())
        .containsOnly(entry(5L, 7L), entry(1L, 6L), entry(2L, 5L));
    assertThat(UidPairs.parse("1 9:9 4").byOldUid()).containsOnly(entry(9L, 4L));
  }

  @Test
  void largestUidsAreUids() {
    UidPairs pairs = UidPairs.parse("4294967295 4294967294:4294967295 4294967295:4294967294");

    assertThat(pairs.uidValidity()).isEqualTo(4_294_967_295L);
    assertThat(pairs.byOldUid())
        .containsOnly(entry(4_294_967_294L, 4_294_967_295L), entry(4_294_967_295L, 4_294_967_294L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1 2",
        "1 2 3 4",
        "1 1:3 1:2",
        "1 1:2 1:3",
        "1 1,2 1",
        "0 1 1",
        "1 0 1",
        "1 1 0",
        "1 1: 1",
        "1 :1 1",
        "1 1:2:3 1:3",
        "1 1:*  5:6",
        "1 1, 2",
        "1 a b",
        "1 -1 1",
        "4294967296 1 1",
        "1 4294967296 1",
        "1 1 99999999999999999999",
        "1 1:10001 1:10001",
        "1 1:4294967295 1:4294967295",
      })
  void whatCannotBeReadTellsNothing(String argument) {
    assertThat(UidPairs.parse(argument)).isEqualTo(UidPairs.NONE);
  }

  @Test
  void asManyPairsAreReadAsACommandCanAskFor() {
    assertThat(UidPairs.parse("7 1:10000 20001:30000").byOldUid())
        .hasSize(10_000)
        .contains(entry(1L, 20_001L), entry(10_000L, 30_000L));
  }

  @Test
  void pairsOfTheSameFolderAreJoined() {
    UidPairs joined = UidPairs.parse("7 1 10").and(UidPairs.parse("7 2 11"));

    assertThat(joined).isEqualTo(new UidPairs(7, Map.of(1L, 10L, 2L, 11L)));
    assertThat(UidPairs.NONE.and(joined)).isEqualTo(joined);
    assertThat(joined.and(UidPairs.NONE)).isEqualTo(joined);
  }

  @Test
  void pairsOfAFolderThatWasNumberedAnewAreNotJoined() {
    UidPairs pairs = UidPairs.parse("7 1 10");

    assertThat(pairs.and(UidPairs.parse("8 2 11"))).isEqualTo(pairs);
  }
}
