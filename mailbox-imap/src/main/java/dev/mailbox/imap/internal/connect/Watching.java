// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.connect;

import dev.mailbox.MailboxException;
import dev.mailbox.imap.internal.command.Idle;
import dev.mailbox.imap.internal.command.Select;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waits for news of a folder in a session of its own, by IDLE, well below the half hour after which
 * servers lose patience (RFC 2177). Where there is no IDLE, or no session for it, waiting is all
 * that is done, and the next synchronization looks. Safe for several threads, of which one listens.
 */
public final class Watching {
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(9);

  private final Sessions sessions;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable ImapSession session;
  private long news;

  /** Listens by way of these connections. */
  public Watching(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Waits until the server tells of something, or the time is up.
   *
   * @param folder the name of the folder
   * @throws dev.mailbox.MailboxException if the server cannot be reached, or the end has come
   */
  public void await(Visit<String> folder, Duration atMost) {
    if (!turn.tryLock()) {
      sessions.rest(atMost);
      return;
    }
    try {
      listen(folder, atMost);
    } catch (WireException e) {
      throw Failures.of(e);
    } finally {
      turn.unlock();
    }
  }

  private void listen(Visit<String> folder, Duration atMost) throws WireException {
    long end = System.nanoTime() + nanos(atMost);
    Optional<ImapSession> listening = session(folder);
    if (listening.isEmpty()) {
      sessions.rest(atMost);
      return;
    }
    ImapSession open = listening.get();
    boolean good = false;
    try {
      boolean told = open.news() != news;
      long left = end - System.nanoTime();
      while (!told && left > 0) {
        long until = System.nanoTime() + Math.min(left, LONGEST_IDLE.toNanos());
        told = Idle.await(open, Duration.ofNanos(until - System.nanoTime()));
        if (!told) {
          // Of a server that did not wait so long the time is not filled with questions.
          sessions.rest(Duration.ofNanos(until - System.nanoTime()));
        }
        left = end - System.nanoTime();
      }
      news = open.news();
      good = true;
    } catch (WireException | MailboxException e) {
      if (!sessions.isWithdrawn(open)) {
        throw e;
      }
      sessions.rest(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    } finally {
      if (!good) {
        session = null;
        sessions.give(open);
      }
    }
  }

  private static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofDays(365)) > 0
        ? TimeUnit.DAYS.toNanos(365)
        : duration.toNanos();
  }

  /** The session in the folder; empty if there is none to be had that can listen. */
  private Optional<ImapSession> session(Visit<String> folder) throws WireException {
    ImapSession known = session;
    if (known != null && !known.isOpen()) {
      sessions.give(known);
      known = null;
      session = null;
    }
    Optional<ImapSession> open = known == null ? sessions.listener() : Optional.of(known);
    if (open.isEmpty()) {
      return open;
    }
    session = open.get();
    if (!open.get().capabilities().idle() || !enter(open.get(), folder.to(open.get()))) {
      session = null;
      sessions.give(open.get());
      return Optional.empty();
    }
    return open;
  }

  private boolean enter(ImapSession open, String name) throws WireException {
    if (open.selected().filter(f -> f.name().equals(name)).isPresent()) {
      return true;
    }
    boolean entered = Select.examine(open, name).isOk();
    // What came between the last look and this one is told nowhere: that is news enough.
    news = -1;
    return entered;
  }
}
