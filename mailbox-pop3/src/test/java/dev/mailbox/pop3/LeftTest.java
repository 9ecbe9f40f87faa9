// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.connect.ConnectionException;
import dev.mailbox.spi.EntryState;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What was left on the server is new once the limits are wider, until it is really here. */
class LeftTest {
  private static final SyncScope FEBRUARY =
      SyncScope.everything().since(Instant.parse("2026-02-01T00:00:00Z"));

  @Test
  void messageThatWasTooLargeIsNewUntilTheServerGivesIt() {
    try (Maildrop drop = new Maildrop().with(config -> config.maxMessageBytes(10))) {
      var sent = drop.deliver(1);
      drop.sync(TestTask.keeping());
      drop.with(config -> config);
      drop.pop3().on("RETR 1").once().reply("-ERR [SYS/TEMP] later");

      SyncReport refused = drop.sync(TestTask.keeping());
      SyncReport given = drop.sync(TestTask.keeping());

      assertThat(refused.problems()).hasSize(1);
      assertThat(given.downloaded()).isEqualTo(1);
      assertThat(given.outOfScope()).isZero();
      assertThat(drop.replica().raws()).isEqualTo(sent);
    }
  }

  @Test
  void messageThatWasTooOldIsNewUntilTheServerGivesIt() {
    try (Maildrop drop = new Maildrop()) {
      var sent = drop.deliver(2);
      drop.sync(TestTask.keeping().scope(FEBRUARY));
      drop.pop3().on("RETR 2").once().reply("-ERR [SYS/TEMP] later");

      drop.sync(TestTask.keeping());
      drop.sync(TestTask.keeping());

      assertThat(drop.replica().raws()).isEqualTo(sent);
    }
  }

  @Test
  void whatABrokenSyncLeftOutIsNewUnderThePolicyBeforeIt() {
    try (Maildrop drop = new Maildrop()) {
      drop.sync(TestTask.keeping());
      var sent = drop.deliver(2);
      drop.pop3().without("TOP").on("RETR 2").once().reset();
      drop.failing(ConnectionException.class, TestTask.keeping().scope(FEBRUARY));
      assertThat(drop.replica().entries().values())
          .anyMatch(entry -> entry.state() == EntryState.LEFT);

      drop.sync(TestTask.keeping());

      assertThat(drop.replica().raws()).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void headerAboveALoweredLimitIsNotRetrieved() {
    try (Maildrop drop = new Maildrop()) {
      var sent = drop.deliver(1);
      drop.sync(TestTask.keeping().bodies(BodyPolicy.onDemand()));
      drop.with(config -> config.maxMessageBytes(10));

      SyncReport first = drop.sync(TestTask.keeping());
      SyncReport second = drop.sync(TestTask.keeping());

      assertThat(drop.pop3().count("RETR")).isZero();
      assertThat(first.problems()).hasSize(1);
      assertThat(second.problems()).isEmpty();
      assertThat(second.outOfScope()).isEqualTo(1);

      drop.with(config -> config).sync(TestTask.keeping());

      assertThat(drop.replica().raws()).isEqualTo(sent);
      assertThat(drop.replica().held()).hasSize(1);
    }
  }
}
