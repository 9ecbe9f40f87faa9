// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.sync.SyncReport;
import org.junit.jupiter.api.Test;

/** More deletions than one session takes. */
class ManyDeletionsTest {
  @Test
  void sessionThatStoppedIsFollowedByAnotherThoughADeletionWasRefused() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      drop.deliver(51_000);
      drop.pop3().on("DELE 49900").once().reply("-ERR not now");

      SyncReport report = drop.sync();

      assertThat(report.downloaded()).isEqualTo(51_000);
      assertThat(drop.replica().raws()).hasSize(51_000);
      assertThat(drop.inbox().messages()).isEmpty();
    }
  }

  @Test
  void sessionThatStoppedAndWasNotConfirmedSaysThatThereIsMore() {
    try (Maildrop drop = new Maildrop().deletingOnRequest()) {
      drop.deliver(51_000);
      drop.pop3().on("QUIT").once().reply("-ERR not all");

      SyncReport report = drop.sync();

      assertThat(report.notes()).anyMatch(note -> note.contains("at the next sync"));
      assertThat(drop.pop3().connections()).isEqualTo(1);
    }
  }
}
