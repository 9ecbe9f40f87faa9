// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagTest {
  @Test
  void flagsAreEqualWithoutRegardToCase() {
    assertThat(Flag.keyword("Work"))
        .isEqualTo(Flag.keyword("WORK"))
        .hasSameHashCodeAs(Flag.keyword("work"))
        .hasToString("Work");
    assertThat(new Flag("\\SEEN")).isEqualTo(Flag.SEEN).hasToString("\\Seen");
  }

  @Test
  void systemFlagsAreToldFromKeywords() {
    assertThat(Flag.SEEN.isSystem()).isTrue();
    assertThat(Flag.FORWARDED.isSystem()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "x\r\nA9 DELETE INBOX",
        "(",
        ")",
        "{",
        "%",
        "*",
        "\"",
        "\\Seen",
        "]",
        "é"
      })
  void whatIsNoAtomIsNoKeyword(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Flag.keyword(name))
        .withMessageContaining("keyword");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\Deleted", "\\Recent", "\\", "\\Seen x"})
  void systemFlagsThatAreNotOfferedAreRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Flag(name));
  }
}
