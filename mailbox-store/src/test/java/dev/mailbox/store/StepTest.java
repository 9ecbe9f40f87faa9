// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.search.Query.all;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a copy says that is not in step, and what ends the step. */
class StepTest {
  private final TestRemote remote = TestRemote.local();
  @TempDir Path directory;

  @Test
  void searchOfACopyThatWasNeverInStepIsNotComplete() {
    remote.server.deliver(StoreFixture.mail("one"));
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      assertThat(mailbox.inbox().search(all()).complete()).isFalse();
      mailbox.sync();
      assertThat(mailbox.inbox().search(all()).complete()).isTrue();
    }
  }

  @Test
  void mailboxClosedWithinItsSyncEndsTheSync() {
    Mailbox mailbox = StoreFixture.open(directory, remote);
    remote.server.deliver(StoreFixture.mail("one"));
    remote.duringSync = mailbox::close;

    assertThatThrownBy(mailbox::sync)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    StoreFixture.open(directory, TestRemote.local()).close();
  }
}
