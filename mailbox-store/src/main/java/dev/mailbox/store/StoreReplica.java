// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import java.util.function.Consumer;

/** The store as the protocols see it. */
final class StoreReplica implements Replica {
  private final Store store;
  private final Residence residence;

  StoreReplica(Store store, Residence residence) {
    this.store = store;
    this.residence = residence;
  }

  @Override
  public RemoteFolder folder(FolderPath path) {
    FolderRow row = store.read(sql -> Folders.find(sql, path)).orElseGet(() -> make(path));
    return new RemoteFolder(row.path(), row.anchor());
  }

  private FolderRow make(FolderPath path) {
    return store.write(
        sql -> {
          FolderRow row = Folders.insert(sql, path, null, residence);
          Feed.add(sql, Feed.Kind.FOLDER_CREATED, null, path, null);
          return row;
        });
  }

  @Override
  public void entries(FolderPath folder, Consumer<RemoteEntry> consumer) {
    store.read(
        sql -> {
          Entries.each(sql, Store.require(sql, folder).id(), consumer);
          return true;
        });
  }

  @Override
  public ReplicaBatch batch(FolderPath folder) {
    FolderRow row = store.read(sql -> Store.require(sql, folder));
    return new StoreBatch(store, row);
  }
}
