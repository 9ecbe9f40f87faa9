// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.Progress;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One session of a synchronization: list, check what is to be removed, download, delete what is
 * durable, QUIT. Whatever goes wrong on the way, what has come whole is committed, and the session
 * is closed without QUIT, so that the server forgets the deletions it was asked for.
 */
final class SyncEngine {
  private final Pop3Session session;
  private final SyncTask task;
  private final Replica replica;
  private final Policy policy;
  private final Anchor anchor;

  SyncEngine(Pop3Session session, SyncTask task, Replica replica, long mostBytes) {
    this.session = session;
    this.task = task;
    this.replica = replica;
    this.policy = new Policy(task, Instant.now(), mostBytes);
    this.anchor = Anchor.parse(replica.folder(FolderPath.INBOX).anchor());
  }

  /** Runs it; true if there is more to do, in another session. */
  boolean run() throws WireException {
    task.progress(new Progress(Progress.Phase.LISTING, 0, 0, 0));
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      return new Session(batch).run();
    }
  }

  private final class Session {
    private final ReplicaBatch batch;
    private final Pipeline pipeline;
    private @Nullable Removals removals;
    private @Nullable Commits commits;
    private @Nullable BodyDownload bodies;
    private @Nullable Planner planner;

    Session(ReplicaBatch batch) {
      this.batch = batch;
      boolean inTurn = anchor.oneByOne() || !session.capabilities().offers("PIPELINING");
      this.pipeline = new Pipeline(session, inTurn);
    }

    boolean run() throws WireException {
      try {
        return perform();
      } catch (WireException e) {
        session.close();
        salvage(e);
        throw e;
      } catch (RuntimeException e) {
        session.close();
        handOver(e);
        throw e;
      }
    }

    private boolean perform() throws WireException {
      Listing listing = new ListingReader(session, pipeline).read();
      listing.notes().forEach(task.report()::note);
      Removals deletions = new Removals(listing, task.report());
      Commits toCommit = new Commits(batch, task.report(), deletions);
      removals = deletions;
      commits = toCommit;
      TopProbe tops = new TopProbe(session, pipeline, batch);
      Plan plan = plan(listing, tops);
      SyncWork.Tools tools = new SyncWork.Tools(pipeline, batch, toCommit, deletions, policy);
      SyncWork work = new SyncWork(task, listing, plan, tools);
      new RemovalCheck(work, tops).run();
      new HeaderDownload(work, tops).run();
      BodyDownload download = new BodyDownload(work, anchor.stumbled());
      bodies = download;
      download.run();
      return finish(work);
    }

    private Plan plan(Listing listing, TopProbe tops) throws WireException {
      Planner decisions = new Planner(listing, policy, anchor, task.report());
      planner = decisions;
      KeyResolver resolver = new KeyResolver(pipeline, batch, tops, task::checkCancelled);
      new Recognition(replica, FolderPath.INBOX).visit(listing, resolver, decisions);
      Plan plan = decisions.finish(batch);
      note(new Anchor(boundsUnderWay(), anchor.oneByOne(), anchor.stumbled()));
      if (decisions.hasChanges()) {
        changed();
      }
      return plan;
    }

    private boolean finish(SyncWork work) throws WireException {
      Removals deletions = work.removals();
      String bounds = deletions.hasStopped() ? boundsUnderWay() : policy.bounds();
      note(new Anchor(bounds, anchor.oneByOne(), ""));
      work.commits().finish();
      work.step();
      pipeline.drain();
      session.requireSilence();
      removing(deletions, 0);
      boolean confirmed = deletions.quit(session, batch);
      session.close();
      changed();
      work.commits().finish();
      removing(deletions, deletions.count());
      boolean more = confirmed && deletions.hasStopped();
      if (deletions.hasStopped() && !confirmed) {
        task.report().note("not all messages were looked at: the rest follows at the next sync");
      }
      if (planner != null && !more) {
        planner.count();
      }
      return more;
    }

    /**
     * Those of a session that has not looked at everything: while they change, what is left out is
     * left out by neither the old ones nor the new.
     */
    private String boundsUnderWay() {
      return anchor.bounds().equals(policy.bounds()) ? anchor.bounds() : "";
    }

    private void removing(Removals deletions, int done) {
      int count = deletions.count();
      if (count > 0) {
        task.progress(new Progress(Progress.Phase.REMOVING, done, count, 0));
      }
    }

    private void note(Anchor latest) {
      if (!latest.equals(anchor)) {
        batch.anchor(latest.text());
        changed();
      }
    }

    private void changed() {
      if (commits != null) {
        commits.changed();
      }
    }

    /** Keeps what has come whole, and what was learned. */
    private void salvage(WireException e) {
      if (removals != null) {
        removals.lost(batch);
      }
      boolean inTurn =
          anchor.oneByOne() || (e instanceof GarbledReplyException && pipeline.isAhead());
      String stumbled = bodies == null ? "" : bodies.current();
      note(new Anchor(planner == null ? anchor.bounds() : boundsUnderWay(), inTurn, stumbled));
      Commits toCommit = commits;
      if (toCommit == null) {
        batch.commit();
        return;
      }
      toCommit.changed();
      if (e instanceof CancelledException) {
        toCommit.handOver();
      } else {
        toCommit.finish();
      }
    }

    private void handOver(RuntimeException e) {
      try {
        if (commits != null) {
          commits.handOver();
        }
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
    }
  }
}
