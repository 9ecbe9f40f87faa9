// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import dev.mailbox.change.Change;
import dev.mailbox.change.ChangeListener;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.change.Watch;
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.delivery.Receiver;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.spi.MailboxProvider;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * One account's mail: a local copy that can be read at any time, and the means to keep it in step
 * with its server.
 *
 * <pre>{@code
 * try (Mailbox mailbox = Mailbox.open(config)) {
 *   mailbox.inbox().sync();
 *   for (Message message : mailbox.inbox().search(unread().and(from("billing@")))) {
 *     message.content().attachments().forEach(attachment -> attachment.saveTo(invoices));
 *     message.mark(Flag.SEEN);
 *   }
 * }
 * }</pre>
 *
 * <p>What is here is read without the network. It is used by {@link #sync()}, {@link #check},
 * {@link Folder#await}, {@link #flush}, {@link #watch}, the first reading of a body that is not
 * here, a search, unless it is {@link Search#localOnly}, and, where mail lives on a server, by
 * actions, unless they are {@link ActionMode#QUEUE_FIRST}: programs that must never wait say that.
 * Each wait ends by {@link dev.mailbox.connect.Timeouts}, by {@link #close} from another thread, or
 * by interrupt. All methods block their caller, are safe for use by several threads and suit
 * virtual threads.
 *
 * <p>Failures are {@link MailboxException}s. Using a mailbox that is closed is an {@link
 * IllegalStateException}.
 */
public interface Mailbox extends AutoCloseable {
  /**
   * Opens the mailbox: the store is opened, made or migrated, and locked. The network is not
   * touched; {@link #check} does that.
   *
   * @throws StoreException if the store cannot be opened: locked ({@link Reason#STORE_LOCKED}),
   *     unreadable, damaged, written by a newer version
   * @throws IllegalStateException if no provider for the URL's scheme is on the path
   */
  static Mailbox open(MailboxConfig config) {
    return MailboxProvider.forScheme(config.scheme()).open(config);
  }

  /** The configuration it was opened with. */
  MailboxConfig config();

  /**
   * Logs in to the server and leaves: nothing is downloaded or changed.
   *
   * @return what was found
   * @throws AuthenticationException if the credentials are refused
   * @throws ConnectionException if the server cannot be reached
   */
  CheckReport check();

  /** Brings the local copy in step with the server, within the configured scope. */
  default SyncReport sync() {
    return sync(ProgressListener.NONE);
  }

  /**
   * Brings the local copy in step with the server, and tells how it goes.
   *
   * <p>One sync runs at a time; a second call while one runs waits for that one and returns its
   * report, and its listener is not called. When it fails, what was durable until then stays, and
   * nothing is lost or fetched twice by the next.
   *
   * <p>What the server refuses for one message or one folder is in the {@linkplain
   * SyncReport#problems() report}; the others are brought in step.
   *
   * @throws AuthenticationException if the credentials are refused
   * @throws ConnectionException if the server cannot be reached or the connection breaks
   * @throws StoreException if the copy cannot be written; nothing is deleted on the server that is
   *     not durable here
   */
  SyncReport sync(ProgressListener listener);

  /** The folder where new mail arrives. */
  Folder inbox();

  /**
   * All folders, the inbox first, then by path. Those of a server are known as of the last sync, of
   * whatever folder.
   */
  List<Folder> folders();

  /** The folder with that path, if it exists, as of the last sync. */
  Optional<Folder> folder(FolderPath path);

  /** The folder with that role, if there is one, as of the last sync. */
  Optional<Folder> folder(FolderRole role);

  /**
   * Makes a folder, and the folders above it that are missing. If it exists already, it is returned
   * as it is. Offline it is there at once, and made on the server later; {@link #status} tells that
   * something is queued.
   *
   * @throws RejectedException if the server refuses
   */
  Folder createFolder(FolderPath path);

  /** The message with that id as it is now, if it is still here. */
  Optional<Message> find(MessageId id);

  /** The means to act on several messages at once. */
  MessageActions messages(Collection<MessageId> ids);

  /** Messages of all folders that match, newest first. */
  default SearchResult search(Query query) {
    return search(Search.of(query));
  }

  /** Messages of all folders that match; see {@link Folder#search(Search)}. */
  SearchResult search(Search search);

  /**
   * The changes after a position, oldest first. Reading it takes nothing away: an application keeps
   * the last position, best in the same transaction as what it made of the changes, and so handles
   * each exactly once, also when it crashes.
   *
   * @param after {@link FeedPosition#START}, or the position of the last change that was handled
   * @param limit the most changes wanted
   * @return the changes; empty if there are none yet. At least the last 500,000 are kept; if the
   *     feed was pruned past that position, the first is a {@link Change.Gap}
   */
  List<Change> changes(FeedPosition after, int limit);

  /** The position of the newest change. */
  FeedPosition lastChange();

  /**
   * Keeps the copy in step from now on, and tells of each change, also of those made by this
   * program. A server that can tell by itself (IMAP IDLE) does so for the inbox; all else is looked
   * at each {@link MailboxConfig#pollInterval}. Without a server it tells of this program's
   * changes. The work is done on daemon threads of the mailbox. After a failure it tries again with
   * growing pauses; rejected credentials end it, unless the server said that it is a passing
   * refusal. A listener given as a lambda hears of changes only: implement {@link
   * ChangeListener#failed} to hear of failures, and of an end by one.
   */
  Watch watch(ChangeListener listener);

  /**
   * Opens the receiver of that name, which from its first opening on has each message of the inbox
   * to hand over, those that are here already included. The network is not touched.
   *
   * @param name 1 to 100 letters, digits, {@code .}, {@code _} or {@code -}
   * @throws IllegalArgumentException if the name is not so
   * @throws IllegalStateException if the receiver is open already
   * @throws StoreException if its name cannot be noted
   */
  Receiver receiver(String name);

  /** How the mailbox is doing. Does not use the network. */
  MailboxStatus status();

  /** Queued actions that the server refused, oldest first. */
  List<FailedAction> failedActions();

  /** Forgets the failed actions up to now. */
  void clearFailedActions();

  /**
   * Waits until all queued actions are done on the server, or refused. What was deleted from a POP3
   * server's mail is not in this queue: the next sync tells the server.
   *
   * <p>{@link #close} does not wait for them: what is queued in a store on disk stays there.
   *
   * @return whether the queue is empty; false when the time is up, or if there is no server
   * @throws ConnectionException if the server cannot be reached, or puts an action off; what does
   *     not depend on that is done all the same
   * @throws AuthenticationException if the credentials are refused
   */
  boolean flush(Duration timeout);

  /**
   * Reads every stored byte back and compares checksums. Damage is reported, never repaired by
   * throwing away.
   */
  VerifyReport verify(ProgressListener listener);

  /** Does the same without telling how it goes. */
  default VerifyReport verify() {
    return verify(ProgressListener.NONE);
  }

  /**
   * Writes out all messages whose bodies are here. Existing files are never overwritten: the target
   * must be missing or an empty directory.
   *
   * @throws StoreException if it cannot be written, in which case what was written until then is
   *     left; with {@link Reason#ALREADY_EXISTS} if the target is not empty
   */
  ExportReport export(ExportFormat format, Path target, ProgressListener listener);

  /** Does the same without telling how it goes. */
  default ExportReport export(ExportFormat format, Path target) {
    return export(format, target, ProgressListener.NONE);
  }

  /**
   * Ends what is running, closes connections, and unlocks the store. A sync that is cut short
   * leaves what was durable; deletions that the server has not confirmed are settled by the next
   * sync. Closing twice does nothing.
   *
   * @throws IllegalStateException if it is called by the handler of one of its receivers
   */
  @Override
  void close();
}
