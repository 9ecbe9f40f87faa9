// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Remote;
import dev.mailbox.spi.RemoteActions;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.RemoteSearch;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An honest remote over a {@link TestServer}, which can be taken off the network. */
final class TestRemote implements Remote {
  private static final Set<FolderRole> LEFT_OUT =
      Set.of(FolderRole.ALL, FolderRole.JUNK, FolderRole.TRASH);
  final TestServer server;
  final TestActions actions;
  final TestSearch search;
  final AtomicInteger syncs = new AtomicInteger();
  volatile boolean offline;

  /** For how long it wants to be left alone. */
  volatile Duration patience = Duration.ZERO;

  /** Whether each sync ends when the messages have come. */
  volatile boolean breakAfterListing;

  /** How many messages each sync says that it has left out. */
  volatile int missing;

  volatile Runnable duringSync = () -> {};

  /** Runs when the folders were listed, before the mailbox learns of it. */
  volatile Runnable afterListing = () -> {};

  volatile @Nullable Progress progressNext;
  volatile BodyPolicy bodies = BodyPolicy.all();
  volatile Removal removal = Removal.never();
  volatile @Nullable Replica lastReplica;
  private final Residence residence;
  private final CountDownLatch closed = new CountDownLatch(1);

  private TestRemote(Residence residence, TestServer server) {
    this.residence = residence;
    this.server = server;
    this.actions = new TestActions(this);
    this.search = new TestSearch(this);
  }

  /** Another connection to the same server. */
  TestRemote again() {
    return new TestRemote(residence, server);
  }

  /** Like POP3: mail lives here. */
  static TestRemote local() {
    return new TestRemote(Residence.LOCAL, new TestServer());
  }

  /** Like IMAP: mail lives on the server. */
  static TestRemote onServer() {
    return new TestRemote(Residence.SERVER, new TestServer());
  }

  @Override
  public Residence residence() {
    return residence;
  }

  @Override
  public BodyPolicy defaultBodies() {
    return bodies;
  }

  @Override
  public Removal defaultRemoval() {
    return removal;
  }

  @Override
  public CheckReport check() {
    requireOnline();
    return new CheckReport("TEST", "hello", "none", "none", List.of(), OptionalLong.empty());
  }

  void requireOnline() {
    if (closed.getCount() == 0) {
      throw new ConnectionException(Reason.CLOSED, "the remote is closed", null, List.of());
    }
    if (offline) {
      throw new ConnectionException(Reason.REFUSED, "the server is away", null, List.of());
    }
  }

  /** Waits until the remote is closed, as a silent server would let it. */
  void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(Reason.INTERRUPTED, "interrupted", e, List.of());
    }
    requireOnline();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public Duration leaveAloneFor() {
    return patience;
  }

  @Override
  public void sync(SyncTask task, Replica replica) {
    syncs.incrementAndGet();
    lastReplica = replica;
    requireOnline();
    duringSync.run();
    Progress progress = progressNext;
    if (progress != null) {
      progressNext = null;
      task.progress(progress);
    }
    if (residence == Residence.SERVER) {
      List<ListedFolder> listed = server.listed();
      afterListing.run();
      replica.arrange(listed);
    }
    for (FolderPath folder : task.folders().isEmpty() ? wanted(task.scope()) : task.folders()) {
      task.checkCancelled();
      sync(folder, task, replica);
    }
  }

  private Set<FolderPath> wanted(SyncScope scope) {
    if (residence == Residence.LOCAL) {
      return Set.of(FolderPath.INBOX);
    }
    return scope.folders().isEmpty()
        ? server.listed().stream()
            .filter(folder -> folder.role().filter(LEFT_OUT::contains).isEmpty())
            .map(ListedFolder::path)
            .collect(Collectors.toSet())
        : scope.folders();
  }

  private void sync(FolderPath path, SyncTask task, Replica replica) {
    RemoteFolder folder = replica.folder(path);
    Map<String, RemoteEntry> known = new LinkedHashMap<>();
    replica.entries(path, entry -> known.put(entry.key(), entry));
    Map<String, TestServer.Mail> listed = new LinkedHashMap<>(server.list(path));
    int leftOut = Math.max(0, listed.size() - task.scope().newest().orElse(listed.size()));
    List.copyOf(listed.keySet()).stream()
        .limit(leftOut)
        .filter(key -> !known.containsKey(key))
        .forEach(listed::remove);
    try (ReplicaBatch batch = replica.batch(folder.path())) {
      known.keySet().stream()
          .filter(key -> !listed.containsKey(key))
          .forEach(residence == Residence.SERVER ? batch::removed : batch::forget);
      listed.forEach(
          (key, mail) -> bring(key, mail, Optional.ofNullable(known.get(key)), batch, task));
      batch.commit().awaitDurable();
      if (breakAfterListing) {
        throw new ConnectionException(Reason.DISCONNECTED, "it broke", null, List.of());
      }
      if (residence == Residence.SERVER) {
        listed.forEach((key, mail) -> batch.flags(key, mail.flags()));
      }
      settle(path, known, listed.keySet(), batch);
      remove(path, listed.keySet(), batch, task);
      batch.inStep(leftOut + missing);
      batch.commit().awaitDurable();
    }
  }

  /** Lists a folder for the mailbox, as its sync would. */
  void listAgain(FolderPath folder) {
    Replica replica = lastReplica;
    if (replica != null) {
      try (ReplicaBatch batch = replica.batch(folder)) {
        server.list(folder).forEach((key, mail) -> give(batch, key, mail, false));
        batch.commit().awaitDurable();
      }
    }
  }

  /** Removes all messages of a folder that are durable in the mailbox, as its sync would. */
  void releaseAll(FolderPath folder) {
    Replica replica = lastReplica;
    if (replica != null) {
      try (ReplicaBatch batch = replica.batch(folder)) {
        server.list(folder).keySet().forEach(batch::released);
        server.list(folder).clear();
        batch.commit().awaitDurable();
      }
    }
  }

  private void bring(
      String key,
      TestServer.Mail mail,
      Optional<RemoteEntry> entry,
      ReplicaBatch batch,
      SyncTask task) {
    boolean whole = task.bodies() instanceof BodyPolicy.All;
    if (entry.isEmpty()) {
      give(batch, key, mail, !whole);
      (whole ? task.report().downloaded(1) : task.report().headersOnly(1))
          .bytes(mail.bytes().length);
    } else if (whole && entry.get().state() == EntryState.HEADER) {
      give(batch, key, mail, false);
    }
  }

  private void settle(
      FolderPath path, Map<String, RemoteEntry> known, Set<String> listed, ReplicaBatch batch) {
    known.forEach(
        (key, entry) -> {
          if (listed.contains(key) && entry.state() == EntryState.REMOVE) {
            server.remove(path, key);
            batch.state(
                new RemoteEntry(
                    key,
                    entry.listedSize(),
                    EntryState.REMOVED,
                    entry.headerHash(),
                    Instant.now()));
            batch.forget(key);
          }
        });
  }

  private void remove(FolderPath path, Set<String> listed, ReplicaBatch batch, SyncTask task) {
    if (task.removal() instanceof Removal.AfterDownload) {
      for (String key : listed) {
        server.remove(path, key);
        if (residence == Residence.SERVER) {
          batch.released(key);
        } else {
          batch.forget(key);
        }
        task.report().deleted(1);
      }
    }
  }

  /** Puts a message, or its header alone, into a batch. */
  static void give(ReplicaBatch batch, String key, TestServer.Mail mail, boolean headerOnly) {
    byte[] all = mail.bytes();
    int end = mail.text().indexOf("\r\n\r\n");
    int length = headerOnly && end >= 0 ? end + 4 : all.length;
    MessageSink sink =
        batch.message(
            new RemoteMessage(key, all.length, headerOnly, mail.flags(), Optional.empty()));
    sink.write(all, 0, length);
    sink.complete();
  }

  @Override
  public Set<String> fetch(RemoteFolder folder, Collection<String> keys, Replica replica) {
    requireOnline();
    Set<String> gone = new HashSet<>();
    try (ReplicaBatch batch = replica.batch(folder.path())) {
      for (String key : keys) {
        TestServer.Mail mail = server.list(folder.path()).get(key);
        if (mail == null) {
          gone.add(key);
        } else {
          give(batch, key, mail, false);
        }
      }
      batch.commit().awaitDurable();
    }
    return gone;
  }

  @Override
  public void awaitNews(FolderPath folder, Duration atMost) {
    requireOnline();
    try {
      if (closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        requireOnline();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(Reason.INTERRUPTED, "interrupted", e, List.of());
    }
  }

  @Override
  public Optional<ServerId> serverId(RemoteFolder folder, String key) {
    return Optional.of(new ServerId.Pop3Uidl(key));
  }

  @Override
  public Optional<RemoteActions> actions() {
    return residence == Residence.SERVER ? Optional.of(actions) : Optional.empty();
  }

  @Override
  public Optional<RemoteSearch> search() {
    return residence == Residence.SERVER ? Optional.of(search) : Optional.empty();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
