// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

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
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.spi.Receivers;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.fault.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** What one mailbox works with, from its opening to its end. Thread-safe. */
public final class Device {
  private final MailboxConfig config;
  private final Server server;
  private final Copy copy;
  private final Link link;
  private final Policy policy;
  private final Queue queue;
  private final Changes changes;
  private final Reader reader;
  private final Searching searching;
  private final Syncs syncs;
  private final Watches watches;
  private final Receivers receivers;

  private Device(MailboxConfig config, Server server, Copy copy) {
    this.config = config;
    this.server = server;
    this.copy = copy;
    this.link = new Link(server, config);
    this.policy = new Policy(config, copy, server.clock());
    this.syncs = new Syncs(this);
    this.queue = new Queue(server, copy, link, new Queue.Asking(config.actions(), syncs::isMine));
    this.changes = new Changes(server, copy, link, queue);
    this.reader = new Reader(server, copy, link, changes);
    this.searching = new Searching(this);
    this.watches = new Watches(this);
    this.receivers =
        new Receivers(new InboxSync(), server.clock(), name -> new MemoryDeliveries(this, name));
  }

  /** Opens the copy that a configuration names. */
  public static Device open(MailboxConfig config, Server server) {
    return new Device(config, server, server.shelf().open(config));
  }

  public MailboxConfig config() {
    return config;
  }

  /** The time, by the server's clock. */
  Instant now() {
    return server.clock().instant();
  }

  Server server() {
    return server;
  }

  Copy copy() {
    return copy;
  }

  Link link() {
    return link;
  }

  Policy policy() {
    return policy;
  }

  Queue queue() {
    return queue;
  }

  Changes changes() {
    return changes;
  }

  Reader reader() {
    return reader;
  }

  Searching searching() {
    return searching;
  }

  Syncs syncs() {
    return syncs;
  }

  /** Looks at the copy. */
  <T> T read(Supplier<T> work) {
    link.requireOpen();
    return server.read(work);
  }

  /** Cuts the way to the server, or opens it again, and brings there what waits. */
  public void offline(boolean isOffline) {
    link.offline(isOffline);
    boolean unused =
        server.change(
            () -> {
              server.changed();
              return true;
            });
    if (!isOffline && link.isThere() && !link.isClosed()) {
      queue.drain(Span.UNBOUNDED, true).ifPresent(link::failed);
    }
  }

  /** A login and nothing more. */
  public CheckReport check() {
    link.requireServer();
    link.session().ask(Operation.CHECK, List.of());
    boolean post = copy.residence() == Residence.LOCAL;
    return new CheckReport(
        post ? "POP3" : "IMAP",
        "in memory",
        "none",
        "PLAIN",
        List.of(),
        OptionalLong.of(server.read(server::inboxSize)));
  }

  public SyncReport sync(ProgressListener listener) {
    return syncs.sync(Set.of(), listener);
  }

  public SearchResult search(Search search) {
    return searching.search(null, search);
  }

  public Folder inbox() {
    return new MemoryFolder(this, FolderPath.INBOX);
  }

  public List<Folder> folders() {
    return read(copy::folders).stream()
        .map(CopiedFolder::path)
        .sorted(Paths.ORDER)
        .map(path -> (Folder) new MemoryFolder(this, path))
        .toList();
  }

  public Optional<Folder> folder(FolderPath path) {
    return read(() -> copy.folder(path)).map(f -> new MemoryFolder(this, path));
  }

  public Optional<Folder> folder(FolderRole role) {
    return read(() -> copy.folder(role).map(CopiedFolder::path))
        .map(path -> new MemoryFolder(this, path));
  }

  public Folder createFolder(FolderPath path) {
    changes.create(path);
    return new MemoryFolder(this, path);
  }

  public Optional<Message> find(MessageId id) {
    return reader.find(List.of(id)).stream().findFirst();
  }

  public MessageActions messages(Collection<MessageId> ids) {
    return MemoryActions.of(changes, List.copyOf(ids));
  }

  public Feeding feed() {
    link.requireOpen();
    return new Feeding(this);
  }

  /** Opens a receiver of the mailbox that works with this. */
  public Receiver receiver(Mailbox mailbox, String name) {
    link.requireOpen();
    return receivers.open(mailbox, name);
  }

  private final class InboxSync implements Receivers.Syncing {
    @Override
    public void sync() {
      if (link.isThere()) {
        SyncReport unused = syncs.sync(Set.of(FolderPath.INBOX), ProgressListener.NONE);
      }
    }

    @Override
    public boolean isMine() {
      return syncs.isMine();
    }
  }

  public Watch watch(ChangeListener listener) {
    return watches.start(listener);
  }

  public MailboxStatus status() {
    Optional<MailboxException> problem = link.lastProblem();
    return read(
        () ->
            new MailboxStatus(
                copy.lastSync(),
                problem,
                copy.queue().size(),
                copy.failed().size(),
                (int) copy.listed().filter(this::isPendingRemoval).count(),
                0));
  }

  private boolean isPendingRemoval(Placement placement) {
    return placement.isUnconfirmed()
        || (placement.isDeleted() && copy.residence() == Residence.LOCAL);
  }

  /** Does what waits in the queue, as far as the time goes. */
  public boolean flush(Duration timeout) {
    link.requireOpen();
    if (link.isThere()) {
      queue
          .drain(timeout, true)
          .ifPresent(
              problem -> {
                throw problem;
              });
    }
    return queue.isEmpty();
  }

  /** Changes a byte of what is kept of a message. */
  public void damage(MessageId id) {
    boolean unused =
        server.change(
            () -> {
              copy.find(id)
                  .orElseThrow(() -> new IllegalArgumentException("no message " + id))
                  .body()
                  .damage();
              return true;
            });
  }

  /** Ends what runs, and gives the copy back. */
  public void close() {
    receivers.stop();
    boolean first = server.change(this::beginToClose);
    if (first) {
      receivers.close();
      watches.close();
      boolean unused =
          server.change(
              () -> {
                syncs.awaitNone();
                server.shelf().giveBack(config);
                return true;
              });
    }
  }

  private boolean beginToClose() {
    boolean first = !link.isClosed();
    link.close();
    return first;
  }
}
