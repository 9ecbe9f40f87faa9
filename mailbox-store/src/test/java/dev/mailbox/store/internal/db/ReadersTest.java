// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadersTest {
  private Database database;

  @BeforeEach
  void open(@TempDir Path directory) {
    database = DbFixture.open(directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void neverMoreThanThreeConnectionsRead() throws InterruptedException {
    Set<Sql> connections = ConcurrentHashMap.newKeySet();
    AtomicInteger reading = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Thread thread =
          new Thread(
              () ->
                  database.read(
                      sql -> {
                        connections.add(sql);
                        reading.incrementAndGet();
                        DbFixture.await(release);
                        return sql.number("SELECT 1");
                      }));
      threads.add(thread);
      thread.start();
    }
    DbFixture.await(
        () ->
            reading.get() == 3
                && threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
    assertThat(reading).hasValue(3);
    release.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(connections).hasSizeBetween(1, 3);
    assertThat(reading).hasValue(10);
  }

  @Test
  void connectionIsGoodAfterAFailure() {
    assertThatThrownBy(() -> database.read(sql -> sql.number("SELECT * FROM nowhere")))
        .isInstanceOf(StoreException.class);
    assertThat(database.<Long>read(sql -> sql.number("SELECT 7"))).isEqualTo(7);
  }

  @Test
  void readersCannotWrite() {
    assertThatThrownBy(
            () ->
                database.read(
                    sql -> {
                      Meta.put(sql, "a", "b");
                      return true;
                    }))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void interruptedReaderIsToldAndKeepsItsFlag() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    AtomicReference<Object> seen = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                database.read(
                    sql -> {
                      DbFixture.await(release);
                      return 1;
                    });
              } catch (StoreException e) {
                seen.set(e.reason() + " " + Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    DbFixture.await(() -> thread.getState() == Thread.State.WAITING);
    thread.interrupt();
    thread.join();
    release.countDown();
    assertThat(seen).hasValue(Reason.INTERRUPTED + " true");
  }

  @Test
  void readerSeesWhatWasCommittedAndNothingElse() {
    database.writer().run(sql -> DbFixture.put(sql, "committed"));
    database
        .writer()
        .run(
            sql -> {
              DbFixture.put(sql, "open");
              assertThat(DbFixture.has(database, "open")).isFalse();
              assertThat(DbFixture.has(database, "committed")).isTrue();
            });
    assertThat(DbFixture.has(database, "open")).isTrue();
  }

  @Test
  void noThreadIsLeftAfterClose() {
    database.read(sql -> 1);
    database.close();
    DbFixture.await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.isAlive() && t.getName().equals("mailbox-writer")));
    assertThatThrownBy(() -> database.read(sql -> 1)).isInstanceOf(IllegalStateException.class);
  }
}
