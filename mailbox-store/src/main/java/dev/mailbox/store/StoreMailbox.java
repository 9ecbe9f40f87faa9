// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.FailedAction;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.MailboxStatus;
import dev.mailbox.Message;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import dev.mailbox.Residence;
import dev.mailbox.VerifyReport;
import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.Receivers;
import dev.mailbox.spi.Remote;
import dev.mailbox.spi.Replica;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Meta;
import dev.mailbox.store.internal.db.Words;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one mailbox: reads from the store, and lets a {@link Remote} bring the store in step with a
 * server. Public for the protocol modules, which open it.
 */
public final class StoreMailbox implements Mailbox {
  private final MailboxConfig config;
  private final Store store;
  private final Optional<Remote> remote;
  private final LastProblem lastProblem = new LastProblem();
  private final Optional<SyncRunner> runner;
  private final Drainer drainer;
  private final Actions actions;
  private final FolderChanges folderChanges;
  private final MessageReader reader;
  private final Searcher searcher;
  private final Indexer indexer;
  private final Appender appender;
  private final Watches watches;
  private final Receivers receivers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private StoreMailbox(MailboxConfig config, Store store, Optional<Remote> remote) {
    this.config = config;
    this.store = store;
    this.remote = remote;
    Residence residence = residence(store, remote);
    StoreReplica replica = new StoreReplica(store, residence);
    QueueDrain drain = new QueueDrain(store, remote.flatMap(Remote::actions), replica, lastProblem);
    this.drainer = new Drainer(drain);
    this.runner =
        remote.map(
            r ->
                new SyncRunner(
                    config, store, new SyncRunner.Sides(r, replica, drain, lastProblem)));
    this.actions =
        new Actions(
            store,
            new LocalActions(residence),
            new Actions.Queue(
                drain,
                drainer,
                () -> runner.filter(SyncRunner::isMine).isPresent(),
                () -> runner.ifPresent(SyncRunner::learnFolders)),
            config);
    this.folderChanges = new FolderChanges(residence);
    Bodies bodies = new Bodies(store, remote, runner);
    this.reader = new MessageReader(store, bodies, actions);
    FeedSignal signal = new FeedSignal();
    this.indexer = new Indexer(store, signal);
    this.searcher = searcher(replica, bodies);
    this.appender = new Appender(store, actions::append);
    this.watches = new Watches(config, signal, remote);
    this.receivers =
        new Receivers(
            new InboxSync(), Clock.systemUTC(), name -> new StoredDeliveries(store, reader, name));
    store.writer().afterCommit(signal::raise);
  }

  private Searcher searcher(Replica replica, Bodies bodies) {
    Coverage coverage = new Coverage(remote.isPresent(), config.scope().folders());
    Optional<ServerSearch> server =
        remote
            .flatMap(Remote::search)
            .map(search -> new ServerSearch.Sides(search, replica, runner.orElseThrow()))
            .map(sides -> new ServerSearch(store, sides, bodies, coverage));
    return new Searcher(
        store,
        reader,
        new LocalSearch(store, reader, indexer),
        new Searcher.Remotes(bodies, runner, server, coverage));
  }

  private static Residence residence(Store store, Optional<Remote> remote) {
    return remote
        .map(Remote::residence)
        .orElseGet(() -> store.read(sql -> Store.require(sql, FolderPath.INBOX)).residence());
  }

  /**
   * Opens the store that a configuration asks for, over a remote, which the mailbox closes with
   * itself, also when opening fails.
   */
  public static Mailbox open(MailboxConfig config, Remote remote) {
    try {
      return open(config, Optional.of(remote));
    } catch (RuntimeException e) {
      remote.close();
      throw e;
    }
  }

  static Mailbox open(MailboxConfig config, Optional<Remote> remote) {
    Store store = Store.open(config, remote.map(Remote::residence).orElse(Residence.LOCAL));
    StoreMailbox mailbox = new StoreMailbox(config, store, remote);
    mailbox.indexer.start();
    return mailbox;
  }

  MessageReader reader() {
    return reader;
  }

  Searcher searcher() {
    return searcher;
  }

  Appender appender() {
    return appender;
  }

  Actions actions() {
    return actions;
  }

  FolderChanges folderChanges() {
    return folderChanges;
  }

  @Override
  public MailboxConfig config() {
    return config;
  }

  boolean isClosed() {
    return closed.get();
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("the mailbox is closed");
    }
  }

  private final class InboxSync implements Receivers.Syncing {
    @Override
    public void sync() {
      if (runner.isPresent()) {
        SyncReport unused = StoreMailbox.this.sync(Set.of(FolderPath.INBOX), ProgressListener.NONE);
      }
    }

    @Override
    public boolean isMine() {
      return runner.filter(SyncRunner::isMine).isPresent();
    }
  }

  private SyncRunner requireRunner() {
    requireOpen();
    return runner.orElseThrow(
        () -> new IllegalStateException("the mailbox was opened without a server"));
  }

  @Override
  public CheckReport check() {
    requireRunner();
    CheckReport report = remote.orElseThrow().check();
    store.change(store::claim);
    return report;
  }

  @Override
  public SyncReport sync(ProgressListener listener) {
    return sync(Set.of(), listener);
  }

  SyncReport sync(Set<FolderPath> folders, ProgressListener listener) {
    return requireRunner().sync(folders, listener);
  }

  SyncReport sync(Set<FolderPath> folders, ProgressListener listener, Duration limit) {
    return requireRunner().sync(folders, listener, limit);
  }

  /** Rests for that long, or until the mailbox is closed. */
  void pause(Duration time) {
    requireRunner().pause(time);
  }

  /** For how long the server wants to be left alone. */
  Duration leaveAloneFor() {
    return remote.map(Remote::leaveAloneFor).orElse(Duration.ZERO);
  }

  /** Rests until the server may have news of a folder, or the time is up. */
  void awaitNews(FolderPath folder, Duration atMost) {
    requireRunner();
    remote.orElseThrow().awaitNews(folder, atMost);
  }

  @Override
  public Folder inbox() {
    return new StoreFolder(this, store, FolderPath.INBOX);
  }

  @Override
  public List<Folder> folders() {
    return store.read(Folders::all).stream()
        .map(row -> (Folder) new StoreFolder(this, store, row.path()))
        .toList();
  }

  @Override
  public Optional<Folder> folder(FolderPath path) {
    return store
        .read(sql -> Folders.find(sql, path))
        .map(row -> new StoreFolder(this, store, row.path()));
  }

  @Override
  public Optional<Folder> folder(FolderRole role) {
    return store
        .read(sql -> Folders.find(sql, role))
        .map(row -> new StoreFolder(this, store, row.path()));
  }

  @Override
  public Folder createFolder(FolderPath path) {
    actions.perform(sql -> false, sql -> folderChanges.create(sql, path));
    return new StoreFolder(this, store, path);
  }

  @Override
  public Optional<Message> find(MessageId id) {
    OptionalLong placement = store.placement(id);
    return placement.isEmpty()
        ? Optional.empty()
        : reader.find(placement.getAsLong()).map(message -> message);
  }

  @Override
  public MessageActions messages(Collection<MessageId> ids) {
    return new ManyActions(
        actions,
        ids.stream()
            .map(store::placement)
            .filter(OptionalLong::isPresent)
            .map(OptionalLong::getAsLong)
            .toList());
  }

  @Override
  public SearchResult search(Search search) {
    return searcher.search(null, search);
  }

  @Override
  public List<Change> changes(FeedPosition after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1");
    }
    return store.read(sql -> Feed.after(sql, after, limit, store::messageId));
  }

  @Override
  public FeedPosition lastChange() {
    return store.read(Feed::last);
  }

  @Override
  public Watch watch(ChangeListener listener) {
    requireOpen();
    return watches.start(this, listener);
  }

  @Override
  public Receiver receiver(String name) {
    requireOpen();
    return receivers.open(this, name);
  }

  @Override
  public MailboxStatus status() {
    Optional<MailboxException> problem = lastProblem.get();
    return store.read(
        sql ->
            new MailboxStatus(
                Meta.get(sql, SyncRunner.LAST_SYNC).map(Instant::parse),
                problem,
                ActionQueue.count(sql),
                ActionQueue.failureCount(sql),
                Entries.count(sql, EntryState.REMOVE) + Entries.count(sql, EntryState.UNCONFIRMED),
                Words.missing(sql)));
  }

  @Override
  public List<FailedAction> failedActions() {
    return store.read(sql -> ActionQueue.failures(sql, store::messageId));
  }

  @Override
  public void clearFailedActions() {
    store.change(
        sql -> {
          ActionQueue.clearFailures(sql);
        });
  }

  @Override
  public boolean flush(Duration timeout) {
    requireOpen();
    return remote.isEmpty() ? store.read(ActionQueue::count) == 0 : drainer.flush(timeout);
  }

  @Override
  public VerifyReport verify(ProgressListener listener) {
    return new Verifier(store, listener).verify();
  }

  @Override
  public ExportReport export(ExportFormat format, Path target, ProgressListener listener) {
    return new Exporter(store, reader, format, listener).export(target);
  }

  @Override
  public void close() {
    receivers.stop();
    if (closed.compareAndSet(false, true)) {
      watches.close();
      drainer.stop();
      runner.ifPresent(SyncRunner::close);
      receivers.close();
      drainer.join();
      indexer.close();
      store.close();
    }
  }

  @Override
  public String toString() {
    return "Mailbox[" + config + "]";
  }
}
