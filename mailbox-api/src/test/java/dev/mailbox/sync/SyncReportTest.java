// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SyncReportTest {
  @Test
  void countsAddUp() {
    SyncReport one = SyncReport.builder().downloaded(2).deleted(1).bytes(10).note("slow").build();
    SyncReport both =
        SyncReport.builder()
            .downloaded(1)
            .unconfirmed(3)
            .note("slow")
            .add(one)
            .elapsed(Duration.ofSeconds(1))
            .build();

    assertThat(both.downloaded()).isEqualTo(3);
    assertThat(both.deleted()).isEqualTo(1);
    assertThat(both.unconfirmed()).isEqualTo(3);
    assertThat(both.bytes()).isEqualTo(10);
    assertThat(both.notes()).containsExactly("slow");
    assertThat(both.elapsed()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void problemsBeyondTheMostKeptAreCounted() {
    SyncReport.Builder builder = SyncReport.builder();
    for (int i = 0; i < SyncProblem.MOST_KEPT + 5; i++) {
      builder.problem(new SyncProblem("k" + i, Reason.LIMIT_EXCEEDED, "too large"));
    }
    SyncReport report = SyncReport.builder().add(builder.build()).build();

    assertThat(report.problems()).hasSize(SyncProblem.MOST_KEPT);
    assertThat(report.problemCount()).isEqualTo(SyncProblem.MOST_KEPT + 5);
  }
}
