// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Sql;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The store as the protocols see it. */
final class StoreReplica implements Replica {
  private static final int PAGE = 2000;

  private final Store store;
  private final Residence residence;
  private final Entries.Limit limit;

  StoreReplica(Store store, Residence residence) {
    this(store, residence, Entries.Limit.NONE);
  }

  private StoreReplica(Store store, Residence residence, Entries.Limit limit) {
    this.store = store;
    this.residence = residence;
    this.limit = limit;
  }

  /** The same without the entries that came later. */
  StoreReplica upTo(Entries.Limit known) {
    return new StoreReplica(store, residence, known);
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
    FolderRow row = store.read(sql -> Folders.find(sql, path)).orElseGet(() -> make(path));
    return new RemoteFolder(row.path(), row.anchor());
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
    long id = store.read(sql -> Store.require(sql, folder)).id();
    List<RemoteEntry> page = store.read(sql -> Entries.after(sql, id, "", limit, PAGE));
    while (!page.isEmpty()) {
      page.forEach(consumer);
      String last = page.get(page.size() - 1).key();
      page = store.read(sql -> Entries.after(sql, id, last, limit, PAGE));
    }
  }

  @Override
  public void flags(FolderPath folder, BiConsumer<String, Set<Flag>> consumer) {
    long id = store.read(sql -> Store.require(sql, folder)).id();
    List<Entries.KeyedFlags> page = store.read(sql -> Entries.flagsAfter(sql, id, "", PAGE));
    while (!page.isEmpty()) {
      page.forEach(keyed -> consumer.accept(keyed.key(), keyed.flags().toSet()));
      String last = page.get(page.size() - 1).key();
      page = store.read(sql -> Entries.flagsAfter(sql, id, last, PAGE));
    }
  }

  @Override
  public ReplicaBatch batch(FolderPath folder) {
    FolderRow row = store.read(sql -> Store.require(sql, folder));
    return new StoreBatch(store, row);
  }
}
