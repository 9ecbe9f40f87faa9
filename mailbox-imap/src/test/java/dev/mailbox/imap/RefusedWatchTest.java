// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.change.Change;
import dev.mailbox.change.Watch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever becomes of listening, what arrives is told, once. */
class RefusedWatchTest {
  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory).with(config -> config.pollInterval(Duration.ofMillis(300)));
    account.deliver(1);
    account.sync();
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private void arrivalIsTold(Runnable before) {
    BlockingQueue<Change> told = new LinkedBlockingQueue<>();
    account.using(
        mailbox -> {
          Watch watch = mailbox.watch(told::add);
          before.run();
          account.deliver("INBOX", "news");
          assertThat(arrivals(told)).isEqualTo(1);
          watch.close();
        });
    account.verified();
    account.imap().heal();
    account.endsInStep();
  }

  private static int arrivals(BlockingQueue<Change> told) {
    try {
      for (Change change = told.poll(20, TimeUnit.SECONDS); ; ) {
        assertThat(change).as("an arrival in time").isNotNull();
        if (change instanceof Change.Arrived) {
          return 1 + (int) told.stream().filter(Change.Arrived.class::isInstance).count();
        }
        change = told.poll(20, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusedIdleIsNoEndOfTheWatch(RefusalTest.Failure failure) {
    failure.of(account.imap().on("IDLE").first(2));

    arrivalIsTold(() -> account.imap().awaitCommand("IDLE", Duration.ofSeconds(20)));
  }

  @Test
  void serverThatNeverLetsIdleIsPolled() {
    account.imap().on("IDLE").no("not here");

    arrivalIsTold(() -> account.imap().awaitCommand("IDLE", Duration.ofSeconds(20)));
  }

  @Test
  void serverWithoutIdleIsPolled() {
    account.imap().without("IDLE");

    arrivalIsTold(() -> {});

    assertThat(account.imap().count("IDLE")).isZero();
  }

  @Test
  void connectionThatBreaksWhileListeningIsMadeAgain() {
    arrivalIsTold(
        () -> {
          account.imap().awaitIdle(1, Duration.ofSeconds(20));
          account.imap().disconnect();
        });
  }

  @Test
  void byeWhileListeningIsNoEndOfTheWatch() {
    arrivalIsTold(
        () -> {
          account.imap().awaitIdle(1, Duration.ofSeconds(20));
          account.inbox().renumber();
        });
  }
}
