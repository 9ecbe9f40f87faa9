// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.spi.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
  private Database database;
  private Writer writer;
  private final AtomicReference<Sql> begin = new AtomicReference<>();

  @BeforeEach
  void open(@TempDir Path directory) {
    database = DbFixture.open(directory);
    writer = database.writer();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Keeps the writer busy until the latch is released. */
  private CountDownLatch block() {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    writer
        .lane()
        .write(
            0,
            sql -> {
              started.countDown();
              DbFixture.await(release);
            });
    DbFixture.await(started);
    return release;
  }

  @Test
  void writesOfALaneAreDoneInOrder() {
    List<Integer> done = new CopyOnWriteArrayList<>();
    Lane lane = writer.lane();
    for (int i = 0; i < 100; i++) {
      int number = i;
      lane.write(1, sql -> done.add(number));
    }
    lane.commit().awaitDurable();
    assertThat(done).hasSize(100).isSorted();
  }

  @Test
  void ticketIsDurableOnlyAfterItsCommit() {
    CountDownLatch release = block();
    Lane lane = writer.lane();
    lane.write(1, sql -> DbFixture.put(sql, "a"));
    Durability ticket = lane.commit();
    assertThat(ticket.isDurable()).isFalse();
    assertThat(DbFixture.has(database, "a")).isFalse();
    release.countDown();
    ticket.awaitDurable();
    assertThat(ticket.isDurable()).isTrue();
    assertThat(DbFixture.has(database, "a")).isTrue();
  }

  @Test
  void callGoesBeforeBulkWork() throws InterruptedException {
    CountDownLatch release = block();
    List<String> done = new CopyOnWriteArrayList<>();
    Lane lane = writer.lane();
    lane.write(1, sql -> done.add("bulk"));
    Thread caller = new Thread(() -> writer.run(sql -> done.add("call")));
    caller.start();
    DbFixture.await(() -> caller.getState() == Thread.State.WAITING);
    release.countDown();
    caller.join();
    lane.commit().awaitDurable();
    assertThat(done).containsExactly("call", "bulk");
  }

  @Test
  void callThatFailsChangesNothing() {
    assertThatThrownBy(
            () ->
                writer.run(
                    sql -> {
                      DbFixture.put(sql, "half");
                      throw new IllegalArgumentException("no");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no");
    assertThat(DbFixture.has(database, "half")).isFalse();
    writer.run(sql -> DbFixture.put(sql, "next"));
    assertThat(DbFixture.has(database, "next")).isTrue();
  }

  @Test
  void failedWriteFailsItsLaneAndNoOtherLaneLater() {
    Lane bad = writer.lane();
    bad.write(1, sql -> DbFixture.put(sql, "before"));
    bad.write(1, sql -> sql.update("INSERT INTO nowhere VALUES (1)"));
    Durability ticket = bad.commit();
    assertThatThrownBy(ticket::awaitDurable)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_FAILED));
    assertThatThrownBy(ticket::isDurable).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> bad.write(1, sql -> {})).isInstanceOf(StoreException.class);
    Lane good = writer.lane();
    good.write(1, sql -> DbFixture.put(sql, "good"));
    good.commit().awaitDurable();
    assertThat(DbFixture.has(database, "good")).isTrue();
    assertThat(DbFixture.has(database, "before")).isFalse();
  }

  @Test
  void laneThatSharesATransactionWithAFailedOneGoesOn() {
    CountDownLatch release = block();
    Lane good = writer.lane();
    Lane bad = writer.lane();
    good.write(1, sql -> DbFixture.put(sql, "good"));
    bad.write(1, sql -> sql.update("INSERT INTO nowhere VALUES (1)"));
    Durability badTicket = bad.commit();
    Durability goodTicket = good.commit();
    release.countDown();
    goodTicket.awaitDurable();
    assertThatThrownBy(badTicket::awaitDurable).isInstanceOf(StoreException.class);
    assertThat(DbFixture.has(database, "good")).isTrue();
  }

  @Test
  void ticketOfATransactionThatCannotBeginIsNotDurable() {
    // A transaction that the writer knows nothing of: its next BEGIN must fail.
    writer.afterCommit(
        () -> {
          writer.afterCommit(() -> {});
          begin.get().script("BEGIN IMMEDIATE");
        });
    writer.run(begin::set);
    Lane lane = writer.lane();
    lane.write(1, sql -> DbFixture.put(sql, "lost"));
    Durability ticket = lane.commit();
    assertThatThrownBy(ticket::awaitDurable).isInstanceOf(StoreException.class);
    assertThat(DbFixture.has(database, "lost")).isFalse();
    Lane next = writer.lane();
    next.write(1, sql -> DbFixture.put(sql, "next"));
    next.commit().awaitDurable();
    assertThat(DbFixture.has(database, "next")).isTrue();
  }

  @Test
  void queueTakesNoMoreThanItsCapacity() throws InterruptedException {
    CountDownLatch release = block();
    Lane lane = writer.lane();
    AtomicInteger queued = new AtomicInteger();
    Thread filler =
        new Thread(
            () -> {
              for (int i = 0; i < 12; i++) {
                lane.write(1 << 20, sql -> {});
                queued.incrementAndGet();
              }
            });
    filler.start();
    DbFixture.await(() -> filler.getState() == Thread.State.WAITING);
    assertThat(queued).hasValue((int) (Writer.CAPACITY >> 20));
    release.countDown();
    filler.join();
    assertThat(queued).hasValue(12);
  }

  @Test
  void writeLargerThanTheCapacityIsTakenAlone() {
    Lane lane = writer.lane();
    lane.write(Math.toIntExact(2 * Writer.CAPACITY), sql -> DbFixture.put(sql, "large"));
    lane.commit().awaitDurable();
    assertThat(DbFixture.has(database, "large")).isTrue();
  }

  @Test
  void workWithoutACommitIsDurableSoon() {
    writer.lane().write(1, sql -> DbFixture.put(sql, "idle"));
    DbFixture.await(() -> DbFixture.has(database, "idle"));
    assertThat(writer.isBusy()).isFalse();
  }

  @Test
  void closeFinishesWhatIsQueued(@TempDir Path directory) {
    Database other = DbFixture.open(directory);
    Lane lane = other.writer().lane();
    for (int i = 0; i < 50; i++) {
      int number = i;
      lane.write(1, sql -> DbFixture.put(sql, "n" + number));
    }
    other.close();
    try (Database again = DbFixture.open(directory)) {
      assertThat(DbFixture.has(again, "n49")).isTrue();
    }
  }

  @Test
  void useAfterCloseIsMisuse(@TempDir Path directory) {
    Database other = DbFixture.open(directory);
    Lane lane = other.writer().lane();
    other.close();
    other.close();
    assertThatThrownBy(() -> other.writer().run(sql -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> lane.write(1, sql -> {})).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(lane::commit).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> other.read(sql -> 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void interruptedCallIsDoneOrNotAsItSays() throws InterruptedException {
    CountDownLatch release = block();
    List<Reason> reasons = new CopyOnWriteArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                writer.run(sql -> DbFixture.put(sql, "withdrawn"));
              } catch (StoreException e) {
                reasons.add(e.reason());
              }
            });
    caller.start();
    DbFixture.await(() -> caller.getState() == Thread.State.WAITING);
    caller.interrupt();
    caller.join();
    release.countDown();
    writer.run(sql -> {});
    assertThat(reasons).containsExactly(Reason.INTERRUPTED);
    assertThat(DbFixture.has(database, "withdrawn")).isFalse();
  }

  @Test
  void callThatHasBegunIsFinishedAlthoughItsCallerIsInterrupted() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Boolean> flags = new CopyOnWriteArrayList<>();
    Thread caller =
        new Thread(
            () -> {
              writer.run(
                  sql -> {
                    started.countDown();
                    DbFixture.await(release);
                    DbFixture.put(sql, "done");
                  });
              flags.add(Thread.currentThread().isInterrupted());
            });
    caller.start();
    DbFixture.await(started);
    caller.interrupt();
    release.countDown();
    caller.join();
    assertThat(flags).containsExactly(true);
    assertThat(DbFixture.has(database, "done")).isTrue();
  }

  @Test
  void readingInMemoryIsNotTakenForAChange() {
    AtomicInteger commits = new AtomicInteger();
    try (Database memory = Database.inMemory()) {
      memory.writer().afterCommit(commits::incrementAndGet);
      memory.read(sql -> Meta.number(sql, "none"));
      assertThat(commits).hasValue(0);
      memory.writer().run(sql -> DbFixture.put(sql, "one"));
      assertThat(commits).hasValue(1);
    }
  }
}
