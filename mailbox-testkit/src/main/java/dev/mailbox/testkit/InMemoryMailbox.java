// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.ExportFormat;
import dev.mailbox.ExportReport;
import dev.mailbox.FailedAction;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxStatus;
import dev.mailbox.Message;
import dev.mailbox.MessageActions;
import dev.mailbox.MessageId;
import dev.mailbox.VerifyReport;
import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.internal.memory.Device;
import dev.mailbox.testkit.internal.memory.Exporter;
import dev.mailbox.testkit.internal.memory.Verifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A mailbox for unit tests: the whole of {@link Mailbox} without sockets, without files, and
 * without a thread but for those of its watches. It keeps the same contracts as the mailboxes that
 * it stands for, and is made in microseconds. Its {@link #server} delivers mail, acts as another
 * client would, and fails as it is told.
 *
 * <pre>{@code
 * try (var mailbox = InMemoryMailbox.imap()) {
 *   mailbox.server().inbox().deliver(mail("hello").attachment("a.pdf", 3 * MB));
 *   mailbox.server().on(Operation.SYNC).once().fails(Reason.DISCONNECTED);
 *   program.run(mailbox);
 *   assertThat(mailbox.server().inbox().messages()).isEmpty();
 * }
 * }</pre>
 *
 * <p>As with any mailbox, what the server holds is here after a {@code sync()}. Waits end as soon
 * as there is something to see: {@link Folder#await} and {@link #watch} do not poll. What is queued
 * is done at the next sync, flush or action and when the mailbox is {@linkplain #online online}
 * again, on the thread that asks for that; nothing is done behind its back. Thread-safe.
 */
public final class InMemoryMailbox implements Mailbox {
  private static final Path STORE = Path.of("in-memory");
  private static final MailboxConfig IMAP = config("imaps://mail.example.org");
  private static final MailboxConfig POP3 = config("pop3s://mail.example.org");

  private final InMemoryServer server;
  private final Device device;

  InMemoryMailbox(InMemoryServer server, Device device) {
    this.server = server;
    this.device = device;
  }

  private static MailboxConfig config(String url) {
    return MailboxConfig.at(url).login("alice", "secret").keepIn(STORE).build();
  }

  /**
   * A mailbox whose mail lives on its server, as over IMAP with a store on disk: flags, moves and
   * deletions reach the server, and bodies are downloaded when they are first read.
   */
  public static InMemoryMailbox imap() {
    return open(IMAP);
  }

  /**
   * A mailbox whose mail lives here, as over POP3 with a store on disk: a sync downloads all and
   * empties the server; flags and folders are nobody else's business.
   */
  public static InMemoryMailbox pop3() {
    return open(POP3);
  }

  /**
   * A mailbox with a server of its own, which has the account of this configuration. Its scheme
   * says where mail lives; scope, removal, action mode and size limit hold as everywhere. With a
   * store on disk the copy outlives the mailbox for {@link InMemoryServer#open}, under the name of
   * its directory, which is not touched. Certificates and proxies do not matter; of the timeouts,
   * {@code reply} bounds what a rule delays.
   *
   * @throws IllegalArgumentException if the configuration is for no server
   */
  public static InMemoryMailbox open(MailboxConfig config) {
    return InMemoryServer.of(config).open(config);
  }

  /** What is on the other side: the account's mail there, and what goes wrong. */
  public InMemoryServer server() {
    return server;
  }

  /** Cuts this mailbox off: until it is online again, its server cannot be reached. */
  public void offline() {
    device.offline(true);
  }

  /** Ends that. What was queued meanwhile has been done, or refused, when this returns. */
  public void online() {
    device.offline(false);
  }

  /**
   * Damages a message as it is kept here, as a failing disk would: changes the last of its bytes
   * that is no white space, or if only its header is here, of those. Copies that share its content
   * share that.
   *
   * <p>{@link #verify} then names these messages as damaged, and no other problem. Reading and
   * exporting them gives the changed bytes without a complaint; what lists show of them, such as
   * the envelope, is kept apart and stays as it was. The server's are not touched, and nothing
   * repairs what is here: a synchronization does not fetch again what it has. Only a body that is
   * downloaded later takes the place of a damaged header.
   *
   * @throws IllegalArgumentException if there is no such message
   */
  public void damage(MessageId message) {
    device.damage(message);
  }

  @Override
  public MailboxConfig config() {
    return device.config();
  }

  @Override
  public CheckReport check() {
    return device.check();
  }

  @Override
  public SyncReport sync(ProgressListener listener) {
    return device.sync(listener);
  }

  @Override
  public Folder inbox() {
    return device.inbox();
  }

  @Override
  public List<Folder> folders() {
    return device.folders();
  }

  @Override
  public Optional<Folder> folder(FolderPath path) {
    return device.folder(path);
  }

  @Override
  public Optional<Folder> folder(FolderRole role) {
    return device.folder(role);
  }

  @Override
  public Folder createFolder(FolderPath path) {
    return device.createFolder(path);
  }

  @Override
  public Optional<Message> find(MessageId id) {
    return device.find(id);
  }

  @Override
  public MessageActions messages(Collection<MessageId> ids) {
    return device.messages(ids);
  }

  @Override
  public SearchResult search(Search search) {
    return device.search(search);
  }

  @Override
  public List<Change> changes(FeedPosition after, int limit) {
    return device.feed().after(after, limit);
  }

  @Override
  public FeedPosition lastChange() {
    return device.feed().last();
  }

  @Override
  public Watch watch(ChangeListener listener) {
    return device.watch(listener);
  }

  @Override
  public Receiver receiver(String name) {
    return device.receiver(this, name);
  }

  @Override
  public MailboxStatus status() {
    return device.status();
  }

  @Override
  public List<FailedAction> failedActions() {
    return device.feed().failedActions();
  }

  @Override
  public void clearFailedActions() {
    device.feed().clearFailedActions();
  }

  /**
   * What is queued is done on this thread, as far as the time goes; what a rule delays for longer
   * stays in the queue.
   */
  @Override
  public boolean flush(Duration timeout) {
    return device.flush(timeout);
  }

  @Override
  public VerifyReport verify(ProgressListener listener) {
    return new Verifier(device, listener).verify();
  }

  @Override
  public ExportReport export(ExportFormat format, Path target, ProgressListener listener) {
    return new Exporter(device, format, listener).export(target);
  }

  @Override
  public void close() {
    device.close();
  }

  @Override
  public String toString() {
    return "InMemoryMailbox[" + config() + "]";
  }
}
