// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedPositionTest {
  @Test
  void textIsReadBack() {
    FeedPosition position = FeedPosition.parse("42");

    assertThat(FeedPosition.parse(position.toString())).isEqualTo(position);
    assertThat(position).isGreaterThan(FeedPosition.START);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.5", "99999999999999999999"})
  void otherTextIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeedPosition.parse(text))
        .withMessageContaining("not a position")
        .withMessageEndingWith(text);
  }
}
