// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void pausesDoubleUpToFiveMinutes() {
    Backoff backoff = new Backoff(() -> 0.5);
    for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(seconds));
    }
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pausesDifferByHalfOfThemselves() {
    assertThat(new Backoff(() -> 0).next()).isEqualTo(Duration.ofMillis(500));
    assertThat(new Backoff(() -> 1).next()).isEqualTo(Duration.ofMillis(1500));
  }
}
