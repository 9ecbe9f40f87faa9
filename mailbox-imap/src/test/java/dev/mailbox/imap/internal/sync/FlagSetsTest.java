// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagSetsTest {
  private final FlagSets sets = new FlagSets();

  private Set<Flag> flags(String text) {
    return sets.get(sets.number(text)).flags();
  }

  @Test
  void flagsAreReadAsTheServerWritesThem() {
    assertThat(flags("\\Seen \\Answered $Junk NonJunk"))
        .containsExactlyInAnyOrder(Flag.SEEN, Flag.ANSWERED, Flag.JUNK, Flag.keyword("NonJunk"));
    assertThat(flags("\\SEEN \\seen")).containsExactly(Flag.SEEN);
    assertThat(flags("  \\Draft   \\Flagged ")).containsOnly(Flag.DRAFT, Flag.FLAGGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\\Recent", "\\recent \\XServer", "a]b \u00fc (x) \\*"})
  void whatIsNoFlagHereIsLeftOut(String text) {
    FlagSets.FlagSet set = sets.get(sets.number(text));

    assertThat(set.flags()).isEmpty();
    assertThat(set.deleted()).isFalse();
  }

  @Test
  void deletedIsKnownApart() {
    FlagSets.FlagSet set = sets.get(sets.number("\\Seen \\DELETED"));

    assertThat(set.deleted()).isTrue();
    assertThat(set.flags()).containsExactly(Flag.SEEN);
    assertThat(sets.number("\\Seen \\Deleted")).isNotEqualTo(sets.number("\\Seen"));
  }

  @Test
  void setHasOneNumberHoweverItIsWritten() {
    int number = sets.number("\\Seen \\Answered");

    assertThat(sets.number("\\Seen \\Answered")).isEqualTo(number);
    assertThat(sets.number("\\answered \\seen \\Recent")).isEqualTo(number);
    assertThat(sets.number(Set.of(Flag.ANSWERED, Flag.SEEN))).isEqualTo(number);
    assertThat(sets.number(Set.of(Flag.SEEN))).isNotEqualTo(number);
    assertThat(sets.number(Set.of())).isEqualTo(sets.number(""));
  }

  @Test
  void keywordsAreTheSameInAnyCase() {
    assertThat(sets.number("Work")).isEqualTo(sets.number("WORK"));
  }

  @Test
  void textsBeyondThoseThatAreRememberedAreReadAnew() {
    for (int i = 0; i < 12_000; i++) {
      int number = sets.number("k" + i);
      assertThat(sets.number("k" + i)).isEqualTo(number);
      assertThat(sets.get(number).flags()).containsExactly(Flag.keyword("k" + i));
    }
  }

  @Test
  void longKeywordsAreLeftOut() {
    assertThat(flags("k".repeat(100))).hasSize(1);
    assertThat(flags("k".repeat(101))).isEmpty();
  }

  @Test
  void keywordsWithoutEndAreTooMany() {
    for (int i = 0; i < 100; i++) {
      assertThat(sets.areTooMany()).as("after %s lists", i).isEqualTo(i > 50);
      StringBuilder text = new StringBuilder();
      for (int k = 0; k < 4_000; k++) {
        text.append(" k").append(i).append('.').append(k);
      }
      sets.number(text.toString());
    }
  }
}
