// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.change.Change;
import dev.mailbox.spi.Durability;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Lane;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Changes on their way to one folder of the store. */
final class StoreBatch implements ReplicaBatch {
  /** About what a small write holds on to in the queue, beside the bytes it names. */
  private static final int OVERHEAD = 256;

  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final Store store;
  private final FolderRow folder;
  private final Lane lane;
  private final Delivery delivery;
  private @Nullable StoreSink open;

  StoreBatch(Store store, FolderRow folder) {
    this.store = store;
    this.folder = folder;
    this.lane = store.writer().lane();
    this.delivery = new Delivery(store);
  }

  @Override
  public MessageSink message(RemoteMessage message) {
    StoreSink before = open;
    if (before != null && !before.isDone()) {
      throw new IllegalStateException("the message before is neither completed nor aborted");
    }
    long sizeOfAll = message.headerOnly() ? message.listedSize() : -1;
    StoreSink sink = new StoreSink(store, lane, sizeOfAll, received -> deliver(message, received));
    open = sink;
    return sink;
  }

  private void deliver(RemoteMessage message, Received received) {
    lane.write(
        received.weight() + OVERHEAD, sql -> delivery.deliver(sql, folder, message, received));
  }

  @Override
  public void state(RemoteEntry entry) {
    lane.write(OVERHEAD, sql -> Entries.state(sql, folder.id(), entry));
  }

  @Override
  public void forget(String key) {
    lane.write(OVERHEAD, sql -> forget(sql, key));
  }

  /**
   * A message whose header alone is here goes with the server's: there is nothing left to read.
   * What was deleted here is remembered for a while: a server that leaves it out of one listing may
   * list it again, and it must not come back.
   */
  private void forget(Sql sql, String key) {
    boolean deletedHere =
        Entries.find(sql, folder.id(), key)
            .filter(entry -> entry.state() == EntryState.REMOVE)
            .filter(entry -> entry.since().isAfter(Instant.now().minus(REMEMBERED)))
            .isPresent();
    if (deletedHere) {
      return;
    }
    OptionalLong placement = Entries.placement(sql, folder.id(), key);
    Entries.delete(sql, folder.id(), key);
    if (placement.isPresent()) {
      Placements.content(sql, placement.getAsLong())
          .filter(content -> !Contents.isWhole(sql, content))
          .ifPresent(content -> removeUnlisted(sql, content));
    }
  }

  private static void removeUnlisted(Sql sql, long content) {
    for (long placement : Placements.showing(sql, content)) {
      Optional<MessageRow> shown = Placements.find(sql, placement);
      if (shown.isPresent() && !Entries.lists(sql, placement)) {
        String cause = Change.Cause.REMOVED_ON_SERVER.name();
        Feed.add(sql, Feed.Kind.REMOVED, placement, shown.get().folder(), cause);
        Placements.delete(sql, placement);
      }
    }
  }

  @Override
  public void anchor(String anchor) {
    lane.write(OVERHEAD, sql -> Folders.anchor(sql, folder.id(), anchor));
  }

  @Override
  public Durability commit() {
    return lane.commit();
  }

  @Override
  public void close() {
    StoreSink sink = open;
    if (sink != null) {
      sink.abort();
    }
  }
}
