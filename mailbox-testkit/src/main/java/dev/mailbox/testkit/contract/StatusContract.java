// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxStatus;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What a mailbox says of itself. */
public interface StatusContract extends ContractSubject {
  @Test
  default void newMailboxHasNothingToTell() {
    try (Account account = Account.of(this)) {
      MailboxStatus status = account.open(account.unreachable()).status();

      assertThat(status.lastSync()).isEmpty();
      assertThat(status.lastProblem()).isEmpty();
      assertThat(status.queuedActions()).isZero();
      assertThat(status.failedActions()).isZero();
      assertThat(status.pendingRemovals()).isZero();
      assertThat(status.notIndexed()).isZero();
    }
  }

  @Test
  default void lastSyncIsKnownAndSurvivesReopen() {
    try (Account account = Account.of(this)) {
      Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
      Mailbox mailbox = account.synced(Mail.of("one"));
      Instant synced = mailbox.status().lastSync().orElseThrow();
      mailbox.close();

      assertThat(synced).isBetween(start, Instant.now());
      assertThat(account.open().status().lastSync()).contains(synced);
    }
  }

  @Test
  default void lastProblemIsThereUntilTheServerIsReachedAgain() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open(account.unreachable());
      assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);

      assertThat(mailbox.status().lastProblem()).get().isInstanceOf(ConnectionException.class);
      assertThat(mailbox.status().lastSync()).isEmpty();
      mailbox.close();

      assertThat(account.synced().status().lastProblem()).isEmpty();
    }
  }

  @Test
  default void textIndexCatchesUp() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(50));

      Wait.until("all messages are indexed", () -> mailbox.status().notIndexed() == 0);
      assertThat(mailbox.search(Query.text("number 37")).size()).isEqualTo(1);
    }
  }

  @Test
  default void noActionsHaveFailed() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      bySubject(mailbox, "message 1").delete();
      mailbox.sync();

      assertThat(mailbox.failedActions()).isEmpty();
      mailbox.clearFailedActions();
      assertThat(mailbox.status().failedActions()).isZero();
      assertThat(mailbox.status().pendingRemovals()).isZero();
    }
  }
}
