// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
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
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Lane;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes on their way to one folder of the store. */
final class StoreBatch implements ReplicaBatch {
  /** About what a small write holds on to in the queue, beside the bytes it names. */
  private static final int OVERHEAD = 256;

  private static final Duration REMEMBERED = Duration.ofDays(30);

  private final Store store;
  private final FolderRow folder;
  private final Lane lane;
  private final Arrivals arrivals;
  private final long begun = System.nanoTime();
  private @Nullable StoreSink open;
  private Map<String, String> newKeys = new LinkedHashMap<>();

  StoreBatch(Store store, FolderRow folder) {
    this.store = store;
    this.folder = folder;
    this.lane = store.writer().lane();
    this.arrivals = new Arrivals(store);
    lane.write(OVERHEAD, store::claim);
  }

  @Override
  public MessageSink message(RemoteMessage message) {
    StoreSink before = open;
    if (before != null && !before.isDone()) {
      throw new IllegalStateException("the message before is neither completed nor aborted");
    }
    rekey();
    long sizeOfAll = message.headerOnly() ? message.listedSize() : -1;
    StoreSink sink = new StoreSink(store, lane, sizeOfAll, received -> deliver(message, received));
    open = sink;
    return sink;
  }

  private void deliver(RemoteMessage message, Received received) {
    lane.write(
        received.weight() + OVERHEAD, sql -> arrivals.deliver(sql, folder, message, received));
  }

  @Override
  public void state(RemoteEntry entry) {
    write(sql -> Entries.state(sql, folder.id(), entry));
  }

  @Override
  public void forget(String key) {
    write(sql -> forget(sql, key));
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
  public void flags(String key, Set<Flag> flags) {
    Flags told = Flags.of(flags);
    write(sql -> flags(sql, key, told));
  }

  /** What was listed before the server answered an action is older than its answer. */
  private void flags(Sql sql, String key, Flags told) {
    OptionalLong placement = Entries.placement(sql, folder.id(), key);
    if (placement.isPresent() && !store.recentAnswers().isSince(placement.getAsLong(), begun)) {
      ServerChanges.flags(sql, placement.getAsLong(), told);
    }
  }

  @Override
  public void removed(String key) {
    write(sql -> ServerChanges.removed(sql, folder.id(), key));
  }

  @Override
  public void released(String key) {
    write(sql -> ServerChanges.released(sql, folder.id(), key));
  }

  @Override
  public void rekey(String key, String newKey) {
    newKeys.put(key, newKey);
  }

  @Override
  public void inStep(int leftOut) {
    write(sql -> Folders.leftOut(sql, folder.id(), leftOut));
  }

  @Override
  public void anchor(String anchor) {
    write(sql -> Folders.anchor(sql, folder.id(), anchor));
  }

  private void write(Consumer<Sql> change) {
    rekey();
    lane.write(OVERHEAD, change);
  }

  /** New keys are noted together, in one transaction, before anything else is. */
  private void rekey() {
    if (!newKeys.isEmpty()) {
      Map<String, String> keys = newKeys;
      newKeys = new LinkedHashMap<>();
      lane.write(OVERHEAD * keys.size(), sql -> ServerChanges.rekey(sql, folder.id(), keys));
    }
  }

  @Override
  public Durability commit() {
    rekey();
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
