// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What fails for reasons that are not an action's own says nothing of the action. */
@Timeout(120)
class InnocentActionTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.deliver(3);
    account.sync();
  }

  @AfterEach
  void stop() {
    account.close();
  }

  /** What is done. */
  enum Work {
    MARK("UID STORE"),
    MOVE("UID MOVE"),
    APPEND("APPEND");

    private final String command;

    Work(String command) {
      this.command = command;
    }

    private void perform(Mailbox mailbox) {
      switch (this) {
        case MARK -> Account.message(mailbox, "message 2").mark(Flag.SEEN);
        case MOVE -> Account.message(mailbox, "message 2").moveTo(ARCHIVE);
        case APPEND ->
            mailbox
                .folder(ARCHIVE)
                .orElseThrow()
                .append(
                    new ByteArrayInputStream(Account.raw("appended", "text\r\n")),
                    Instant.parse("2026-01-05T10:00:00Z"),
                    Set.of());
      }
    }
  }

  /** How this side ends what is under way. */
  enum End {
    CLOSE,
    INTERRUPT
  }

  private void requireDone(Work work) {
    account.imap().heal();
    account.using(mailbox -> assertThat(mailbox.failedActions()).isEmpty());
    account.endsInStep();
    switch (work) {
      case MARK -> assertThat(account.inbox().message(2).flags()).contains("\\Seen");
      case MOVE, APPEND -> assertThat(account.held().get("Archive")).hasSize(1);
    }
  }

  /** Ends it each time while a slow server is at it. */
  @ParameterizedTest
  @CsvSource({
    "MARK,CLOSE",
    "MOVE,CLOSE",
    "APPEND,CLOSE",
    "MARK,INTERRUPT",
    "MOVE,INTERRUPT",
    "APPEND,INTERRUPT"
  })
  void whatThisSideEndsIsNoDoubtOfAnAction(Work work, End end) {
    for (int i = 0; i < 7; i++) {
      boolean first = i == 0;
      CountDownLatch reached = new CountDownLatch(1);
      account.imap().on(work.command).once().stall();
      account.imap().on(work.command).once().run(reached::countDown);
      Thread[] doing = new Thread[1];
      account.using(
          mailbox -> {
            doing[0] =
                new Thread(() -> account.trying(first ? work::perform : Mailbox::sync, mailbox));
            doing[0].start();
            await(reached);
            if (end == End.INTERRUPT) {
              doing[0].interrupt();
              join(doing[0]);
            }
          });
      join(doing[0]);
      account.imap().heal();
    }

    requireDone(work);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The server lets in, and ends each session at its next command, whatever that is. */
  @ParameterizedTest
  @EnumSource
  void outageAfterTheLoginIsNoDoubtOfAnAction(Work work) {
    account.using(
        mailbox -> {
          mailbox.sync();
          for (String command :
              new String[] {
                "NOOP", "LIST", "SELECT", "EXAMINE", "STATUS", "APPEND", "UID FETCH", "UID SEARCH"
              }) {
            account.imap().on(command).close();
          }
          work.perform(mailbox);
          for (int i = 0; i < 8; i++) {
            account.trying(m -> m.flush(SOON), mailbox);
          }
          assertThat(mailbox.failedActions()).isEmpty();
          assertThat(mailbox.status().queuedActions()).isOne();
        });

    requireDone(work);
  }

  /** A session that has answered need not be asked whether it does. */
  @Test
  void sessionThatAnswersIsAskedNothingMore() {
    account.using(
        mailbox -> {
          mailbox.sync();
          int before = account.imap().count("NOOP");
          Work.APPEND.perform(mailbox);
          assertThat(account.imap().count("NOOP")).isEqualTo(before);
        });
  }
}
