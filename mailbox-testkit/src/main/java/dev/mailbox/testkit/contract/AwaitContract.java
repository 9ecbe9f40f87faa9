// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;
import static dev.mailbox.search.Query.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.connect.ConnectionException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Waiting for a message, with a store on disk and without. */
public interface AwaitContract extends ContractSubject {
  @Test
  default void awaitFindsWhatIsHereWithoutAServer() {
    try (Account account = Account.of(this)) {
      account.synced(Mail.several(3)).close();
      Mailbox mailbox = account.open(account.unreachable());

      Optional<Message> found = mailbox.inbox().await(subject("message"), Wait.LIMIT);

      assertThat(found).map(m -> m.envelope().subject()).contains("message 3");
    }
  }

  @Test
  default void awaitFindsWhatWaitsOnTheServer() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.several(2));

      assertFound(account.open(), "message 2");
    }
  }

  @Test
  default void awaitGetsWhatComesWhileItWaits() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open();
      Background<Optional<Message>> waiting =
          Background.start(() -> mailbox.inbox().await(subject("expected"), Wait.LIMIT));
      awaitFirstLook(account, mailbox);

      account.deliver(Mail.of("expected").body("the link\n"));

      assertThat(waiting.result().orElseThrow().content().text()).contains("the link");
    }
  }

  @Test
  default void awaitDoesNotWaitForThePollIntervalOfWatches() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open(account.config().pollInterval(Duration.ofHours(1)));
      Background<Optional<Message>> waiting =
          Background.start(() -> mailbox.inbox().await(subject("expected"), Wait.LIMIT));
      awaitFirstLook(account, mailbox);

      account.deliver(Mail.of("expected"));

      assertThat(waiting.result()).isPresent();
    }
  }

  private static void awaitFirstLook(Account account, Mailbox mailbox) {
    // Once this one is here, the wait has looked at the server, and has to look again.
    account.deliver(Mail.of("unrelated"));
    Wait.until(
        "the wait has looked at the server",
        () -> !mailbox.search(subject("unrelated").localOnly()).isEmpty());
  }

  @Test
  default void awaitIsEmptyWhenTheTimeIsUp() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("another"));
      Mailbox mailbox = account.open();
      long start = System.nanoTime();

      Optional<Message> found = mailbox.inbox().await(subject("expected"), Duration.ofMillis(700));

      assertThat(found).isEmpty();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(took).isBetween(Duration.ofMillis(700), Duration.ofSeconds(15));
    }
  }

  @Test
  default void awaitWithoutAStoreFindsWhatIsThereAndWhatComes() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("old"));
      Mailbox mailbox = account.open(account.inMemory());
      assertFound(mailbox, "old");
      Background<Optional<Message>> waiting =
          Background.start(
              () ->
                  mailbox.inbox().await(to("target@example.org").and(subject("new")), Wait.LIMIT));

      account.deliver(Mail.of("new").to("target@example.org").body("the link\n"));

      assertThat(waiting.result().orElseThrow().content().text()).contains("the link");
      assertThat(account.held()).hasSize(2);
    }
  }

  @Test
  default void awaitWithoutAStoreLooksIntoBodies() {
    try (Account account = Account.of(this)) {
      account.deliver(Mail.of("one").body("xylophone\n"), Mail.of("two"));
      Mailbox mailbox = account.open(account.inMemory());

      Optional<Message> found = mailbox.inbox().await(text("xylophone"), Wait.LIMIT);

      assertThat(found).map(m -> m.envelope().subject()).contains("one");
    }
  }

  @Test
  default void awaitIsEndedByClose() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open();
      Background<Optional<Message>> waiting =
          Background.start(() -> mailbox.inbox().await(subject("never"), Duration.ofHours(1)));
      awaitFirstLook(account, mailbox);

      mailbox.close();

      assertThat(waiting.failure())
          .isInstanceOfSatisfying(
              MailboxException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    }
  }

  @Test
  default void awaitIsEndedByInterruptAndTheFlagIsSetAgain() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open();
      Background<String> waiting =
          Background.start(
              () -> {
                try {
                  return "found " + mailbox.inbox().await(subject("never"), Duration.ofHours(1));
                } catch (MailboxException e) {
                  return e.reason() + " " + Thread.currentThread().isInterrupted();
                }
              });
      awaitFirstLook(account, mailbox);

      waiting.interrupt();

      assertThat(waiting.result()).isEqualTo(Reason.INTERRUPTED + " true");
      assertThat(mailbox.sync().problemCount()).isZero();
    }
  }

  @Test
  default void awaitThatCannotReachTheServerSaysSo() {
    try (Account account = Account.of(this)) {
      MailboxConfig.Builder unreachable = account.unreachable();
      Mailbox mailbox = account.open(unreachable);

      assertThatThrownBy(() -> mailbox.inbox().await(subject("never"), Duration.ofSeconds(2)))
          .isInstanceOf(ConnectionException.class);
      assertThat(mailbox.changes(FeedPosition.START, 100))
          .noneMatch(change -> change instanceof Change.Arrived);
    }
  }

  private static void assertFound(Mailbox mailbox, String subject) {
    Optional<Message> found = mailbox.inbox().await(subject(subject), Wait.LIMIT);

    assertThat(found).map(m -> m.envelope().subject()).contains(subject);
    assertThat(found.orElseThrow().content().text()).isNotBlank();
  }
}
