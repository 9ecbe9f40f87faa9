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
import dev.mailbox.testkit.FakeImap;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Things that happen at moments at which nobody expects them. */
@Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OddMomentTest {
  private static final int LARGE = 6 * MailFixtures.MB;

  private FakeImap server;
  @TempDir Path directory;

  @BeforeEach
  void start() {
    server = FakeImap.start().login("alice", TestAccount.PASSWORD);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLargeMessageThatVanishesWhileItComesEndsTheDownload() {
    long uid = server.inbox().deliver(MailFixtures.mail("large").attachment("a", LARGE).build());
    server.inbox().deliver(mail("small"));
    server
        .on("UID FETCH")
        .where(command -> command.text().contains("<2097152."))
        .once()
        .run(() -> server.inbox().expunge(uid));
    try (Mailbox mailbox = Mailbox.open(allBodies().build())) {
      mailbox.sync();
      assertThat(subjects(mailbox)).containsExactly("small");
      assertThat(server.count("UID FETCH")).isLessThan(40);
      mailbox.sync();
      assertThat(subjects(mailbox)).containsExactly("small");
    }
    server.verify();
  }

  @Test
  void aListenerMayReadABodyDuringTheSync() {
    for (int i = 0; i < 5; i++) {
      server.inbox().deliver(mail("mail " + i));
    }
    List<String> read = new ArrayList<>();
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      server.inbox().deliver(mail("new"));
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
    server.mostSessions(1);
    server.inbox().deliver(mail("mail"));
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
    server.createFolder("Target");
    server.inbox().deliver(mail("moved"));
    try (Mailbox mailbox = Mailbox.open(allBodies().build())) {
      mailbox.sync();
      Message message = mailbox.inbox().newest(1).get(0);
      server.on("UID MOVE").once().obeyButReply("* BYE [SERVERBUG] I have to go");
      message.moveTo(FolderPath.of("Target"));
      mailbox.flush(Duration.ofSeconds(20));
      mailbox.sync();
      assertThat(mailbox.failedActions()).isEmpty();
      assertThat(mailbox.find(message.id()).orElseThrow().folder().name()).isEqualTo("Target");
      assertThat(server.folder("Target").uids()).hasSize(1);
      assertThat(server.count("UID MOVE")).isEqualTo(1);
    }
    server.verify();
  }

  @Test
  void lookingUpALostMoveDoesNotReadTheWholeTarget() {
    server.createFolder("Trash").attributes("\\Trash");
    for (int i = 0; i < 300; i++) {
      server.folder("Trash").deliver(mail("old " + "x".repeat(i)));
    }
    server.inbox().deliver(mail("moved"));
    try (Mailbox mailbox = Mailbox.open(allBodies().build())) {
      mailbox.sync();
      Message message = mailbox.inbox().newest(1).get(0);
      server.on("UID MOVE").once().closeAfter(0);
      message.trash();
      mailbox.flush(Duration.ofSeconds(20));
      assertThat(server.count("UID MOVE")).isEqualTo(1);
      assertThat(server.folder("Trash").uids()).hasSize(301);
      assertThat(mailbox.find(message.id()).orElseThrow().serverId()).isPresent();
      assertThat(headersAsked()).isLessThan(20);
    }
    server.verify();
  }

  /** How many messages were named by commands for headers; all of a folder count for many. */
  private long headersAsked() {
    return server.commands("UID FETCH").stream()
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
    server.inbox().deliver(mail("mail"));
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      server.disconnect();
      assertThat(TestAccount.raw(mailbox.inbox().newest(1).get(0))).isNotEmpty();
    }
  }

  @Test
  void aRenumberedMessageWhoseRemovalIsUnknownIsNotDoubled() {
    server.inbox().deliver(mail("once"));
    MailboxConfig.Builder removing = allBodies().removal(Removal.afterDownload());
    try (Mailbox mailbox = Mailbox.open(removing.build())) {
      server.on("UID STORE").once().close();
      assertThatThrownBy(mailbox::sync).isInstanceOf(ConnectionException.class);
      MessageId id = mailbox.inbox().newest(1).get(0).id();
      server.inbox().uidValidity(server.inbox().uidValidity() + 1);
      server.inbox().renumber();
      SyncReport report = mailbox.sync();
      assertThat(report.problems()).isEmpty();
      assertThat(mailbox.inbox().newest(10)).extracting(Message::id).containsExactly(id);
      assertThat(server.inbox().uids()).isEmpty();
    }
    server.verify();
  }

  @Test
  void aServerThatRefusesToIdleIsNotAskedAgainAndAgain() {
    server.on("IDLE").no("[LIMIT] not now");
    awaitNews();
    assertThat(server.count("IDLE")).isEqualTo(2);
  }

  @Test
  void aServerThatEndsIdlingByItselfIsBelieved() {
    server.on("IDLE").replyRaw("+ idling\r\n{tag} OK that is enough\r\n");
    awaitNews();
    assertThat(server.count("IDLE")).isEqualTo(2);
    assertThat(server.lines()).doesNotContain("DONE");
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
    server.inbox().deliver(mail("body"));
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
      server
          .on("EXAMINE")
          .once()
          .run(
              () -> {
                guest.start();
                await(() -> guest.getState() == Thread.State.WAITING);
              });
      server
          .on("UID FETCH")
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
    server.createFolder("Target");
    for (int i = 0; i < 600; i++) {
      server.inbox().deliver(mail("mail " + i));
    }
    try (Mailbox mailbox = Mailbox.open(config().build())) {
      mailbox.sync();
      List<MessageId> moved = new ArrayList<>();
      for (Message message : mailbox.inbox().newest(600)) {
        if (message.serverId().orElseThrow().toString().matches(".*[13579]")) {
          moved.add(message.id());
        }
      }
      server.on("UID MOVE").nth(2).close();
      mailbox.messages(moved).moveTo(FolderPath.of("Target"));
      mailbox.flush(Duration.ofSeconds(20));
      mailbox.sync();
      Folder target = mailbox.folder(FolderPath.of("Target")).orElseThrow();
      assertThat(target.newest(1000))
          .extracting(Message::id)
          .containsExactlyInAnyOrderElementsOf(moved);
      assertThat(target.newest(1000)).allSatisfy(m -> assertThat(m.serverId()).isPresent());
      assertThat(server.folder("Target").uids()).hasSize(300);
      assertThat(server.inbox().uids()).hasSize(300);
    }
    server.verify();
  }

  @Test
  void aSearchWithManyHitsFitsIntoNoLine() {
    StringBuilder hits = new StringBuilder("* SEARCH");
    for (int i = 1; i < 200_000; i++) {
      hits.append(' ').append(i);
    }
    server.inbox().deliver(mail("mail"));
    server.on("UID SEARCH").once().reply(hits.toString());
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
    return TestAccount.config("alice", server.port(), directory.resolve("store"));
  }

  private MailboxConfig.Builder allBodies() {
    return config().scope(SyncScope.everything().bodies(BodyPolicy.all()));
  }

  private static byte[] mail(String subject) {
    return MailFixtures.mail(subject).build();
  }
}
