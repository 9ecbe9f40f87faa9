// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlagsTest {
  private static final Flag PROJECT = Flag.keyword("project");

  @Test
  void flagsComeBack() {
    Set<Flag> all =
        Set.of(Flag.SEEN, Flag.ANSWERED, Flag.FLAGGED, Flag.DRAFT, Flag.FORWARDED, PROJECT);
    assertThat(Flags.of(all).toSet()).isEqualTo(all);
    assertThat(Flags.of(Set.of())).isEqualTo(Flags.NONE);
    assertThat(Flags.NONE.toSet()).isEmpty();
  }

  @Test
  void keywordsThatDifferOnlyInCaseAreOne() {
    Flags flags = Flags.of(List.of(PROJECT, Flag.keyword("PROJECT")));
    assertThat(flags.toSet()).containsExactly(PROJECT);
    assertThat(flags.changed(Set.of(), Set.of(Flag.keyword("Project"))).toSet()).isEmpty();
  }

  @Test
  void seenIsTheBitThatCountsUse() {
    assertThat(Flags.of(Set.of(Flag.SEEN)).bits()).isEqualTo(Flags.SEEN);
  }

  @Test
  void whatIsSetAndClearedIsCleared() {
    assertThat(Flags.NONE.changed(Set.of(PROJECT), Set.of(PROJECT)).toSet()).isEmpty();
    assertThat(Flags.NONE.changed(Set.of(Flag.SEEN, PROJECT), Set.of()).toSet())
        .containsExactlyInAnyOrder(Flag.SEEN, PROJECT);
  }
}
