// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.connect.ConnectionException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose store it is. */
class OwnerTest {
  private final TestRemote remote = TestRemote.onServer();
  @TempDir Path directory;

  private MailboxConfig bob() {
    return MailboxConfig.at("pop3s://mail.example.org").login("bob", "x").keepIn(directory).build();
  }

  private void asAlice(Consumer<Mailbox> work) {
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      work.accept(mailbox);
    }
  }

  private void assertBobIsRefused() {
    assertThatThrownBy(() -> StoreMailbox.open(bob(), TestRemote.onServer()))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_OTHER_ACCOUNT))
        .hasMessageContaining("alice@mail.example.org")
        .hasMessageContaining("bob@mail.example.org");
    TestRemote again = remote.again();
    StoreFixture.open(directory, again).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync", "check"})
  void storeBelongsToTheAccountThatGotIn(String how) {
    asAlice(
        mailbox -> {
          if (how.equals("sync")) {
            mailbox.sync();
          } else {
            mailbox.check();
          }
        });
    assertBobIsRefused();
  }

  @Test
  void accountThatDidNotGetInBindsNothing() {
    asAlice(
        mailbox -> {
          remote.offline = true;
          assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
          assertThatThrownBy(mailbox::check).isInstanceOf(ConnectionException.class);
        });
    try (Mailbox mailbox = StoreMailbox.open(bob(), TestRemote.onServer())) {
      mailbox.sync();
      assertThat(mailbox.status().lastSync()).isPresent();
    }
  }

  @Test
  void mailThatCameBeforeTheSyncFailedBindsTheStore() {
    remote.server.deliver(StoreFixture.mail("one"));
    asAlice(
        mailbox -> {
          remote.breakAfterListing = true;
          assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
          assertThat(mailbox.inbox().counts().total()).isEqualTo(1);
        });
    assertBobIsRefused();
  }
}
