// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.connect;

import dev.mailbox.MailboxConfig;
import dev.mailbox.MailboxException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Deadline;
import dev.mailbox.wire.PeerClosedException;
import dev.mailbox.wire.WireException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections of an account: at most three, for the synchronization, for what a user asks for,
 * and for listening; each is made when it is needed and kept. A server that admits fewer gets
 * fewer: what a user asks for is then done in the session of the synchronization, between two of
 * its commands, and so it is as long as no other connection is there. Safe for several threads.
 */
public final class Sessions implements AutoCloseable {
  /** How long the synchronization may keep a guest waiting. */
  private static final Duration COURTESY = Duration.ofSeconds(5);

  private final Pool pool;

  /** How long to wait for a session that others use. */
  private final Duration patience;

  private volatile @Nullable Guests guests;

  /** The connections for a configuration; none is made yet. */
  public Sessions(MailboxConfig config) {
    this.pool = new Pool(new Entrance(config));
    this.patience = config.timeouts().reply();
  }

  /** The synchronization, as far as its session's other users are concerned. */
  public interface Host {
    /** Whether somebody wants the session for a moment. */
    boolean isAsked();

    /** Gives it to them, and without a deadline back; no command may be under way. */
    void giveWay() throws WireException;
  }

  /** What a synchronization does. */
  @FunctionalInterface
  public interface Work {
    /** Does it. */
    void to(ImapSession session, Host host) throws WireException;
  }

  /**
   * Does something short: in a session that is free, else in that of the synchronization, else, or
   * if that one is not to be had soon, in a new one.
   *
   * @throws MailboxException if it fails, or no session is free for as long as a reply may take
   */
  public <T> T visit(Visit<T> visit) {
    Guests host = host();
    if (host != null) {
      Duration courtesy = COURTESY.compareTo(patience) < 0 ? COURTESY : patience;
      Optional<T> result = host.visit(visit, courtesy);
      if (result.isPresent()) {
        return result.get();
      }
    }
    return alone(visit);
  }

  /** The guests of the synchronization, if that is where to go. */
  private @Nullable Guests host() {
    return pool.hasFree() || isHosting() ? null : guests;
  }

  /** Whether this is the thread of the synchronization, such as in its listener. */
  private boolean isHosting() {
    Guests present = guests;
    return present != null && present.areMine();
  }

  private <T> T alone(Visit<T> visit) {
    return take(
        session -> {
          session.connection().deadline(Deadline.never());
          return visit.to(session);
        });
  }

  /**
   * Does something in a session. One that turns out to have been ended by the server while nobody
   * used it is replaced: what nothing was answered to is done again.
   */
  private <T> T take(Visit<T> visit) {
    boolean again = true;
    while (true) {
      try {
        ImapSession session = pool.take(isHosting() ? Duration.ZERO : patience);
        long before = session.answered();
        boolean used = session.isUsed();
        try {
          session.use();
          return visit.to(session);
        } catch (PeerClosedException | ConnectionException e) {
          again &= used && session.answered() == before && !session.isOpen();
          pool.checkOpen();
          if (!again) {
            throw e;
          }
          again = false;
        } finally {
          pool.give(session);
        }
      } catch (WireException e) {
        throw Failures.of(e);
      }
    }
  }

  /**
   * Does something long, which gives way to others.
   *
   * @throws MailboxException if it fails, or no session is free for as long as a reply may take
   */
  public void host(Work work) {
    take(
        session -> {
          Guests mine = new Guests();
          try {
            guests = mine;
            work.to(session, new Hosting(session, mine));
            return mine;
          } finally {
            guests = null;
            mine.end();
            session.connection().deadline(Deadline.never());
          }
        });
  }

  private record Hosting(ImapSession session, Guests guests) implements Host {
    @Override
    public boolean isAsked() {
      return guests.isSomebodyWaiting();
    }

    @Override
    public void giveWay() throws WireException {
      // A guest has deadlines of its own.
      session.connection().deadline(Deadline.never());
      guests.serve(session);
    }
  }

  /**
   * A session for listening, to be given back; empty if the server admits no more. If it turns out
   * later that others need it, it is closed; see {@link #isWithdrawn}.
   *
   * @throws MailboxException if there is none to be had for another reason
   */
  public Optional<ImapSession> listener() throws WireException {
    return pool.listener();
  }

  /** Whether a session was closed because others need it. */
  public boolean isWithdrawn(ImapSession session) {
    return pool.isWithdrawn(session);
  }

  /** Gives a session back, to be kept if it is still good. */
  public void give(ImapSession session) {
    pool.give(session);
  }

  /**
   * Waits that long, or until the end.
   *
   * @throws MailboxException if the mailbox is closed or the thread is interrupted meanwhile
   */
  public void rest(Duration atMost) {
    pool.rest(atMost);
  }

  /**
   * Looks whether the thread may go on.
   *
   * @throws MailboxException if the mailbox is closed or the thread is interrupted
   */
  public void checkOpen() {
    pool.checkOpen();
  }

  /** Ends all sessions: those that are free with a goodbye, the others at once. */
  @Override
  public void close() {
    pool.close();
  }
}
