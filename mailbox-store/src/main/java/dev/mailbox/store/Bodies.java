// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.ServerId;
import dev.mailbox.spi.Remote;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.EntryPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Downloads bodies that are not here, when they are asked for. */
final class Bodies implements MessageReader.Downloader {
  private final Store store;
  private final Optional<Remote> remote;
  private final Optional<SyncRunner> runner;

  Bodies(Store store, Optional<Remote> remote, Optional<SyncRunner> runner) {
    this.store = store;
    this.remote = remote;
    this.runner = runner;
  }

  @Override
  public void download(long placement) {
    if (runner.isEmpty()) {
      throw new IllegalStateException(
          "the message's body was never downloaded, and the mailbox was opened without a server");
    }
    download(List.of(placement));
  }

  /** Downloads several bodies; those that are gone, or here already, are left out. */
  void download(List<Long> placements) {
    if (runner.isEmpty()) {
      return;
    }
    Map<FolderPath, List<String>> keys = new LinkedHashMap<>();
    for (EntryPlace place : store.read(sql -> Entries.places(sql, placements))) {
      keys.computeIfAbsent(place.folder(), f -> new ArrayList<>()).add(place.key());
    }
    keys.forEach((folder, wanted) -> runner.get().fetch(folder, wanted));
  }

  @Override
  public Optional<ServerId> serverId(FolderPath folder, String key) {
    return remote.flatMap(r -> r.serverId(new RemoteFolder(folder, ""), key));
  }
}
