// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderCounts;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Residence;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** A folder, by its path. */
final class StoreFolder implements Folder {
  private final StoreMailbox mailbox;
  private final Store store;
  private final FolderPath path;

  StoreFolder(StoreMailbox mailbox, Store store, FolderPath path) {
    this.mailbox = mailbox;
    this.store = store;
    this.path = path;
  }

  private <T> T read(Function<Sql, Function<FolderRow, T>> work) {
    return store.read(sql -> work.apply(sql).apply(Store.require(sql, path)));
  }

  @Override
  public FolderPath path() {
    return path;
  }

  @Override
  public Optional<FolderRole> role() {
    return read(sql -> FolderRow::role);
  }

  @Override
  public Residence residence() {
    return read(sql -> FolderRow::residence);
  }

  @Override
  public FolderCounts counts() {
    return read(sql -> row -> Folders.counts(sql, row.id()));
  }

  @Override
  public SyncReport sync(ProgressListener listener) {
    FolderRow row = read(sql -> r -> r);
    return row.isKeptInStep() ? mailbox.sync(Set.of(path), listener) : SyncReport.builder().build();
  }

  /** Does the same for no longer than that. */
  void sync(Duration limit) {
    if (read(sql -> r -> r).isKeptInStep()) {
      mailbox.sync(Set.of(path), ProgressListener.NONE, limit);
    }
  }

  @Override
  public List<Message> newest(int count) {
    return messages(read(sql -> row -> Placements.newest(sql, row.id(), atLeastOne(count))));
  }

  @Override
  public List<Message> olderThan(MessageId message, int count) {
    OptionalLong placement = store.placement(message);
    if (placement.isEmpty()) {
      return List.of();
    }
    return messages(
        read(
            sql ->
                row ->
                    Placements.olderThan(sql, row.id(), placement.getAsLong(), atLeastOne(count))));
  }

  private static int atLeastOne(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1");
    }
    return count;
  }

  private List<Message> messages(List<dev.mailbox.store.internal.db.MessageRow> rows) {
    return rows.stream().map(row -> (Message) mailbox.reader().message(row)).toList();
  }

  @Override
  public SearchResult search(Search search) {
    return mailbox.searcher().search(path, search);
  }

  /** Whether nothing is copied for a search, because the server can search. */
  boolean isSearchedOnServer() {
    return !store.isOnDisk() && mailbox.searcher().asksServer(path);
  }

  /** The same, with the server's help; it throws if the server cannot be reached. */
  SearchResult searchOnServer(Search search) {
    return mailbox.searcher().searchOnServer(path, search);
  }

  /** The same, right after a sync. */
  SearchResult searchInStep(Search search) {
    return mailbox.searcher().searchInStep(path, search);
  }

  @Override
  public Optional<Message> await(Query query, Duration timeout) {
    return new Await(mailbox, this, query).until(timeout);
  }

  @Override
  public Appended append(MimeMessage message, Flag... flags) {
    return mailbox.appender().append(path, message, Set.of(flags));
  }

  @Override
  public Appended append(InputStream raw, Instant receivedAt, Set<Flag> flags) {
    return mailbox.appender().append(path, raw, receivedAt, flags);
  }

  @Override
  public Outcome rename(FolderPath to) {
    return mailbox
        .actions()
        .perform(this::isHere, sql -> mailbox.folderChanges().rename(sql, path, to));
  }

  @Override
  public Outcome delete() {
    return mailbox
        .actions()
        .perform(this::isHere, sql -> mailbox.folderChanges().delete(sql, path));
  }

  private boolean isHere(Sql sql) {
    return !Store.require(sql, path).isOnServer();
  }

  @Override
  public String toString() {
    return "Folder[" + path + "]";
  }
}
