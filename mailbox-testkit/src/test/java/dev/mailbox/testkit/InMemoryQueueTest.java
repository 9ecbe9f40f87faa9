// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.fault.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What waits for a server in memory: when it is brought there, and when it is undone. */
@Timeout(30)
class InMemoryQueueTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final ZonedDateTime NOON =
      ZonedDateTime.of(2026, 11, 2, 12, 0, 0, 0, ZoneOffset.UTC);

  private static InMemoryMailbox synced(ActionMode actions, byte[] raw) {
    MailboxConfig config =
        MailboxConfig.at("imaps://mail.example.org")
            .login("alice", "secret")
            .keepIn(Path.of("store"))
            .scope(SyncScope.everything().bodies(BodyPolicy.all()))
            .actions(actions)
            .build();
    InMemoryMailbox mailbox = InMemoryMailbox.open(config);
    mailbox.server().inbox().deliver(raw);
    mailbox.sync();
    return mailbox;
  }

  private static byte[] raw(String text) {
    return mail("one").date(NOON).messageId("<one@example.org>").text(text).build();
  }

  private static Message only(InMemoryMailbox mailbox) {
    assertThat(mailbox.inbox().counts().total()).isEqualTo(1);
    return mailbox.inbox().newest(1).get(0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void flushWaitsForAnotherThreadAsLongAsItsTimeGoes() throws Exception {
    try (var mailbox = synced(ActionMode.QUEUE_FIRST, raw("text"))) {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch answer = new CountDownLatch(1);
      only(mailbox).mark(Flag.SEEN);
      mailbox
          .server()
          .on(Operation.FLAG)
          .once()
          .run(
              () -> {
                asked.countDown();
                await(answer);
              });
      Thread other = new Thread(() -> mailbox.flush(LONG), "flush");
      other.start();
      try {
        asked.await();

        assertThat(mailbox.flush(Duration.ZERO)).isFalse();
        assertThat(mailbox.flush(Duration.ofMillis(20))).isFalse();

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> mailbox.flush(LONG))
            .isInstanceOfSatisfying(
                ConnectionException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.INTERRUPTED));
        assertThat(Thread.interrupted()).isTrue();
      } finally {
        answer.countDown();
        other.join();
      }
      assertThat(mailbox.flush(Duration.ZERO)).isTrue();
    }
  }

  @Test
  void flushWithoutTimeAsksNoServerThatRefusedTheLogin() {
    try (var mailbox = synced(ActionMode.ONLINE_FIRST, raw("text"))) {
      mailbox.server().on(Operation.FLAG).once().fails(Reason.AUTHENTICATION_FAILED);
      assertThat(only(mailbox).mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);

      assertThat(mailbox.flush(Duration.ZERO)).isFalse();

      assertThat(only(mailbox).mark(Flag.FLAGGED)).isEqualTo(Outcome.QUEUED);
      assertThat(mailbox.flush(LONG)).isTrue();
      assertThat(only(mailbox).mark(Flag.DRAFT)).isEqualTo(Outcome.ON_SERVER);
    }
  }

  /** Deletes the message, which is put off until the server has lost it, and then refused. */
  private static void refuseLate(InMemoryMailbox mailbox, Runnable meanwhile) {
    mailbox.server().on(Operation.DELETE).first(2).fails(Reason.TEMPORARY);
    assertThat(only(mailbox).delete()).isEqualTo(Outcome.QUEUED);
    ServerFolder inbox = mailbox.server().inbox();
    inbox.remove(inbox.messages().get(0).id());
    meanwhile.run();
    mailbox.sync();
    mailbox.server().on(Operation.DELETE).once().fails(Reason.NO_PERMISSION);
    assertThat(mailbox.flush(LONG)).isTrue();
    assertThat(mailbox.failedActions()).hasSize(1);
  }

  @Test
  void contentComesBackWithTheMessage() {
    try (var mailbox = synced(ActionMode.ONLINE_FIRST, raw("text"))) {
      Message message = only(mailbox);

      refuseLate(mailbox, () -> {});

      assertThat(only(mailbox).id()).isEqualTo(message.id());
      assertThat(only(mailbox).contentId()).isEqualTo(message.contentId());
      assertThat(mailbox.verify().messages()).isEqualTo(1);
      mailbox.damage(message.id());
      assertThat(mailbox.verify().damaged()).containsExactly(message.id());
    }
  }

  @Test
  void contentThatComesBackIsOneWithTheSameThatCameMeanwhile() {
    try (var mailbox = synced(ActionMode.ONLINE_FIRST, raw("text"))) {
      refuseLate(mailbox, () -> mailbox.server().inbox().deliver(raw("text")));

      assertThat(mailbox.inbox().newest(3)).extracting(Message::contentId).hasSize(2);
      assertThat(mailbox.inbox().newest(3).stream().map(Message::contentId).distinct()).hasSize(1);
      assertThat(mailbox.verify().messages()).isEqualTo(1);
    }
  }

  @Test
  void contentThatComesBackIsToldFromAnotherThatCameMeanwhile() {
    try (var mailbox = synced(ActionMode.ONLINE_FIRST, raw("text"))) {
      refuseLate(mailbox, () -> mailbox.server().inbox().deliver(raw("other text")));

      assertThat(mailbox.inbox().newest(3).stream().map(Message::contentId).distinct()).hasSize(2);
      assertThat(mailbox.inbox().newest(3).stream().map(each -> each.content().text().strip()))
          .containsExactlyInAnyOrder("text", "other text");
      assertThat(mailbox.verify().messages()).isEqualTo(2);
    }
  }
}
