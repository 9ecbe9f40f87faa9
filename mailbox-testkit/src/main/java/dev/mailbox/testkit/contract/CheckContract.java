// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checking the way to the server: logs in, tells what is there, changes nothing. */
public interface CheckContract extends ContractSubject {
  @Test
  default void checkTellsHowManyMessagesWait() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));

      assertThat(account.open().check().messages()).hasValue(2);
    }
  }

  @Test
  default void checkTellsHowItWasDone() {
    try (Account account = Account.of(this)) {
      CheckReport report = account.open().check();

      assertThat(List.of(report.protocol(), report.security(), report.mechanism()))
          .noneMatch(String::isBlank);
      assertThat(report.greeting()).isNotBlank().doesNotContainPattern("\\p{Cntrl}");
    }
  }

  @Test
  default void checkDownloadsAndChangesNothing() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      List<String> before = account.held();
      Mailbox mailbox = account.open();
      FeedPosition position = mailbox.lastChange();

      mailbox.check();

      assertThat(mailbox.lastChange()).isEqualTo(position);
      assertThat(mailbox.inbox().counts().total()).isZero();
      assertThat(account.held()).isEqualTo(before);
    }
  }

  @Test
  default void checkCanBeFollowedByWorkAtOnce() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));
      Mailbox mailbox = account.open();

      mailbox.check();
      mailbox.check();

      assertThat(mailbox.sync().downloaded()).isEqualTo(2);
    }
  }

  @Test
  default void checkNeedsNoStoreOnDisk() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(3));

      assertThat(account.open(account.inMemory()).check().messages()).hasValue(3);
    }
  }

  @Test
  default void refusedPortIsAConnectionProblemThatNamesHostAndPort() {
    try (Account account = Account.of(this)) {
      MailboxConfig good = account.config().build();
      int port = account.deadPort().number();
      Mailbox mailbox =
          account.open(
              MailboxConfig.at(good.scheme() + "://127.0.0.1:" + port)
                  .tls(good.tlsMode())
                  .credentials(good.credentials().orElseThrow()));

      assertThatThrownBy(mailbox::check)
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED))
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining(String.valueOf(port));
    }
  }

  @Test
  default void unreachableServerIsAConnectionProblemAndTheMailboxStaysUsable() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.of("here")).close();
      Mailbox mailbox = account.open(account.unreachable());

      assertThatThrownBy(mailbox::check).isInstanceOf(ConnectionException.class);
      assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
      assertThat(Reading.subjects(mailbox.inbox().newest(10))).containsExactly("here");
    }
  }
}
