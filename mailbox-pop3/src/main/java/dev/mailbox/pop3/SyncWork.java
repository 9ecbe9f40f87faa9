// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.Reason;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What the steps of one session share. For one thread. */
final class SyncWork {
  private final SyncTask task;
  private final Listing listing;
  private final Plan plan;
  private final Tools tools;
  private final Host host;
  private final int total;
  private int done;
  private long bytes;

  /** The means of a session. */
  record Tools(
      Pipeline pipeline, ReplicaBatch batch, Commits commits, Removals removals, Policy policy) {}

  /** The session, and who else may use it. */
  record Host(Pop3Session session, Guests guests) {
    /** Of a session that is nobody else's. */
    static Host of(Pop3Session session) {
      Guests none = new Guests();
      none.end();
      return new Host(session, none);
    }
  }

  SyncWork(SyncTask task, Listing listing, Plan plan, Tools tools, Host host) {
    this.host = host;
    this.task = task;
    this.listing = listing;
    this.plan = plan;
    this.tools = tools;
    this.total = plan.copies();
  }

  Listing listing() {
    return listing;
  }

  Plan plan() {
    return plan;
  }

  Pipeline pipeline() {
    return tools.pipeline();
  }

  ReplicaBatch batch() {
    return tools.batch();
  }

  Commits commits() {
    return tools.commits();
  }

  Removals removals() {
    return tools.removals();
  }

  Policy policy() {
    return tools.policy();
  }

  SyncReport.Builder report() {
    return task.report();
  }

  /** Before each command: ends the sync if it is to end, and lets deletions go ahead. */
  void step() throws WireException {
    task.checkCancelled();
    commits().step();
    removals().submitTo(pipeline());
  }

  /** Whether somebody wants the session for a moment. */
  boolean isAsked() {
    return host.guests().isSomebodyWaiting();
  }

  /** Lends the session to who wants it; only when no command is under way. */
  void giveWay() throws WireException {
    host.guests().serve(host.session(), this);
  }

  /** A message is done with. */
  void progress(long moreBytes) {
    bytes += moreBytes;
    done++;
    task.progress(new Progress(Progress.Phase.DOWNLOADING, done, Math.max(done, total), bytes));
  }

  /** A message, as it is put into the replica. */
  RemoteMessage message(int index, boolean headerOnly) {
    return new RemoteMessage(
        listing.key(index), listing.size(index), headerOnly, Set.of(), Optional.empty());
  }

  /** Leaves a message on the server, and notes that it was seen. */
  void leave(int index, byte[] headerHash) {
    note(index, EntryState.LEFT, headerHash);
    report().outOfScope(1);
  }

  /** Notes that a message is here, and stays on the server though it was to go before. */
  void keep(int index, byte[] headerHash) {
    note(index, EntryState.DURABLE, headerHash);
    report().kept(1);
  }

  private void note(int index, EntryState state, byte[] headerHash) {
    String key = listing.key(index);
    batch().state(new RemoteEntry(key, listing.size(index), state, headerHash, Instant.now()));
    commits().changed();
  }

  /** Reports a message that could not be copied; it stays on the server. */
  void problem(int index, Reason reason, String what) {
    report()
        .problem(new SyncProblem(listing.shown(index), reason, what + "; it stays on the server"));
  }
}
