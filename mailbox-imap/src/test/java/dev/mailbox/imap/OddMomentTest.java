// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeFolder;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ImapFolder;
import dev.mailbox.testkit.imap.ImapCommand;
import dev.mailbox.testkit.mail.MailFixtures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Things that happen at moments at which nobody expects them. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddMomentTest {
  private static final int LARGE = 6 * MailFixtures.MB;

  private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = server.user("alice", TestAccount.PASSWORD);
  private final ImapFolder inbox = alice.inbox().imap();
  @TempDir Path directory;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLargeMessageThatVanishesWhileItComesEndsTheDownload() {
    long uid = inbox.deliver(MailFixtures.mail("large").attachment("a", LARGE).build());
    inbox.deliver(mail("small"));
    imap.on("UID FETCH")
        .where(command -> command.text().contains("<2097152."))
        .once()
        .run(() -> inbox.expunge(uid));
    try (Mailbox mailbox = Mailbox.open(allBodies().build())) {
      mailbox.sync();
      assertThat(subjects(mailbox)).containsExactly("small");
      assertThat(imap.count("UID FETCH")).isLessThan(40);
      mailbox.sync();
      assertThat(subjects(mailbox)).containsExactly("small");
    }
    server.verify();
  }

  @Test
  void aListenerMayReadABodyDuringTheSync() {
    for (int i = 0; i < 5; i++) {
      inbox.deliver(mail("mail " + i));
    }
    List<String> read = new ArrayList<>();
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      inbox.deliver(mail("new"));
      mailbox.sync(
          progress -> {
            if (read.isEmpty()) {
              read.add(TestAccount.text(TestAccount.raw(mailbox.inbox().newest(1).get(0))));
            }
          });
      assertThat(read).first().asString().contains("mail 4");
    }
  }

  @Test
  void aListenerWhoseServerAdmitsOneSessionIsToldInsteadOfWaitingForItself() {
    imap.mostSessions(1);
    inbox.deliver(mail("mail"));
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      Message message = mailbox.inbox().newest(1).get(0);
      assertThatThrownBy(() -> mailbox.sync(progress -> TestAccount.raw(message)))
          .isInstanceOf(ConnectionException.class);
      assertThat(TestAccount.raw(message)).isNotEmpty();
    }
  }

  @Test
  void aSessionThatEndsWithAnErrorIsNoRefusalOfTheMove() {
    FakeFolder unused = alice.folder("Target");
    inbox.deliver(mail("moved"));
    try (Mailbox mailbox = Mailbox.open(allBodies().build())) {
      mailbox.sync();
      Message message = mailbox.inbox().newest(1).get(0);
      imap.on("UID MOVE").once().obeyButReply("* BYE [SERVERBUG] I have to go");
      message.moveTo(FolderPath.of("Target"));
      mailbox.flush(Duration.ofSeconds(20));
      mailbox.sync();
      assertThat(mailbox.failedActions()).isEmpty();
      assertThat(mailbox.find(message.id()).orElseThrow().folder().name()).isEqualTo("Target");
      assertThat(alice.existing("Target").imap().uids()).hasSize(1);
      assertThat(imap.count("UID MOVE")).isEqualTo(1);
    }
    server.verify();
  }

  @Test
  void lookingUpALostMoveDoesNotReadTheWholeTarget() {
    alice.folder("Trash").imap().attributes("\\Trash");
    for (int i = 0; i < 300; i++) {
      alice.existing("Trash").imap().deliver(mail("old " + "x".repeat(i)));
    }
    inbox.deliver(mail("moved"));
    try (Mailbox mailbox = Mailbox.open(allBodies().build())) {
      mailbox.sync();
      Message message = mailbox.inbox().newest(1).get(0);
      imap.on("UID MOVE").once().closeAfter(0);
      message.trash();
      mailbox.flush(Duration.ofSeconds(20));
      assertThat(imap.count("UID MOVE")).isEqualTo(1);
      assertThat(alice.existing("Trash").imap().uids()).hasSize(301);
      assertThat(mailbox.find(message.id()).orElseThrow().serverId()).isPresent();
      assertThat(headersAsked()).isLessThan(20);
    }
    server.verify();
  }

  /** How many messages were named by commands for headers; all of a folder count for many. */
  private long headersAsked() {
    return imap.commands("UID FETCH").stream()
        .filter(command -> command.text().contains("[HEADER]"))
        .map(ImapCommand::arguments)
        .mapToLong(arguments -> named(arguments.get(0).text()))
        .sum();
  }

  private static long named(String set) {
    long count = 0;
    for (String range : set.split(",", -1)) {
      String[] ends = range.split(":", -1);
      count += ends.length == 1 ? 1 : Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1;
    }
    return count;
  }

  @Test
  void aSessionThatEndedWhileNobodyUsedItIsReplaced() {
    inbox.deliver(mail("mail"));
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      imap.disconnect();
      assertThat(TestAccount.raw(mailbox.inbox().newest(1).get(0))).isNotEmpty();
    }
  }

  @Test
  void aRenumberedMessageWhoseRemovalIsUnknownIsNotDoubled() {
    inbox.deliver(mail("once"));
    MailboxConfig.Builder removing = allBodies().removal(Removal.afterDownload());
    try (Mailbox mailbox = Mailbox.open(removing.build())) {
      imap.on("UID STORE").once().close();
      assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
      MessageId id = mailbox.inbox().newest(1).get(0).id();
      inbox.uidValidity(inbox.uidValidity() + 1);
      inbox.renumber();
      SyncReport report = mailbox.sync();
      assertThat(report.problems()).isEmpty();
      assertThat(mailbox.inbox().newest(10)).extracting(Message::id).containsExactly(id);
      assertThat(inbox.uids()).isEmpty();
    }
    server.verify();
  }

  @Test
  void aServerThatRefusesToIdleIsNotAskedAgainAndAgain() {
    imap.on("IDLE").no("[LIMIT] not now");
    awaitNews();
    assertThat(imap.count("IDLE")).isEqualTo(2);
  }

  @Test
  void aServerThatEndsIdlingByItselfIsBelieved() {
    imap.on("IDLE").replyRaw("+ idling\r\n{tag} OK that is enough\r\n");
    awaitNews();
    assertThat(imap.count("IDLE")).isEqualTo(2);
    assertThat(imap.lines()).doesNotContain("DONE");
  }

  private void awaitNews() {
    ImapRemote remote = new ImapRemote(config().build());
    try {
      // The first time, the folder is entered, which is news.
      remote.awaitNews(FolderPath.INBOX, Duration.ofSeconds(10));
      remote.awaitNews(FolderPath.INBOX, Duration.ofMillis(200));
      remote.awaitNews(FolderPath.INBOX, Duration.ofMillis(200));
    } finally {
      remote.close();
    }
  }

  @Test
  void anInterruptOfTheSyncIsNotOneOfItsGuest() throws InterruptedException {
    assertGuestIsServed(Thread::interrupt);
  }

  @Test
  void theTimeLimitOfASyncIsNotThatOfItsGuest() throws InterruptedException {
    assertGuestIsServed(thread -> await(() -> System.nanoTime() > end));
  }

  private volatile long end;

  /** Lets somebody read a body in the session of a sync, to which something happens meanwhile. */
  private void assertGuestIsServed(Consumer<Thread> accident) throws InterruptedException {
    inbox.deliver(mail("body"));
    AtomicReference<byte[]> body = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      Message message = mailbox.inbox().newest(1).get(0);
      Thread guest = new Thread(() -> body.set(TestAccount.raw(message)), "guest");
      guest.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
      Thread host =
          new Thread(
              () -> {
                // The last look of an await is granted a second more.
                end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1700);
                mailbox.inbox().await(Query.subject("never"), Duration.ofMillis(300));
              },
              "host");
      host.setUncaughtExceptionHandler((thread, e) -> {});
      imap.on("EXAMINE")
          .once()
          .run(
              () -> {
                guest.start();
                await(() -> guest.getState() == Thread.State.WAITING);
              });
      imap.on("UID FETCH")
          .where(command -> command.text().contains("BODY.PEEK[]"))
          .once()
          .run(() -> accident.accept(host));
      host.start();
      host.join();
      guest.join();
    }
    assertThat(failure.get()).isNull();
    assertThat(body.get()).isNotEmpty();
    server.verify();
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void aMoveInTwoCommandsOfWhichOneIsLostIsDoneOnce() {
    FakeFolder unused = alice.folder("Target");
    for (int i = 0; i < 600; i++) {
      inbox.deliver(mail("mail " + i));
    }
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      List<MessageId> moved = new ArrayList<>();
      for (Message message : mailbox.inbox().newest(600)) {
        if (message.serverId().orElseThrow().toString().matches(".*[13579]")) {
          moved.add(message.id());
        }
      }
      imap.on("UID MOVE").nth(2).close();
      mailbox.messages(moved).moveTo(FolderPath.of("Target"));
      mailbox.flush(Duration.ofSeconds(20));
      mailbox.sync();
      Folder target = mailbox.folder(FolderPath.of("Target")).orElseThrow();
      assertThat(target.newest(1000))
          .extracting(Message::id)
          .containsExactlyInAnyOrderElementsOf(moved);
      assertThat(target.newest(1000)).allSatisfy(m -> assertThat(m.serverId()).isPresent());
      assertThat(alice.existing("Target").imap().uids()).hasSize(300);
      assertThat(inbox.uids()).hasSize(300);
    }
    server.verify();
  }

  @Test
  void aSearchWithManyHitsFitsIntoNoLine() {
    StringBuilder hits = new StringBuilder("* SEARCH");
    for (int i = 1; i < 200_000; i++) {
      hits.append(' ').append(i);
    }
    inbox.deliver(mail("mail"));
    imap.on("UID SEARCH").once().reply(hits.toString());
    ImapRemote remote = new ImapRemote(config().build());
    try {
      assertThat(remote.find(new RemoteFolder(FolderPath.INBOX, ""), Query.subject("mail"), true))
          .hasSizeGreaterThan(0);
    } finally {
      remote.close();
    }
    server.verify();
  }

  private static List<String> subjects(Mailbox mailbox) {
    return mailbox.inbox().newest(100).stream().map(m -> m.envelope().subject()).toList();
  }

  private MailboxConfig.Builder config() {
    return TestAccount.config("alice", imap.port(), directory.resolve("store"));
  }

  private MailboxConfig.Builder allBodies() {
    return config().scope(SyncScope.everything().bodies(BodyPolicy.all()));
  }

  private static byte[] mail(String subject) {
    return MailFixtures.mail(subject).build();
  }
}
