// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.spi.EntrySummary;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The store as the protocols see it. */
final class StoreReplica implements Replica {
  private static final int PAGE = 2000;

  private final Store store;
  private final Residence residence;
  private final Entries.Limit limit;
  private final Map<FolderPath, Long> places;

  StoreReplica(Store store, Residence residence) {
    this(store, residence, Entries.Limit.NONE, Map.of());
  }

  private StoreReplica(
      Store store, Residence residence, Entries.Limit limit, Map<FolderPath, Long> places) {
    this.store = store;
    this.residence = residence;
    this.limit = limit;
    this.places = Map.copyOf(places);
  }

  /** The same without the entries that came later. */
  StoreReplica upTo(Entries.Limit known) {
    return new StoreReplica(store, residence, known, places);
  }

  /**
   * The same as an action sees it: by the paths that the server knows its folders by when its turn
   * comes, although they may have been renamed or deleted here since.
   */
  StoreReplica of(QueuedAction action) {
    Map<FolderPath, Long> own = new HashMap<>();
    own.put(action.folder(), action.place().folder());
    action.targetPlace().ifPresent(place -> own.put(place.path(), place.folder()));
    return new StoreReplica(store, residence, limit, own);
  }

  @Override
  public List<RemoteFolder> folders() {
    return store.read(Folders::all).stream()
        .filter(FolderRow::isOnServer)
        .map(row -> new RemoteFolder(row.path(), row.anchor()))
        .toList();
  }

  @Override
  public void arrange(Collection<ListedFolder> listed) {
    store.change(
        sql -> {
          store.claim(sql);
          new Arrangement(sql, listed).arrange(store.foldersChanged());
        });
  }

  @Override
  public RemoteFolder folder(FolderPath path) {
    if (places.containsKey(path)) {
      Optional<FolderRow> own = store.read(sql -> Folders.find(sql, place(sql, path)));
      return new RemoteFolder(path, own.map(FolderRow::anchor).orElse(""));
    }
    FolderRow row = store.read(sql -> Folders.find(sql, path)).orElseGet(() -> make(path));
    return new RemoteFolder(row.path(), row.anchor());
  }

  private long place(Sql sql, FolderPath path) {
    Long own = places.get(path);
    return own == null ? Store.require(sql, path).id() : own;
  }

  private FolderRow make(FolderPath path) {
    return store.write(sql -> Folders.find(sql, path).orElseGet(() -> make(sql, path)));
  }

  private FolderRow make(Sql sql, FolderPath path) {
    FolderRow row = Folders.insert(sql, path, null, residence);
    Feed.add(sql, Feed.Kind.FOLDER_CREATED, null, path, null);
    return row;
  }

  @Override
  public void entries(FolderPath folder, Consumer<RemoteEntry> consumer) {
    long id = store.read(sql -> place(sql, folder));
    List<RemoteEntry> page = store.read(sql -> Entries.after(sql, id, "", limit, PAGE));
    while (!page.isEmpty()) {
      String last = page.get(page.size() - 1).key();
      Supplier<List<RemoteEntry>> next =
          store.readAhead(sql -> Entries.after(sql, id, last, limit, PAGE));
      page.forEach(consumer);
      page = next.get();
    }
  }

  @Override
  public EntrySummary summary(FolderPath folder) {
    return store.read(sql -> Entries.summary(sql, place(sql, folder), limit));
  }

  @Override
  public void flags(FolderPath folder, BiConsumer<String, Set<Flag>> consumer) {
    long id = store.read(sql -> place(sql, folder));
    List<Entries.KeyedFlags> page = store.read(sql -> Entries.flagsAfter(sql, id, "", PAGE));
    while (!page.isEmpty()) {
      page.forEach(keyed -> consumer.accept(keyed.key(), keyed.flags().toSet()));
      String last = page.get(page.size() - 1).key();
      page = store.read(sql -> Entries.flagsAfter(sql, id, last, PAGE));
    }
  }

  @Override
  public void handled(FolderPath folder, Consumer<String> consumer) {
    if (!folder.equals(FolderPath.INBOX)) {
      return;
    }
    long id = store.read(sql -> place(sql, folder));
    List<String> page = store.read(sql -> Entries.handledAfter(sql, id, "", PAGE));
    while (!page.isEmpty()) {
      page.forEach(consumer);
      String last = page.get(page.size() - 1);
      page = store.read(sql -> Entries.handledAfter(sql, id, last, PAGE));
    }
  }

  @Override
  public ReplicaBatch batch(FolderPath folder) {
    FolderRow row = store.read(sql -> Store.require(sql, folder));
    return new StoreBatch(store, row);
  }
}
