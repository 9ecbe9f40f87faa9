// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The deletions of one session. What comes in here is durable, or was deleted on request and is
 * known to be what the server has; it goes by DELE, and is gone once QUIT is answered with yes.
 */
final class Removals {
  /** After so many deletions a session is ended, which makes them so, and another is begun. */
  private static final int MOST = 50_000;

  /**
   * A message to be deleted.
   *
   * @param requested whether it was deleted here, so that it stays to be deleted until it is
   */
  @SuppressWarnings("ArrayRecordComponent") // messages are told apart by their index
  record Removed(int index, byte[] headerHash, boolean requested) {}

  private final Listing listing;
  private final SyncReport.Builder report;
  private final Replica replica;
  private final ArrayDeque<Removed> due = new ArrayDeque<>();
  private final Set<Removed> sent = new LinkedHashSet<>();
  private int refused;
  private boolean stopped;

  Removals(Listing listing, SyncReport.Builder report, Replica replica) {
    this.listing = listing;
    this.report = report;
    this.replica = replica;
  }

  /** A message may go now. */
  void due(Removed removed) {
    due.add(removed);
  }

  /** Whether enough has been deleted for one session, so that whoever asks stops. */
  boolean mustStop() {
    stopped |= sent.size() + due.size() >= MOST;
    return stopped;
  }

  /** Whether somebody was told to stop, so that messages were not looked at. */
  boolean hasStopped() {
    return stopped;
  }

  /** How many deletions the server was asked for. */
  int count() {
    return sent.size();
  }

  /** Sends what may go. */
  void submitTo(Pipeline pipeline) throws WireException {
    for (Removed next = due.poll(); next != null; next = due.poll()) {
      Removed removed = next;
      sent.add(removed);
      pipeline.submit(
          new Dele(listing.number(removed.index()), status -> answered(removed, status)));
    }
  }

  private void answered(Removed removed, Status status) {
    if (!status.isOk()) {
      sent.remove(removed);
      refused++;
      report.problem(
          new SyncProblem(
              listing.shown(removed.index()),
              Failures.reason(status, Reason.REFUSED_BY_SERVER),
              "the server refused to delete the message: "
                  + status.shown()
                  + "; it is tried again at the next sync"));
    }
  }

  /**
   * Ends the session with QUIT, and notes what became of the deletions. A QUIT without an answer is
   * no failure of the sync, since everything is durable: it is told in the report.
   *
   * @return whether all of them were confirmed
   * @throws CancelledException if the sync was ended meanwhile
   */
  boolean quit(Pop3Session session, ReplicaBatch batch) throws WireException {
    report.kept(refused);
    if (sent.isEmpty()) {
      Quit.leave(session);
      return true;
    }
    try {
      Status status = Quit.ask(session);
      if (status.isOk()) {
        confirmed(batch);
        return true;
      }
      unconfirmed(batch, "the server answered QUIT with an error: " + status.shown());
    } catch (CancelledException e) {
      lost(batch);
      throw e;
    } catch (WireException e) {
      unconfirmed(batch, "QUIT was not answered: " + e.getMessage());
    }
    return false;
  }

  /** Ends the session without QUIT, so that the server makes nothing of it. */
  void leaveUndone(Pop3Session session, ReplicaBatch batch, String why) {
    session.close();
    report.kept(refused);
    unconfirmed(batch, why);
  }

  private void confirmed(ReplicaBatch batch) {
    sent.forEach(removed -> note(batch, removed, EntryState.REMOVED));
    report.deleted(sent.size());
  }

  private void unconfirmed(ReplicaBatch batch, String why) {
    lost(batch);
    report.unconfirmed(sent.size());
    report.note(why + "; whether the deletions were done shows at the next sync");
  }

  /** The session ended before QUIT was answered: nobody knows what was deleted. */
  void lost(ReplicaBatch batch) {
    if (sent.isEmpty()) {
      return;
    }
    Set<String> requested = requested();
    for (Removed removed : sent) {
      if (!requested.contains(listing.key(removed.index()))) {
        note(batch, removed, EntryState.UNCONFIRMED);
      }
    }
  }

  /** What was deleted here, some of it perhaps only since the session began. */
  private Set<String> requested() {
    Set<String> keys = new HashSet<>();
    replica.entries(
        FolderPath.INBOX,
        entry -> {
          if (entry.state() == EntryState.REMOVE) {
            keys.add(entry.key());
          }
        });
    return keys;
  }

  private void note(ReplicaBatch batch, Removed removed, EntryState state) {
    int index = removed.index();
    batch.state(
        new RemoteEntry(
            listing.key(index), listing.size(index), state, removed.headerHash(), Instant.now()));
  }
}
