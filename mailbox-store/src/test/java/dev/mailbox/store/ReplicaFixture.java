// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Residence;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A store whose mail lives on a server, without a mailbox over it. */
final class ReplicaFixture implements AutoCloseable {
  static final FolderPath INBOX = FolderPath.INBOX;
  final Store store;
  final StoreReplica replica;
  private final LocalActions actions = new LocalActions(Residence.SERVER);

  ReplicaFixture(Path directory) {
    store = Store.open(StoreFixture.config().keepIn(directory).build(), Residence.SERVER);
    replica = new StoreReplica(store, Residence.SERVER);
  }

  void arrange(ListedFolder... listed) {
    replica.arrange(List.of(listed));
  }

  static ListedFolder folder(String path) {
    return new ListedFolder(FolderPath.parse(path), Optional.empty());
  }

  static ListedFolder folder(String path, FolderRole role) {
    return new ListedFolder(FolderPath.parse(path), Optional.of(role));
  }

  /** Changes a folder in one batch. */
  void batch(FolderPath folder, Consumer<ReplicaBatch> changes) {
    try (ReplicaBatch batch = replica.batch(folder)) {
      changes.accept(batch);
      batch.commit().awaitDurable();
    }
  }

  /** Brings a message, whose subject is its key, and returns its number. */
  long bring(FolderPath folder, String key, Flag... flags) {
    return bring(folder, key, StoreFixture.mail(key), flags);
  }

  long bring(FolderPath folder, String key, String text, Flag... flags) {
    batch(
        folder,
        batch -> TestRemote.give(batch, key, new TestServer.Mail(text, Set.of(flags)), false));
    return number(folder, key).orElseThrow();
  }

  /** The number of the message that has a key. */
  Optional<Long> number(FolderPath folder, String key) {
    return store.read(
        sql -> {
          var placement = Entries.placement(sql, Store.require(sql, folder).id(), key);
          return placement.isPresent() ? Optional.of(placement.getAsLong()) : Optional.empty();
        });
  }

  /** Does something as a user who is offline, and returns the number of the first action. */
  long queue(Function<Sql, List<QueuedAction>> change) {
    return store.write(
        sql ->
            change.apply(sql).stream().map(a -> ActionQueue.add(sql, a)).toList().stream()
                .findFirst()
                .orElse(0L));
  }

  long mark(long message, Flag flag) {
    return queue(sql -> actions.mark(sql, List.of(message), Set.of(flag), Set.of()));
  }

  long move(long message, FolderPath to) {
    return queue(sql -> actions.move(sql, List.of(message), Store.require(sql, to)));
  }

  long copy(long message, FolderPath to) {
    return queue(sql -> actions.copy(sql, List.of(message), Store.require(sql, to)));
  }

  long delete(long message) {
    return queue(sql -> actions.delete(sql, List.of(message)));
  }

  Optional<MessageRow> row(long message) {
    return store.read(sql -> Placements.find(sql, message));
  }

  Set<Flag> shown(long message) {
    return row(message).orElseThrow().flags().toSet();
  }

  /** The flags that the server told, as the protocols see them. */
  Map<String, Set<Flag>> told(FolderPath folder) {
    Map<String, Set<Flag>> flags = new LinkedHashMap<>();
    replica.flags(folder, flags::put);
    return flags;
  }

  FolderRow row(FolderPath folder) {
    return store.read(sql -> Store.require(sql, folder));
  }

  List<String> folders() {
    return store.read(Folders::all).stream().map(row -> row.path().toString()).toList();
  }

  /** The subjects of a folder's messages, in order. */
  List<String> subjects(FolderPath folder) {
    return store.read(sql -> Placements.newest(sql, Store.require(sql, folder).id(), 100)).stream()
        .map(row -> row.content().envelope().subject())
        .sorted()
        .toList();
  }

  FeedPosition last() {
    return store.read(Feed::last);
  }

  List<String> kinds(FeedPosition after) {
    return changes(after).map(StoreFixture::kind).toList();
  }

  Stream<Change> changes(FeedPosition after) {
    return store.read(sql -> Feed.after(sql, after, 1000, store::messageId)).stream();
  }

  /** How many rows were ever written. */
  long writes() {
    return store.write(sql -> sql.number("SELECT total_changes()"));
  }

  @Override
  public void close() {
    store.close();
  }
}
