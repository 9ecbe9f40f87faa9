// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.Timeouts;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ImapFolder;
import dev.mailbox.testkit.imap.ImapCommand;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for whom, and over how many connections. */
@Timeout(60)
class ConnectionPlanTest {
  /** So many headers that what is under way at a time is only a part of them. */
  private static final int MANY = 1500;

  /** How many batches of headers are under way at most, with the one that is about to be sent. */
  private static final int WINDOW = 6;

  private final FakeMailServer server = CommonServer.start();
  private final FakeImap imap = server.imap();
  private final FakeAccount alice = CommonServer.alice(server);
  private final ImapFolder inbox = alice.inbox().imap();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    inbox.deliver(mail("first"));
    mailbox = Mailbox.open(config(directory));
    mailbox.sync();
  }

  private MailboxConfig config(Path directory) {
    return config(directory, Duration.ofSeconds(20));
  }

  private MailboxConfig config(Path directory, Duration timeout) {
    return MailboxConfig.at(server.imapUrl() + "?tls=none")
        .login("alice", "secret")
        .keepIn(directory.resolve("store"))
        .timeouts(Timeouts.all(timeout))
        .pollInterval(Duration.ofMinutes(1))
        .build();
  }

  @AfterEach
  void close() {
    goOn.countDown();
    mailbox.close();
    server.close();
  }

  private static byte[] mail(String subject) {
    String text =
        "Subject: " + subject + "\r\nMessage-ID: <" + subject + "@x>\r\n\r\nbody of " + subject;
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Starts a sync of many headers that stops at one of its commands until it may go on. */
  private CompletableFuture<SyncReport> stoppedSync() {
    for (int i = 0; i < MANY; i++) {
      inbox.deliver(mail("m" + i));
    }
    imap.on("UID FETCH")
        .where(command -> command.text().contains("HEADER"))
        .nth(3)
        .run(
            () -> {
              reached.countDown();
              await(goOn);
            });
    CompletableFuture<SyncReport> sync = background(mailbox::sync);
    await(reached);
    return sync;
  }

  /** Does something while the sync is stopped, and lets the sync go on once it waits. */
  private <T> T meanwhile(Supplier<T> work) {
    Thread[] thread = new Thread[1];
    CompletableFuture<T> result =
        background(
            () -> {
              thread[0] = Thread.currentThread();
              return work.get();
            });
    await(() -> thread[0] != null && isGuest(thread[0]));
    goOn.countDown();
    return result.join();
  }

  /** Whether it waits for the session of the sync, and no more for anything before that. */
  private static boolean isGuest(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().endsWith(".connect.Guests"));
  }

  private static <T> CompletableFuture<T> background(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(work.get());
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("it never happened");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it never happened");
      }
      Thread.onSpinWait();
    }
  }

  /** The commands behind the one that the sync stopped at, up to the first of that text. */
  private List<ImapCommand> sentBefore(String text) {
    List<ImapCommand> all = imap.commands();
    int headers = 0;
    int from = 0;
    while (headers < 3) {
      boolean big = all.get(from).text().contains("HEADER") && from > firstSyncEnd();
      headers += big ? 1 : 0;
      from++;
    }
    int to = from;
    while (!all.get(to).text().contains(text)) {
      to++;
    }
    return all.subList(from, to);
  }

  private int firstSyncEnd() {
    List<ImapCommand> all = imap.commands();
    int end = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).text().contains("HEADER")) {
        end = i;
        break;
      }
    }
    return end;
  }

  @Test
  void openingAMessageDuringASyncWaitsOnlyForWhatIsUnderWay() {
    Message first = mailbox.inbox().newest(1).get(0);
    CompletableFuture<SyncReport> sync = stoppedSync();

    String text = meanwhile(() -> first.content().text());

    assertThat(text).isEqualTo("body of first");
    assertThat(sync.join().headersOnly()).isEqualTo(MANY);
    assertThat(sentBefore("BODY.PEEK[]").stream().filter(c -> c.text().contains("HEADER")))
        .hasSizeLessThanOrEqualTo(WINDOW);
    // What is not a batch under way costs a round trip: NOOP goes with the fetch.
    assertThat(sentBefore("BODY.PEEK[]").stream().filter(c -> !c.name().equals("UID FETCH")))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(server.connections()).isEqualTo(1);
    assertThat(imap.commands().get(imap.commands().size() - 1).text()).contains("HEADER");
  }

  @Test
  void markingDoesNotWaitForTheSync() {
    Message first = mailbox.inbox().newest(1).get(0);
    CompletableFuture<SyncReport> sync = stoppedSync();

    Outcome outcome = meanwhile(() -> first.mark(Flag.SEEN));

    assertThat(outcome).isEqualTo(Outcome.ON_SERVER);
    assertThat(inbox.messages().get(0).flags()).contains("\\Seen");
    assertThat(sync.join().headersOnly()).isEqualTo(MANY);
    assertThat(sentBefore("+FLAGS").stream().filter(c -> c.text().contains("HEADER")))
        .hasSizeLessThanOrEqualTo(WINDOW);
    assertThat(server.connections()).isEqualTo(1);
    assertThat(mailbox.find(first.id()).orElseThrow().flags()).containsExactly(Flag.SEEN);
  }

  @Test
  void whatASyncIsInterruptedForDoesNotEndWithIt() {
    MessageId first = mailbox.inbox().newest(1).get(0).id();
    CompletableFuture<SyncReport> sync = stoppedSync();
    imap.on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]")).once().close();

    assertThatThrownBy(() -> meanwhile(() -> mailbox.find(first).orElseThrow().content()))
        .hasRootCauseInstanceOf(Exception.class)
        .cause()
        .isInstanceOf(ConnectionException.class);

    assertThatThrownBy(sync::join).cause().isInstanceOf(ConnectionException.class);
    assertThat(mailbox.sync().problemCount()).isZero();
    assertThat(mailbox.inbox().counts().total()).isEqualTo(MANY + 1);
    assertThat(mailbox.find(first).orElseThrow().content().text()).isEqualTo("body of first");
  }

  /**
   * Two guests: one leaves the folder, in which all is renumbered then, and the other enters it.
   */
  @Test
  void syncNoticesThatItsFolderWasRenumberedMeanwhile() {
    alice.folder("Archive").imap().deliver(mail("archived"));
    mailbox.sync();
    MessageId first = mailbox.inbox().newest(1).get(0).id();
    MessageId archived =
        mailbox.folder(FolderPath.of("Archive")).orElseThrow().newest(1).get(0).id();
    long validity = inbox.uidValidity();
    imap.on("UID FETCH")
        .where(c -> c.text().contains("BODY.PEEK[]"))
        .once()
        .run(() -> inbox.uidValidity(validity + 1));
    CompletableFuture<SyncReport> sync = stoppedSync();
    CompletableFuture<String> one =
        background(() -> mailbox.find(archived).orElseThrow().content().text());
    await(() -> guests() == 1);
    CompletableFuture<String> two =
        background(() -> mailbox.find(first).orElseThrow().content().text());
    await(() -> guests() == 2);
    goOn.countDown();

    assertThat(one.join()).isEqualTo("body of archived");
    assertThatThrownBy(two::join).hasCauseInstanceOf(ConnectionException.class);
    assertThat(sync.join().problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.serverKey()).isEqualTo("INBOX");
              assertThat(problem.reason()).isEqualTo(Reason.TEMPORARY);
            });
    mailbox.sync();
    assertThat(mailbox.inbox().counts().total()).isEqualTo(MANY + 1);
    assertThat(mailbox.find(first).orElseThrow().content().text()).isEqualTo("body of first");
  }

  private static long guests() {
    return Thread.getAllStackTraces().keySet().stream().filter(ConnectionPlanTest::isGuest).count();
  }

  @Test
  void listenerMayWaitForAThreadThatOpensAMessage() {
    Message first = mailbox.inbox().newest(1).get(0);
    inbox.deliver(mail("second"));
    AtomicReference<CompletableFuture<String>> opened = new AtomicReference<>();

    SyncReport report =
        mailbox.sync(
            progress -> {
              if (opened.get() == null) {
                opened.set(background(() -> first.content().text()));
                assertThat(opened.get()).succeedsWithin(Duration.ofSeconds(30));
              }
            });

    assertThat(opened.get().join()).isEqualTo("body of first");
    assertThat(report.headersOnly()).isEqualTo(1);
  }

  @Test
  void waitForTheOnlySessionHasAnEnd(@TempDir Path directory) {
    imap.mostSessions(1);
    mailbox.close();
    try (Mailbox other = Mailbox.open(config(directory, Duration.ofSeconds(1)))) {
      other.sync();
      Message first = other.inbox().newest(1).get(0);
      inbox.deliver(mail("second"));
      AtomicReference<CompletableFuture<String>> opened = new AtomicReference<>();

      other.sync(
          progress -> {
            if (opened.get() == null) {
              opened.set(background(() -> first.content().text()));
              assertThat(opened.get()).failsWithin(Duration.ofSeconds(30));
            }
          });

      assertThatThrownBy(() -> opened.get().join())
          .cause()
          .isInstanceOfSatisfying(
              ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IN_USE));
      assertThat(other.inbox().counts().total()).isEqualTo(2);
    }
  }

  @Test
  void actionDoesNotWaitForeverForOthers(@TempDir Path directory) {
    try (Mailbox other = Mailbox.open(config(directory, Duration.ofSeconds(1)))) {
      other.sync();
      Message first = other.inbox().newest(1).get(0);
      CountDownLatch slow = new CountDownLatch(1);
      imap.on("UID STORE").once().untaggedFirst("* OK " + "still at work ".repeat(50));
      imap.on("UID STORE").once().drip(Duration.ofMillis(100));
      imap.on("UID STORE").once().run(slow::countDown);
      CompletableFuture<Outcome> before = background(() -> first.mark(Flag.SEEN));
      await(slow);

      assertThat(first.mark(Flag.FLAGGED)).isEqualTo(Outcome.QUEUED);

      assertThat(before).isNotDone();
      imap.heal();
      imap.disconnect();
      assertThat(before.join()).isEqualTo(Outcome.QUEUED);
      await(() -> inbox.messages().get(0).flags().contains("\\Flagged"));
      assertThat(inbox.messages().get(0).flags()).contains("\\Seen");
    }
  }

  @Test
  void oneSessionDoesOneThingAfterTheOther() {
    mailbox.inbox().newest(1).get(0).content();
    mailbox.inbox().newest(1).get(0).mark(Flag.SEEN);
    mailbox.inbox().newest(1).get(0).mark(Flag.FLAGGED);
    mailbox.sync();

    assertThat(server.connections()).isEqualTo(1);
    assertThat(imap.count("SELECT")).isEqualTo(1);
  }

  @Test
  void sessionThatTheServerEndedMeanwhileIsReplaced() {
    imap.disconnect();
    assertThat(mailbox.check().messages()).hasValue(1);
    imap.disconnect();
    assertThat(mailbox.sync().problemCount()).isZero();
    imap.disconnect();
    assertThat(mailbox.inbox().newest(1).get(0).content().text()).isEqualTo("body of first");
  }

  @Test
  void listeningHasASessionOfItsOwn() {
    try (var watch = mailbox.watch(change -> {})) {
      imap.awaitIdle(1, Duration.ofSeconds(20));
      mailbox.inbox().newest(1).get(0).mark(Flag.SEEN);
      inbox.deliver(mail("told"));

      await(() -> mailbox.inbox().counts().total() == 2);

      assertThat(watch.isRunning()).isTrue();
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void serverThatAdmitsOneSessionIsEnough() {
    imap.mostSessions(1);
    try (var watch = mailbox.watch(change -> {})) {
      await(() -> server.connections() > 1);
      assertThat(mailbox.inbox().newest(1).get(0).mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
      inbox.deliver(mail("late"));
      mailbox.sync();
      assertThat(mailbox.inbox().newest(1).get(0).content().text()).isEqualTo("body of late");
      assertThat(watch.lastProblem()).isEmpty();
    }
  }

  @Test
  void listenerGoesWhenTheServerAdmitsNoOther(@TempDir Path directory) {
    imap.mostSessions(1);
    mailbox.close();
    try (Mailbox other = Mailbox.open(config(directory))) {
      try (var watch = other.watch(change -> {})) {
        await(() -> other.inbox().counts().total() == 1);
        assertThat(other.inbox().newest(1).get(0).mark(Flag.FLAGGED)).isEqualTo(Outcome.ON_SERVER);
        assertThat(other.sync().kept()).isEqualTo(1);
        assertThat(watch.isRunning()).isTrue();
      }
    }
  }
}
