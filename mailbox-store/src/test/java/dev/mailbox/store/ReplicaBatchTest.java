// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.EntrySummary;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.Folders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaBatchTest {
  private static final int CHUNK = 256 << 10;
  private Store store;
  private StoreReplica replica;

  @BeforeEach
  void open(@TempDir Path directory) {
    MailboxConfig config = StoreFixture.config().keepIn(directory).build();
    store = Store.open(config, Residence.LOCAL);
    replica = new StoreReplica(store, Residence.LOCAL);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static RemoteMessage message(String key, boolean headerOnly) {
    return new RemoteMessage(key, 100, headerOnly, Set.of(), Optional.empty());
  }

  private static void write(MessageSink sink, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    sink.write(bytes, 0, bytes.length);
  }

  private void give(ReplicaBatch batch, String key, String text) {
    TestRemote.give(batch, key, new TestServer.Mail(text, Set.of()), false);
  }

  private List<RemoteEntry> entries() {
    List<RemoteEntry> entries = new ArrayList<>();
    replica.entries(FolderPath.INBOX, entries::add);
    return entries;
  }

  private int total() {
    return store.read(
        sql -> Folders.counts(sql, Store.require(sql, FolderPath.INBOX).id()).total());
  }

  private long chunks() {
    return store.read(sql -> sql.number("SELECT count(*) FROM chunk"));
  }

  @Test
  void summaryTellsWhatTheEntriesComeTo() {
    FolderPath other = FolderPath.parse("other");
    replica.folder(FolderPath.INBOX);
    replica.folder(other);
    assertThat(replica.summary(FolderPath.INBOX)).isEqualTo(new EntrySummary(0, 0, Instant.MAX));
    Instant longAgo = Instant.ofEpochMilli(5);
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "a", "Subject: a\r\n\r\n");
      give(batch, "b", "Subject: b\r\n\r\n");
      batch.state(new RemoteEntry("c", 1, EntryState.LEFT, new byte[0], longAgo));
      batch.commit().awaitDurable();
    }
    assertThat(replica.summary(FolderPath.INBOX)).isEqualTo(new EntrySummary(3, 2, longAgo));
    assertThat(replica.summary(other).count()).isZero();
  }

  @Test
  void abortedMessageLeavesNothing() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      MessageSink sink = batch.message(message("k", false));
      write(sink, StoreFixture.mailOfSize("cut", 3 * CHUNK));
      sink.abort();
      sink.abort();
      give(batch, "k2", StoreFixture.mail("whole"));
      batch.commit().awaitDurable();
    }
    assertThat(total()).isEqualTo(1);
    assertThat(chunks()).isEqualTo(1);
    assertThat(entries()).extracting(RemoteEntry::key).containsExactly("k2");
  }

  @Test
  void closingTheBatchAbortsTheOpenMessage() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      write(batch.message(message("k", false)), StoreFixture.mailOfSize("cut", 3 * CHUNK));
    }
    StoreFixture.await(() -> chunks() == 0);
    assertThat(total()).isZero();
  }

  @Test
  void nextMessageBeforeTheEndOfTheOneBeforeIsMisuse() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      MessageSink sink = batch.message(message("k", false));
      assertThatThrownBy(() -> batch.message(message("k2", false)))
          .isInstanceOf(IllegalStateException.class);
      sink.complete();
      assertThatThrownBy(sink::complete).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> write(sink, "x")).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void sameKeyWithTheSameBytesAddsNothing() {
    String text = StoreFixture.mailOfSize("again", 2 * CHUNK);
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "k", text);
      give(batch, "k", text);
      batch.commit().awaitDurable();
    }
    assertThat(total()).isEqualTo(1);
    assertThat(chunks()).isEqualTo(2);
  }

  @Test
  void sameKeyWithOtherBytesIsAnotherMessage() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "k", StoreFixture.mail("first"));
      give(batch, "k", StoreFixture.mail("second"));
      batch.commit().awaitDurable();
    }
    assertThat(total()).isEqualTo(2);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void headerAfterTheBodyChangesNothing() {
    String text = StoreFixture.mail("both");
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "k", text);
      TestRemote.give(batch, "k", new TestServer.Mail(text, Set.of()), true);
      batch.commit().awaitDurable();
    }
    assertThat(total()).isEqualTo(1);
    assertThat(entries()).extracting(RemoteEntry::state).containsExactly(EntryState.DURABLE);
  }

  @Test
  void ticketsAreDurableOnceTheyWereAwaited() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "k", StoreFixture.mail("one"));
      var ticket = batch.commit();
      ticket.awaitDurable();
      assertThat(ticket.isDurable()).isTrue();
    }
    assertThat(total()).isEqualTo(1);
  }

  @Test
  void receiptTellsWhatCame() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      MessageSink sink = batch.message(message("k", false));
      write(sink, StoreFixture.mail("receipt"));
      var receipt = sink.receipt();
      assertThat(receipt.sizeInBytes()).isEqualTo(StoreFixture.mail("receipt").length());
      assertThat(receipt.headerHash()).hasSize(32);
      assertThat(receipt.receivedAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
      sink.abort();
    }
    assertThat(entries()).isEmpty();
  }

  @Test
  void statesAndAnchorsAreRemembered() {
    Instant since = Instant.parse("2026-01-01T00:00:00Z");
    for (EntryState state : EntryState.values()) {
      try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
        batch.state(new RemoteEntry("k", 7, state, new byte[] {1, 2}, since));
        batch.anchor("anchor " + state);
        batch.commit().awaitDurable();
      }
      RemoteEntry entry = entries().get(0);
      assertThat(entry.state()).isEqualTo(state);
      assertThat(entry.listedSize()).isEqualTo(7);
      assertThat(entry.headerHash()).containsExactly(1, 2);
      assertThat(entry.since()).isEqualTo(since);
      assertThat(replica.folder(FolderPath.INBOX).anchor()).isEqualTo("anchor " + state);
    }
  }

  @Test
  void entriesMayBeReadWhileTheReplicaIsAsked() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "k", StoreFixture.mail("nested"));
      batch.commit().awaitDurable();
    }
    List<String> anchors = new ArrayList<>();
    replica.entries(
        FolderPath.INBOX, entry -> anchors.add(replica.folder(FolderPath.INBOX).anchor()));
    assertThat(anchors).containsExactly("");
  }

  @Test
  void foldersMadeByTwoThreadsAtOnceAreOne() throws InterruptedException {
    FolderPath path = FolderPath.of("Both");
    List<Thread> threads = new ArrayList<>();
    List<RuntimeException> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  replica.folder(path);
                } catch (RuntimeException e) {
                  failures.add(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    assertThat(store.read(Folders::all)).hasSize(2);
  }

  @Test
  void messageForAFolderThatIsGoneIsDropped() {
    FolderPath path = FolderPath.of("Gone");
    replica.folder(path);
    try (ReplicaBatch batch = replica.batch(path)) {
      store.change(
          sql -> {
            Folders.delete(sql, Store.require(sql, path).id());
          });
      give(batch, "k", StoreFixture.mailOfSize("late", CHUNK + 1));
      batch.commit().awaitDurable();
    }
    assertThat(store.<Long>read(sql -> sql.number("SELECT count(*) FROM placement"))).isZero();
    assertThat(chunks()).isZero();
  }

  @Test
  void messageThatWasDeletedWhileItsBodyCameStaysDeleted() {
    String text = StoreFixture.mail("deleted");
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      TestRemote.give(batch, "k", new TestServer.Mail(text, Set.of()), true);
      batch.commit().awaitDurable();
      long id = store.read(sql -> sql.number("SELECT id FROM placement"));
      store.write(sql -> new LocalActions(Residence.LOCAL).delete(sql, List.of(id)));
      give(batch, "k", text);
      batch.commit().awaitDurable();
    }
    assertThat(total()).isZero();
    assertThat(entries()).extracting(RemoteEntry::state).containsExactly(EntryState.REMOVE);
  }

  @Test
  void messageThatTookOverTheKeyOfADeletedOneArrives() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "k", StoreFixture.mail("old"));
      batch.commit().awaitDurable();
      long id = store.read(sql -> sql.number("SELECT id FROM placement"));
      store.write(sql -> new LocalActions(Residence.LOCAL).delete(sql, List.of(id)));
      give(batch, "k", StoreFixture.mail("new"));
      batch.commit().awaitDurable();
    }
    assertThat(total()).isEqualTo(1);
    assertThat(entries()).extracting(RemoteEntry::state).containsExactly(EntryState.DURABLE);
  }

  @Test
  void deletingAMessageWhoseRemovalIsUnconfirmedAsksForItAgain() {
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      give(batch, "k", StoreFixture.mail("unsure"));
      batch.state(new RemoteEntry("k", 5, EntryState.UNCONFIRMED, new byte[0], Instant.EPOCH));
      batch.commit().awaitDurable();
    }
    long id = store.read(sql -> sql.number("SELECT id FROM placement"));
    store.write(sql -> new LocalActions(Residence.LOCAL).delete(sql, List.of(id)));
    assertThat(entries()).extracting(RemoteEntry::state).containsExactly(EntryState.REMOVE);
  }
}
