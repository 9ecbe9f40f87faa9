// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.testkit.mail.MailFixtures.MB;
import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.ActionMode;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.StoreException;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.connect.TlsException;
import dev.mailbox.content.Part;
import dev.mailbox.testkit.fault.Operation;
import dev.mailbox.testkit.junit.MailServerTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the contracts do not say: the control over the other side, and what goes wrong. */
@MailServerTest
@Timeout(30)
class InMemoryMailboxTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  private static MailboxConfig.Builder config() {
    return MailboxConfig.at("imaps://mail.example.org").login("alice", "secret");
  }

  private static Message only(InMemoryMailbox mailbox) {
    List<Message> messages = mailbox.inbox().newest(2);
    assertThat(messages).hasSize(1);
    return messages.get(0);
  }

  private static Message synced(InMemoryMailbox mailbox) {
    mailbox.server().inbox().deliver(mail("hello"));
    mailbox.sync();
    return only(mailbox);
  }

  @Test
  void isInjectedAndSeesWhatIsDelivered(InMemoryMailbox mailbox) {
    mailbox.server().inbox().deliver(mail("hello").attachment("a.pdf", 3 * MB));

    assertThat(mailbox.inbox().newest(1)).isEmpty();
    assertThat(mailbox.sync().headersOnly()).isEqualTo(1);

    Part attachment = only(mailbox).content().attachments().get(0);
    assertThat(attachment.safeFileName()).isEqualTo("a.pdf");
    assertThat(attachment.sizeInBytes()).isEqualTo(3 * MB);
  }

  @Test
  void postOfficeEmptiesTheServer() {
    try (var mailbox = InMemoryMailbox.pop3()) {
      mailbox.server().inbox().deliver(mail("hello"));

      assertThat(mailbox.sync().deleted()).isEqualTo(1);

      assertThat(mailbox.server().inbox().messages()).isEmpty();
      assertThat(only(mailbox).mark(Flag.SEEN)).isEqualTo(Outcome.LOCAL);
    }
  }

  @Test
  void anotherClientIsSeenByTheNextSync(InMemoryMailbox mailbox) {
    Message message = synced(mailbox);
    ServerFolder inbox = mailbox.server().inbox();
    String id = inbox.messages().get(0).id();

    inbox.flag(id, "\\Seen");
    mailbox.sync();
    assertThat(only(mailbox).flags()).containsExactly(Flag.SEEN);

    inbox.remove(id);
    mailbox.sync();
    assertThat(mailbox.find(message.id())).isEmpty();
  }

  @Test
  void failureIsOfTheTypeThatGoesWithItsReason(InMemoryMailbox mailbox) {
    mailbox.server().on(Operation.SYNC).nth(1).fails(Reason.DISCONNECTED);
    mailbox.server().on(Operation.SYNC).nth(2).fails(Reason.CERTIFICATE_EXPIRED);
    mailbox.server().on(Operation.SYNC).nth(3).fails(Reason.DISK_FULL);

    assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
    assertThat(mailbox.status().lastProblem()).isPresent();
    assertThatThrownBy(mailbox::sync).isInstanceOf(TlsException.class);
    assertThatThrownBy(mailbox::sync).isInstanceOf(StoreException.class);
    assertThat(mailbox.sync().problemCount()).isZero();
    assertThat(mailbox.status().lastProblem()).isEmpty();
  }

  @Test
  void whateverComesNextCanFail(InMemoryMailbox mailbox) {
    mailbox.server().onAny().once().fails(Reason.REFUSED);

    assertThatThrownBy(mailbox::check).isInstanceOf(ConnectionException.class);
    assertThat(mailbox.sync().problemCount()).isZero();
  }

  @Test
  void refusedActionIsRolledBack(InMemoryMailbox mailbox) {
    Message message = synced(mailbox);
    mailbox.createFolder(ARCHIVE);
    mailbox.server().on(Operation.MOVE).folder("Archive").once().fails(Reason.OVER_QUOTA);

    assertThatThrownBy(() -> message.moveTo(ARCHIVE))
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.OVER_QUOTA));

    assertThat(only(mailbox).folder()).isEqualTo(FolderPath.INBOX);
    assertThat(mailbox.failedActions()).isEmpty();
    assertThat(message.moveTo(ARCHIVE)).isEqualTo(Outcome.ON_SERVER);
    assertThat(mailbox.server().folder("Archive").count()).isEqualTo(1);
  }

  @Test
  void storeThatIsFullChangesNothing() {
    try (var mailbox = InMemoryMailbox.pop3()) {
      Message message = synced(mailbox);
      FeedPosition before = mailbox.lastChange();
      mailbox.server().on(Operation.FLAG).once().fails(Reason.DISK_FULL);

      assertThatThrownBy(() -> message.mark(Flag.SEEN)).isInstanceOf(StoreException.class);

      assertThat(only(mailbox).flags()).isEmpty();
      assertThat(mailbox.lastChange()).isEqualTo(before);
    }
  }

  @Test
  void whatIsQueuedOfflineIsDoneWhenTheMailboxIsOnline(InMemoryMailbox mailbox) {
    Message message = synced(mailbox);
    mailbox.offline();
    assertThat(message.mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
    assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
    assertThat(mailbox.status().queuedActions()).isEqualTo(1);

    mailbox.online();

    assertThat(mailbox.status().queuedActions()).isZero();
    assertThat(mailbox.server().inbox().messages().get(0).flags()).containsExactly("\\Seen");
  }

  @Test
  void queuedActionThatIsRefusedIsTold(InMemoryMailbox mailbox) {
    Message message = synced(mailbox);
    mailbox.createFolder(ARCHIVE);
    mailbox.server().on(Operation.MOVE).fails(Reason.NO_PERMISSION);
    mailbox.offline();
    message.moveTo(ARCHIVE);
    message.mark(Flag.SEEN);
    FeedPosition start = mailbox.lastChange();

    mailbox.online();

    assertThat(mailbox.failedActions())
        .hasSize(2)
        .allSatisfy(
            failed -> {
              assertThat(failed.message()).contains(message.id());
              assertThat(failed.reason()).isEqualTo(Reason.NO_PERMISSION);
            });
    assertThat(mailbox.changes(start, 10))
        .hasExactlyElementsOfTypes(
            Change.FlagsChanged.class,
            Change.ActionFailed.class,
            Change.Moved.class,
            Change.ActionFailed.class);
    assertThat(only(mailbox).flags()).isEmpty();
  }

  @Test
  void queueFirstWaitsForFlush() {
    try (var mailbox = InMemoryMailbox.open(config().actions(ActionMode.QUEUE_FIRST).build())) {
      Message message = synced(mailbox);

      assertThat(message.mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
      assertThat(mailbox.server().inbox().messages().get(0).flags()).isEmpty();
      assertThat(mailbox.flush(Duration.ofSeconds(1))).isTrue();
      assertThat(mailbox.server().inbox().messages().get(0).flags()).containsExactly("\\Seen");
    }
  }

  @Test
  void downloadThatBreaksGoesOnWithTheNextSync() {
    try (var mailbox = InMemoryMailbox.pop3()) {
      for (int i = 0; i < 3; i++) {
        mailbox.server().inbox().deliver(mail("message " + i));
      }
      mailbox.server().on(Operation.DOWNLOAD).nth(3).fails(Reason.DISCONNECTED);

      assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);

      assertThat(mailbox.inbox().counts().total()).isEqualTo(2);
      assertThat(mailbox.server().inbox().count()).isEqualTo(3);
      assertThat(mailbox.sync().downloaded()).isEqualTo(1);
      assertThat(mailbox.server().inbox().count()).isZero();
    }
  }

  @Test
  void messageThatIsRefusedIsAProblemOfTheReport() {
    try (var mailbox = InMemoryMailbox.pop3()) {
      mailbox.server().inbox().deliver(mail("one"));
      mailbox.server().inbox().deliver(mail("two"));
      mailbox.server().on(Operation.DOWNLOAD).once().fails(Reason.PERMANENT);

      var report = mailbox.sync();

      assertThat(report.downloaded()).isEqualTo(1);
      assertThat(report.problems()).singleElement().matches(p -> p.reason() == Reason.PERMANENT);
    }
  }

  @Test
  void folderThatCannotBeReadDoesNotHoldUpTheOthers(InMemoryMailbox mailbox) {
    mailbox.server().folder("Shared").deliver(mail("secret"));
    mailbox.server().on(Operation.LIST).folder("Shared").once().fails(Reason.NO_PERMISSION);
    mailbox.server().inbox().deliver(mail("hello"));

    assertThat(mailbox.sync().problems()).hasSize(1);

    assertThat(mailbox.inbox().counts().total()).isEqualTo(1);
  }

  @Test
  void stalledServerIsGivenUpAfterTheTimeout() {
    var patience = Timeouts.all(Duration.ofMillis(30));
    try (var mailbox = InMemoryMailbox.open(config().timeouts(patience).build())) {
      mailbox.server().on(Operation.SYNC).once().stalls();

      assertThatThrownBy(mailbox::sync)
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIMEOUT));
      assertThat(mailbox.sync().problemCount()).isZero();
    }
  }

  @Test
  void slowServerIsWaitedFor(InMemoryMailbox mailbox) {
    mailbox.server().on(Operation.CHECK).takes(Duration.ofMillis(30));
    long start = System.nanoTime();

    assertThat(mailbox.check().messages()).hasValue(0);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(29));
  }

  @Test
  void closeEndsASyncThatStalls(InMemoryMailbox mailbox) {
    // By the time this is closed, the sync has begun, and it cannot end by itself.
    mailbox.server().on(Operation.SYNC).stalls();
    mailbox.server().on(Operation.SYNC).run(new Thread(mailbox::close, "closer")::start);

    assertThatThrownBy(mailbox::sync)
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
  }

  @Test
  void watchTellsAtOnceAndItsThreadEndsWithTheMailbox(InMemoryMailbox mailbox)
      throws InterruptedException {
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    mailbox.watch(told::add);

    mailbox.server().inbox().deliver(mail("news"));

    assertThat(told.poll(20, TimeUnit.SECONDS)).isInstanceOf(Change.Arrived.class);
  }

  @Test
  void awaitSeesWhatADelayedProgramSends(InMemoryMailbox mailbox) {
    var sender = new Thread(() -> mailbox.server().inbox().deliver(mail("link")), "sender");
    sender.start();

    assertThat(mailbox.inbox().await(subject("link"), Duration.ofSeconds(20))).isPresent();
  }

  @Test
  void awaitOutlivesATimeWithoutServer(InMemoryMailbox mailbox) {
    mailbox.server().on(Operation.SYNC).first(3).fails(Reason.UNKNOWN_HOST);
    mailbox.server().inbox().deliver(mail("link"));

    assertThat(mailbox.inbox().await(subject("link"), Duration.ofSeconds(20))).isPresent();
  }

  @Test
  void damageIsFoundByVerify() {
    try (var mailbox = InMemoryMailbox.pop3()) {
      Message message = synced(mailbox);
      assertThat(mailbox.verify().isSound()).isTrue();

      mailbox.damage(message.id());

      assertThat(mailbox.verify().damaged()).containsExactly(message.id());
    }
  }

  @Test
  void storeIsOpenedAgainWithAllThatItHad(InMemoryMailbox mailbox) {
    Message message = synced(mailbox);
    FeedPosition position = mailbox.lastChange();
    mailbox.close();

    try (var again = mailbox.server().open(mailbox.config())) {
      assertThat(again.find(message.id())).isPresent();
      assertThat(again.lastChange()).isEqualTo(position);
    }
    try (var other = mailbox.server().open(config().keepIn(Path.of("another device")).build())) {
      assertThat(other.inbox().newest(1)).isEmpty();
    }
  }

  @Test
  void overrideThatWasNeverUsedFailsVerification() {
    try (var mailbox = InMemoryMailbox.imap()) {
      mailbox.server().on(Operation.APPEND, Operation.COPY).fails(Reason.OVER_QUOTA);

      assertThatThrownBy(mailbox.server()::verify)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("APPEND");
      mailbox.server().heal();
      mailbox.server().verify();
    }
  }

  @Test
  void configurationWithoutAServerIsRefused() {
    MailboxConfig offline = MailboxConfig.offline(Path.of("nothing")).build();

    assertThatIllegalArgumentException().isThrownBy(() -> InMemoryMailbox.open(offline));
  }

  @Test
  void threadsDoNotLoseEachOthersWork(InMemoryMailbox mailbox) throws InterruptedException {
    mailbox.createFolder(ARCHIVE);
    for (int i = 0; i < 40; i++) {
      mailbox.server().inbox().deliver(mail("message " + i));
    }
    mailbox.sync();
    List<Message> messages = mailbox.inbox().newest(40);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<Message> mine = messages.subList(i * 10, i * 10 + 10);
      threads.add(
          new Thread(
              () -> {
                for (Message each : mine) {
                  each.mark(Flag.SEEN);
                  each.moveTo(ARCHIVE);
                  mailbox.sync();
                }
              },
              "worker " + i));
    }
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }

    assertThat(mailbox.inbox().counts().total()).isZero();
    assertThat(mailbox.search(all()).ids())
        .containsExactlyInAnyOrderElementsOf(messages.stream().map(Message::id).toList());
    assertThat(mailbox.server().folder("Archive").messages())
        .hasSize(40)
        .allMatch(held -> held.flags().contains("\\Seen"));
  }
}
