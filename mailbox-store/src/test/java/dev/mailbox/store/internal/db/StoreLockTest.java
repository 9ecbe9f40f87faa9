// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
  private Path directory;

  @BeforeEach
  void name(@TempDir Path temporary) {
    directory = temporary.resolve("store");
  }

  private void assertLockedBy(long pid) {
    assertThatThrownBy(() -> DbFixture.open(directory))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_LOCKED))
        .hasMessageContaining("process " + pid + " since ");
  }

  @Test
  void secondOpeningInTheSameProcessIsRefused() throws IOException {
    try (Database database = DbFixture.open(directory)) {
      assertLockedBy(ProcessHandle.current().pid());
      Path link = Files.createSymbolicLink(directory.resolveSibling("link"), directory);
      assertThatThrownBy(() -> DbFixture.open(link)).isInstanceOf(StoreException.class);
      assertThat(DbFixture.has(database, "none")).isFalse();
    }
    DbFixture.open(directory).close();
  }

  @Test
  void anotherProcessHoldsItUntilItIsKilled() throws IOException, InterruptedException {
    Process holder = DbFixture.java(LockHolder.class, directory.toString());
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('\n');
      assertLockedBy(holder.pid());
      assertLockedBy(holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    try (Database database = DbFixture.open(directory)) {
      assertThat(DbFixture.has(database, "held")).isTrue();
    }
  }

  @Test
  void attemptsOfTheHoldingProcessDoNotLoseTheLock() throws IOException, InterruptedException {
    try (Database database = DbFixture.open(directory)) {
      assertThatThrownBy(() -> DbFixture.open(directory)).isInstanceOf(StoreException.class);
      Process second = DbFixture.quietly(LockHolder.class, directory.toString());
      assertThat(second.getInputStream().read()).isEqualTo(-1);
      assertThat(second.waitFor()).isNotZero();
      assertThat(DbFixture.has(database, "held")).isFalse();
    }
  }

  @Test
  void openingWaitsForTheLock() {
    openWaiting(Duration.ofSeconds(30));
  }

  private void openWaiting(Duration wait) {
    Database first = DbFixture.open(directory);
    AtomicReference<Thread> waiting = new AtomicReference<>();
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(
            () -> {
              waiting.set(Thread.currentThread());
              Database.open(directory, wait).close();
            });
    DbFixture.await(
        () ->
            second.isDone()
                || (waiting.get() != null
                    && waiting.get().getState() == Thread.State.TIMED_WAITING));
    assertThat(second).isNotDone();
    first.close();
    second.join();
  }

  @Test
  void waitThatNeverEndsIsPossible() {
    openWaiting(Duration.ofSeconds(Long.MAX_VALUE));
  }
}
