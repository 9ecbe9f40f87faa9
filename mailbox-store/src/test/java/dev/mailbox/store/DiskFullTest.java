// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.StoreException;
import dev.mailbox.spi.Durability;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Integrity;
import java.nio.file.Path;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bound on the database's pages stands for a full disk: SQLite fails with the same code. */
class DiskFullTest {
  private static final int MEGABYTE = 1 << 20;
  private Store store;
  private StoreReplica replica;

  @BeforeEach
  void open(@TempDir Path directory) {
    store = Store.open(StoreFixture.config().keepIn(directory).build(), Residence.LOCAL);
    replica = new StoreReplica(store, Residence.LOCAL);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void leaveRoomFor(long bytes) {
    store.change(
        sql -> {
          long pages = sql.number("PRAGMA page_count") + bytes / 8192;
          sql.number("PRAGMA max_page_count=" + pages);
        });
  }

  private static void give(ReplicaBatch batch, String key, int size) {
    TestServer.Mail mail = new TestServer.Mail(StoreFixture.mailOfSize(key, size), Set.of());
    TestRemote.give(batch, key, mail, false);
  }

  private static void assertFull(ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL));
  }

  private int total() {
    return store.read(
        sql -> Folders.counts(sql, Store.require(sql, FolderPath.INBOX).id()).total());
  }

  private long count(String table) {
    return store.read(sql -> sql.number("SELECT count(*) FROM " + table));
  }

  private void fill(int size) {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "big", size);
      batch.commit().awaitDurable();
    }
  }

  @Test
  void nothingOfAMessageIsLeftThatDidNotFit() {
    leaveRoomFor(MEGABYTE);
    assertFull(() -> fill(3 * MEGABYTE));
    StoreFixture.await(() -> count("chunk") == 0);
    assertThat(count("filling")).isZero();
    assertThat(total()).isZero();
  }

  @Test
  void messageLargerThanATransactionLeavesNothingEither() {
    leaveRoomFor(20 * MEGABYTE);
    assertFull(() -> fill(24 * MEGABYTE));
    StoreFixture.await(() -> count("chunk") == 0);
    leaveRoomFor(30 * MEGABYTE);
    fill(19 * MEGABYTE);
    assertThat(total()).isEqualTo(1);
  }

  @Test
  void whatWasDurableBeforeStays() {
    leaveRoomFor(MEGABYTE);
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "small", 1000);
      Durability first = batch.commit();
      first.awaitDurable();
      assertFull(
          () -> {
            give(batch, "big", 3 * MEGABYTE);
            batch.commit().awaitDurable();
          });
      assertThat(first.isDurable()).isTrue();
    }
    assertThat(total()).isEqualTo(1);
  }

  @Test
  void storeWorksAgainOnceThereIsRoom() {
    leaveRoomFor(MEGABYTE);
    assertFull(() -> fill(3 * MEGABYTE));
    leaveRoomFor(10 * MEGABYTE);
    fill(3 * MEGABYTE);
    assertThat(total()).isEqualTo(1);
    assertThat(store.read(Integrity::problems)).isEmpty();
  }

  @Test
  void appendThatDoesNotFitIsToldAndLeavesNothing() {
    leaveRoomFor(MEGABYTE);
    Appender appender = new Appender(store, (queued, placement) -> Outcome.QUEUED);
    String text = StoreFixture.mailOfSize("append", 3 * MEGABYTE);
    assertFull(
        () ->
            appender.append(
                FolderPath.INBOX, StoreFixture.stream(text), StoreFixture.NOON, Set.of()));
    StoreFixture.await(() -> count("chunk") == 0);
    assertThat(total()).isZero();
  }

  @Test
  void actionThatDoesNotFitChangesNothing() {
    fill(1000);
    leaveRoomFor(0);
    assertFull(
        () ->
            store.change(
                sql -> {
                  for (int i = 0; i < 1000; i++) {
                    Folders.insert(sql, FolderPath.of("f" + i), null, Residence.LOCAL);
                  }
                }));
    assertThat(store.read(Folders::all)).hasSize(1);
  }
}
