// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.connect;

import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.imap.internal.command.Logout;
import dev.mailbox.imap.internal.command.Noop;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Deadline;
import dev.mailbox.wire.WireException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open sessions of an account, at most three; one that a server does not admit is not tried
 * again for a while. Safe for several threads.
 */
final class Pool implements AutoCloseable {
  private static final int MOST = 3;

  /** How long a session that was not used for a while may take to answer, or is given up. */
  private static final Duration PROBE = Duration.ofSeconds(5);

  /** How long a server that admitted no more is believed to. */
  private static final long LIMITED_NANOS = TimeUnit.MINUTES.toNanos(10);

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(15);

  /** Long enough to see what has arrived already. */
  private static final Duration GLANCE = Duration.ofMillis(1);

  private final Entrance entrance;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();
  private final Set<ImapSession> all = new HashSet<>();
  private int opening;
  private int most = MOST;
  private long limitedSince;
  private @Nullable ImapSession listening;
  private boolean closed;

  private record Idle(ImapSession session, long sinceNanos) {}

  /** None is open yet. */
  Pool(Entrance entrance) {
    this.entrance = entrance;
  }

  /**
   * Whether a session is free.
   *
   * @throws MailboxException if the mailbox is closed
   */
  boolean hasFree() {
    lock.lock();
    try {
      requireOpen();
      return !idle.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A session for listening, to be given back; empty if the server admits no more. If it turns out
   * later that others need it, it is closed; see {@link #isWithdrawn}.
   *
   * @throws MailboxException if there is none to be had for another reason
   */
  Optional<ImapSession> listener() throws WireException {
    lock.lock();
    try {
      requireOpen();
      if (listening != null || all.size() + opening >= most() || most() < 2) {
        return Optional.empty();
      }
      opening++;
    } finally {
      lock.unlock();
    }
    ImapSession made = open();
    lock.lock();
    try {
      listening = made;
    } finally {
      lock.unlock();
    }
    return Optional.ofNullable(made);
  }

  /** Whether a session was closed because others need it. */
  boolean isWithdrawn(ImapSession session) {
    lock.lock();
    try {
      return !closed && !all.contains(session);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a session, which is open and has no command under way.
   *
   * @param patience how long to wait for one that others use
   */
  ImapSession take(Duration patience) throws WireException {
    while (true) {
      Idle free = takeIdleOrSlot(patience);
      if (free == null) {
        ImapSession made = open();
        if (made != null) {
          return made;
        }
      } else if (isAlive(free)) {
        return free.session();
      }
    }
  }

  /** A free session, or null and the right to open one. */
  private @Nullable Idle takeIdleOrSlot(Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (true) {
        requireOpen();
        Idle free = idle.pollLast();
        if (free != null) {
          return free;
        }
        if (all.size() + opening < most()) {
          opening++;
          return null;
        }
        if (left <= 0) {
          throw Failures.noSession();
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      throw Failures.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /** Opens a session; null if the server admits no more than there are. */
  private @Nullable ImapSession open() throws WireException {
    ImapSession[] begun = new ImapSession[1];
    boolean made = false;
    try {
      ImapSession session =
          entrance.enter(
              s -> {
                forget(begun[0]);
                begun[0] = s;
                remember(s);
              });
      drain(session);
      session.loggedIn();
      made = true;
      return session;
    } catch (MailboxException e) {
      if (e.reason() == Reason.LIMIT && isLimitedTo(begun[0])) {
        return null;
      }
      throw e;
    } finally {
      opened(made ? null : begun[0]);
    }
  }

  private static void drain(ImapSession session) throws WireException {
    boolean good = false;
    try {
      session.drain();
      good = true;
    } finally {
      if (!good) {
        session.close();
      }
    }
  }

  private void remember(ImapSession session) {
    lock.lock();
    try {
      requireOpen();
      all.add(session);
    } finally {
      lock.unlock();
    }
  }

  private void forget(@Nullable ImapSession session) {
    if (session != null) {
      lock.lock();
      try {
        all.remove(session);
      } finally {
        lock.unlock();
      }
    }
  }

  private void opened(@Nullable ImapSession failed) {
    lock.lock();
    try {
      opening--;
      if (failed != null) {
        all.remove(failed);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many there may be; a limit that was met is tried again after a while. */
  private int most() {
    if (most < MOST && System.nanoTime() - limitedSince > LIMITED_NANOS) {
      most = MOST;
    }
    return most;
  }

  /**
   * Whether others are there, so that one of them will do. The one that listens is none of these:
   * if it is the only one, it has to go, and the place that it had is free.
   */
  private boolean isLimitedTo(@Nullable ImapSession refused) {
    ImapSession withdrawn;
    lock.lock();
    try {
      int others = all.size() - (refused != null && all.contains(refused) ? 1 : 0);
      if (others == 0) {
        return false;
      }
      most = others;
      limitedSince = System.nanoTime();
      withdrawn = others == 1 ? listening : null;
      if (withdrawn != null) {
        all.remove(withdrawn);
        listening = null;
      }
    } finally {
      lock.unlock();
    }
    if (withdrawn != null) {
      withdrawn.close();
    }
    return true;
  }

  private boolean isAlive(Idle free) throws WireException {
    ImapSession session = free.session();
    boolean fresh = System.nanoTime() - free.sinceNanos() < FRESH_NANOS;
    try {
      // What the server has said meanwhile may be its goodbye.
      if (fresh && session.isOpen() && !session.connection().awaitInput(GLANCE)) {
        return true;
      }
      session.connection().deadline(Deadline.after(PROBE));
      if (session.isOpen() && Noop.ask(session).isOk()) {
        session.connection().deadline(Deadline.never());
        return true;
      }
    } catch (WireException | MailboxException e) {
      if (Thread.currentThread().isInterrupted()) {
        drop(session);
        throw Failures.interrupted();
      }
      // It ended while nobody used it; another takes its place.
    }
    drop(session);
    return false;
  }

  private void drop(ImapSession session) {
    session.connection().releaseBuffers();
    session.close();
    forget(session);
  }

  /** Gives a session back, to be kept if it is still good. */
  void give(ImapSession session) {
    boolean good = session.isOpen() && session.isQuiet();
    session.connection().releaseBuffers();
    lock.lock();
    try {
      listening = session.equals(listening) ? null : listening;
      if (good && !closed && all.size() <= most()) {
        idle.addLast(new Idle(session, System.nanoTime()));
      } else {
        all.remove(session);
        session.close();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits that long, or until the end.
   *
   * @throws MailboxException if the mailbox is closed or the thread is interrupted meanwhile
   */
  void rest(Duration atMost) {
    lock.lock();
    try {
      long left =
          atMost.compareTo(Duration.ofDays(365)) > 0
              ? Duration.ofDays(365).toNanos()
              : atMost.toNanos();
      while (left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      requireOpen();
    } catch (InterruptedException e) {
      throw Failures.interrupted();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Looks whether the thread may go on.
   *
   * @throws MailboxException if the mailbox is closed or the thread is interrupted
   */
  void checkOpen() {
    lock.lock();
    try {
      requireOpen();
    } finally {
      lock.unlock();
    }
    if (Thread.currentThread().isInterrupted()) {
      throw Failures.interrupted();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw Failures.closed();
    }
  }

  /** Ends all sessions: those that are free with a goodbye, the others at once. */
  @Override
  public void close() {
    List<Idle> free;
    List<ImapSession> busy;
    lock.lock();
    try {
      closed = true;
      free = List.copyOf(idle);
      idle.clear();
      free.forEach(i -> all.remove(i.session()));
      busy = List.copyOf(all);
      all.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    busy.forEach(ImapSession::close);
    free.forEach(i -> leave(i.session()));
  }

  private static void leave(ImapSession session) {
    session.connection().deadline(Deadline.after(Duration.ofSeconds(1)));
    Logout.leave(session);
    session.connection().releaseBuffers();
  }
}
