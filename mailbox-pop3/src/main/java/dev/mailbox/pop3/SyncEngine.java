// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.spi.EntrySummary;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.Deadline;
import dev.mailbox.wire.GarbledReplyException;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One session of a synchronization: list, check what is to be removed, download, delete what is
 * durable, QUIT. Whatever goes wrong on the way, what has come whole is committed, and the session
 * is closed without QUIT, so that the server forgets the deletions it was asked for.
 */
final class SyncEngine {
  private static final String EXPIRES =
      "the server says that it deletes what it has given (EXPIRE 0)";

  private final SyncWork.Host host;
  private final Pop3Session session;
  private final SyncTask task;
  private final Replica replica;
  private final Policy policy;
  private Anchor anchor = Anchor.NONE;

  SyncEngine(SyncWork.Host host, SyncTask task, Replica replica, long mostBytes) {
    this.host = host;
    this.session = host.session();
    this.task = task;
    this.replica = replica;
    this.policy = new Policy(task, replica, Instant.now(), mostBytes);
  }

  /** Runs it; true if there is more to do, in another session. */
  boolean run() throws WireException {
    session.connection().deadline(Deadline.after(task.timeLeft()));
    task.progress(new Progress(Progress.Phase.LISTING, 0, 0, 0));
    try (ReplicaBatch batch = replica.batch(FolderPath.INBOX)) {
      // What a session that was cancelled handed over last may still be on its way.
      batch.commit().awaitDurable();
      anchor = Anchor.parse(replica.folder(FolderPath.INBOX).anchor());
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
    private boolean unchanged;

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
        if (salvage(e)) {
          return true;
        }
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
      Removals deletions = new Removals(listing, task.report(), replica);
      Commits toCommit = new Commits(batch, task.report(), deletions);
      removals = deletions;
      commits = toCommit;
      TopProbe tops = new TopProbe(session, pipeline, batch);
      Plan plan = plan(listing, tops);
      SyncWork.Tools tools = new SyncWork.Tools(pipeline, batch, toCommit, deletions, policy);
      SyncWork work = new SyncWork(task, listing, plan, tools, host);
      new RemovalCheck(work, tops).run();
      new HeaderDownload(work, tops).run();
      BodyDownload download = new BodyDownload(work, anchor.suspects());
      bodies = download;
      if (anchor.avoids()) {
        download.avoid();
      }
      download.run();
      return finish(work, download);
    }

    private Plan plan(Listing listing, TopProbe tops) throws WireException {
      Planner decisions = new Planner(listing, policy, anchor, task.report());
      planner = decisions;
      KeyResolver resolver = new KeyResolver(tops, policy.mostBytes(), task::checkCancelled);
      unchanged = isUnchanged(listing);
      if (unchanged) {
        decisions.keepAll();
      } else {
        forgetListing();
        listing.index();
        new Recognition(replica, FolderPath.INBOX).visit(listing, resolver, decisions);
      }
      Plan plan = decisions.finish(batch);
      note(anchor.under(boundsUnderWay()));
      if (decisions.hasChanges()) {
        changed();
      }
      return plan;
    }

    /**
     * Whether all is as it was when the digest was noted: then the server lists the same, and the
     * keys that are known are the same, since a session forgets the digest before it changes any.
     * Their states may have been changed without a session; the summary tells.
     */
    private boolean isUnchanged(Listing listing) {
      if (anchor.listing().isEmpty() || !anchor.listing().equals(listing.digest())) {
        return false;
      }
      EntrySummary known = replica.summary(FolderPath.INBOX);
      return known.count() == listing.count()
          && known.durable() == known.count()
          && policy.keepsAllSince(known.oldest());
    }

    private void forgetListing() {
      if (!anchor.listing().isEmpty()) {
        anchor = anchor.listed("");
        batch.anchor(anchor.text());
        changed();
      }
    }

    private boolean finish(SyncWork work, BodyDownload download) throws WireException {
      Removals deletions = work.removals();
      String bounds = deletions.hasStopped() ? boundsUnderWay() : policy.bounds();
      Anchor latest = anchor.under(bounds);
      note(latest.finished(download.remaining()).listed(listedNow(work.listing())));
      work.commits().finish();
      work.step();
      pipeline.drain();
      session.requireSilence();
      removing(deletions, 0);
      boolean confirmed = leave(work, download, latest);
      session.close();
      boolean more = confirmed && deletions.hasStopped();
      if (deletions.hasStopped() && !confirmed) {
        task.report().note("not all messages were looked at: the rest follows at the next sync");
      }
      if (planner != null && !more) {
        planner.count();
        inStep(deletions.hasStopped() ? 1 : 0);
      }
      changed();
      work.commits().finish();
      removing(deletions, deletions.count());
      return more;
    }

    /**
     * Ends the session; with QUIT, unless the server then deletes a message that it has given and
     * that is not here. The next session leaves such messages alone, so that deletions get done.
     */
    private boolean leave(SyncWork work, BodyDownload download, Anchor latest)
        throws WireException {
      List<Integer> retrieved =
          session.capabilities().deletesRetrieved() ? retrieved(work) : List.of();
      if (!retrieved.isEmpty() && !policy.removesAtOnce()) {
        task.report().note(EXPIRES + ", also what is to be kept there");
      }
      List<String> notHere =
          retrieved.stream()
              .filter(index -> !work.plan().isHere(index))
              .map(work.listing()::key)
              .toList();
      if (notHere.isEmpty()) {
        return work.removals().quit(session, batch);
      }
      batch.anchor(latest.avoiding(notHere, download.remaining()).text());
      work.removals()
          .leaveUndone(
              session,
              batch,
              EXPIRES + ", which is not all here: the session was ended without QUIT");
      return false;
    }

    private List<Integer> retrieved(SyncWork work) {
      Listing listing = work.listing();
      return IntStream.range(0, listing.count())
          .filter(i -> session.hasRetrieved(listing.number(i)))
          .boxed()
          .toList();
    }

    /**
     * The digest, if another session that finds the same has nothing to look at. A listing with
     * keys that had to be found out does not tell all by its digest.
     */
    private String listedNow(Listing listing) {
      if (unchanged) {
        return anchor.listing();
      }
      Planner decisions = planner;
      boolean keepsAll = decisions != null && decisions.keepsAll() && listing.count() > 0;
      return keepsAll && listing.ambiguous().length == 0 ? listing.digest() : "";
    }

    private void inStep(int notLookedAt) {
      SyncReport report = task.report().build();
      batch.inStep(report.outOfScope() + report.problemCount() + notLookedAt);
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

    /**
     * Keeps what has come whole, and what was learned; true if another session can do better at
     * once, because this one broke where one had broken before.
     */
    private boolean salvage(WireException e) {
      if (removals != null) {
        removals.lost(batch);
      }
      Anchor latest = learned(e);
      note(latest);
      Commits toCommit = commits;
      if (toCommit == null) {
        batch.commit();
        return false;
      }
      toCommit.changed();
      if (e instanceof CancelledException) {
        toCommit.handOver();
        return false;
      }
      toCommit.finish();
      return latest.avoids() && !anchor.avoids();
    }

    private Anchor learned(WireException e) {
      Anchor latest =
          anchor
              .under(planner == null ? anchor.bounds() : boundsUnderWay())
              .inTurn(e instanceof GarbledReplyException && pipeline.isAhead());
      BodyDownload download = bodies;
      boolean atMessage = download != null && !download.current().isEmpty();
      return download != null && atMessage && !(e instanceof CancelledException)
          ? latest.brokenAt(download.current(), download.remaining())
          : latest;
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
