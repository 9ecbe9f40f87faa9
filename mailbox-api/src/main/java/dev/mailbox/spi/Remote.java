// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.spi;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.connect.CheckReport;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * The server side of a mailbox: knows how to do what the local copy decides to do.
 *
 * <p>Methods block, are called by several threads, and throw {@link dev.mailbox.MailboxException}s.
 * The implementation keeps sessions apart and decides which calls wait for each other. {@link
 * #close} wakes every call that waits.
 */
public interface Remote extends AutoCloseable {
  /** Where the inbox lives. */
  Residence residence();

  /** Which bodies are downloaded ahead when nothing was chosen and the store is on disk. */
  BodyPolicy defaultBodies();

  /** What the server loses when nothing was chosen and the store is on disk. */
  Removal defaultRemoval();

  /** Logs in and leaves. */
  CheckReport check();

  /** Brings the replica in step. What it does is counted in the task's report. */
  void sync(SyncTask task, Replica replica);

  /**
   * Downloads bodies into the replica, where they are durable when this returns.
   *
   * @return the keys that the server no longer has
   */
  Set<String> fetch(RemoteFolder folder, Collection<String> keys, Replica replica);

  /**
   * For how long the server, having refused a login that came too soon, wants to be left alone. Who
   * tries again unasked waits that long at least.
   */
  default Duration leaveAloneFor() {
    return Duration.ZERO;
  }

  /** Waits until something may have changed in that folder on the server, or the time is up. */
  void awaitNews(FolderPath folder, Duration atMost);

  /** How the server names the message with that key, for applications. */
  Optional<ServerId> serverId(RemoteFolder folder, String key);

  /** The means to do actions on the server; empty if actions concern the local copy alone. */
  Optional<RemoteActions> actions();

  /** The means to search on the server; empty if it cannot search. */
  Optional<RemoteSearch> search();

  /** Closes all sessions. Closing twice does nothing. */
  @Override
  void close();
}
