// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.imap.ImapCommand;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server ends the session of a synchronization at what somebody else asks for in it. Once is no
 * proof: what is blamed is left out after a few times.
 */
@Timeout(120)
class BreakingGuestTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory).onlyHeaders();
    account.createFolder("Archive");
    account.deliver(8);
    account.sync();
  }

  @AfterEach
  void stop() {
    account.close();
  }

  /** A call on a thread of its own. */
  private static final class Call<T> {
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Thread thread;

    Call(Supplier<T> work) {
      thread =
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
    }

    /** Until it waits for the session of the synchronization. */
    Call<T> awaitGuest() {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!isGuest()) {
        assertThat(System.nanoTime()).isLessThan(end);
        Thread.onSpinWait();
      }
      return this;
    }

    private boolean isGuest() {
      return thread.getState() == Thread.State.TIMED_WAITING
          && Arrays.stream(thread.getStackTrace())
              .anyMatch(frame -> frame.getClassName().endsWith(".connect.Guests"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Stops a synchronization at a command, lets guests wait, and then lets it go on. */
  private Call<SyncReport> syncWith(
      Mailbox mailbox, Predicate<ImapCommand> stop, Consumer<Mailbox> guests) {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    for (String command : new String[] {"LIST", "UID FETCH"}) {
      account
          .imap()
          .on(command)
          .where(stop)
          .once()
          .run(
              () -> {
                reached.countDown();
                await(goOn);
              });
    }
    Call<SyncReport> sync = new Call<>(mailbox::sync);
    await(reached);
    guests.accept(mailbox);
    goOn.countDown();
    return sync;
  }

  /** A message is moved during the synchronization, and at that the session ends. */
  private void moveAndBreak(Mailbox mailbox, int number, Predicate<ImapCommand> stop) {
    account.imap().on("UID MOVE").once().bye("[SERVERBUG] oops");
    Message message = Account.message(mailbox, "message " + number);
    Call<SyncReport> sync =
        syncWith(mailbox, stop, m -> new Call<>(() -> message.moveTo(ARCHIVE)).awaitGuest());
    assertThatThrownBy(sync.result::join).hasCauseInstanceOf(ConnectionException.class);
    account.imap().heal();
    mailbox.flush(Account.TIMEOUTS.reply());
  }

  private static boolean isHeaders(ImapCommand command) {
    return command.text().contains("HEADER");
  }

  /** Those that are suspected are asked for in smaller groups. */
  @Test
  void messagesUnderWayAreNotBlamedForAGuest() {
    account.deliver(1500);
    account.using(
        mailbox -> {
          moveAndBreak(mailbox, 1, BreakingGuestTest::isHeaders);
          long before = headers();
          assertThat(mailbox.sync().problems()).isEmpty();
          assertThat(headers() - before).isLessThanOrEqualTo(15);
          assertThat(mailbox.inbox().counts().total()).isEqualTo(1507);
        });
  }

  private long headers() {
    return account.imap().commands().stream().filter(BreakingGuestTest::isHeaders).count();
  }

  @Test
  void folderThatComesNextIsNotBlamedForAGuest() {
    account.using(
        mailbox -> {
          for (int i = 1; i <= 7; i++) {
            moveAndBreak(mailbox, i, command -> command.name().equals("LIST"));
          }
          assertThat(mailbox.sync().problems()).isEmpty();
        });
    account.endsInStep();
  }

  @Test
  void largeMessageIsNotBlamedForAGuest() {
    account.with(config -> config.scope(SyncScope.everything().bodies(BodyPolicy.all())));
    account.sync();
    String line = "so long a line, and so much to read, and no end to it at all\r\n";
    account.inbox().deliver(Account.raw("large", line.repeat(70_000)));
    account.using(
        mailbox -> {
          for (int i = 1; i <= 7; i++) {
            moveAndBreak(mailbox, i, c -> c.text().contains("BODY.PEEK[]<1048576"));
          }
          assertThat(mailbox.sync().problems()).isEmpty();
          assertThat(Account.message(mailbox, "large").isDownloaded()).isTrue();
        });
    account.endsInStep();
  }

  /** It has a connection of its own. */
  @Test
  void guestBehindOneThatBreaksIsServedElsewhere() {
    account.deliver(1500);
    account.using(
        mailbox -> {
          account.imap().on("UID MOVE").once().bye("[SERVERBUG] oops");
          Message moved = Account.message(mailbox, "message 1");
          Message read = Account.message(mailbox, "message 2");
          CompletableFuture<CompletableFuture<Outcome>> moving = new CompletableFuture<>();
          CompletableFuture<CompletableFuture<String>> reading = new CompletableFuture<>();

          Call<SyncReport> sync =
              syncWith(
                  mailbox,
                  BreakingGuestTest::isHeaders,
                  m -> {
                    moving.complete(new Call<>(() -> moved.moveTo(ARCHIVE)).awaitGuest().result);
                    reading.complete(new Call<>(() -> read.content().text()).awaitGuest().result);
                  });

          assertThat(moving.join().join()).isEqualTo(Outcome.QUEUED);
          assertThat(reading.join().join()).isEqualTo("text of message 2\n");
          assertThatThrownBy(sync.result::join).hasCauseInstanceOf(ConnectionException.class);
          account.imap().heal();
        });
    account.endsInStep();
  }
}
