// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.Search;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.ProgressListener;
import dev.mailbox.sync.SyncReport;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of a mailbox: a view, by name, of what the local copy holds. It stays usable while the
 * folder exists; once it is gone, methods throw {@link RejectedException} with {@link
 * Reason#NOT_FOUND}. Safe for use by several threads.
 */
public interface Folder {
  /** Its path. */
  FolderPath path();

  /** What it is for, if it has a role. */
  Optional<FolderRole> role();

  /** Whether it lives here or on the server. */
  Residence residence();

  /** How many messages it holds. */
  FolderCounts counts();

  /**
   * Brings this folder in step with the server, as {@link Mailbox#sync()} does for all. A folder
   * that lives here alone is in step already.
   *
   * @throws RejectedException if the server does not let this folder be read
   */
  default SyncReport sync() {
    return sync(ProgressListener.NONE);
  }

  /** Does the same, and tells how it goes. */
  SyncReport sync(ProgressListener listener);

  /**
   * The newest messages by arrival, newest first.
   *
   * @throws IllegalArgumentException if the count is below 1
   */
  List<Message> newest(int count);

  /**
   * The messages that come after that one, newest first: the next page. If that one was moved
   * meanwhile, its time of arrival still tells where to go on; if it is gone, the page is empty.
   *
   * @throws IllegalArgumentException if the count is below 1
   */
  List<Message> olderThan(MessageId message, int count);

  /** Messages that match, newest first. */
  default SearchResult search(Query query) {
    return search(Search.of(query));
  }

  /**
   * Messages that match.
   *
   * <p>A store on disk answers as of the last sync; what that left out, and texts in bodies that
   * are not here, are asked of the server. In memory the server is asked for everything. If it
   * cannot be reached, the result holds what is known here and {@link SearchResult#complete} is
   * false.
   */
  SearchResult search(Search search);

  /**
   * Waits for a message that matches: looks here, then on the server, again and again at a pace of
   * its own, from several times a second at first to every few seconds, whatever the poll interval.
   * A server that cannot be reached is tried again until the time is up. What is here already
   * matches too: add {@code receivedAfter} to wait for something new.
   *
   * @param timeout how long to wait in all; the last look may take a second more
   * @return the newest match, or empty when the time is up
   * @throws ConnectionException if the time is up and the last attempt to reach the server failed,
   *     or the thread is interrupted, or the mailbox closed
   * @throws AuthenticationException if the credentials are refused, at once
   */
  Optional<Message> await(Query query, Duration timeout);

  /** Puts a message into the folder, with its bytes as {@code writeTo} gives them. */
  Appended append(MimeMessage message, Flag... flags);

  /**
   * Puts raw bytes into the folder.
   *
   * @param raw the message; read to its end, not closed
   * @param receivedAt when it is to count as having arrived
   * @param flags its flags
   * @throws java.io.UncheckedIOException if the stream cannot be read; nothing is appended
   * @throws IllegalArgumentException if that is not in the years 0 to 9999, which servers can be
   *     told; nothing is appended
   */
  Appended append(InputStream raw, Instant receivedAt, Set<Flag> flags);

  /**
   * Gives it, and the folders below it, another name. Messages keep their ids.
   *
   * @return whether the server has it yet
   * @throws RejectedException if the name is taken ({@link Reason#ALREADY_EXISTS}), the folder is
   *     the inbox ({@link Reason#IMPOSSIBLE}), or the server refuses
   */
  Outcome rename(FolderPath to);

  /**
   * Deletes it with all messages in it, for good, as {@link MessageActions#delete} does; folders
   * below it stay.
   *
   * @return whether the server has it yet
   * @throws RejectedException if the folder is the inbox ({@link Reason#IMPOSSIBLE}), or the server
   *     refuses
   */
  Outcome delete();
}
