// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.Reason;
import dev.mailbox.pop3.Plan.Step;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Decides what is to be done, from the listing, what the replica remembers, and the policy. */
final class Planner implements Recognition.Visitor {
  private final Listing listing;
  private final Policy policy;
  private final Anchor anchor;
  private final SyncReport.Builder report;
  private final Plan plan;
  private final Twins twins;
  private final BitSet known = new BitSet();
  private final List<RemoteEntry> changed = new ArrayList<>();
  private final List<RemoteEntry> gone = new ArrayList<>();
  private int kept;
  private int outOfScope;

  Planner(Listing listing, Policy policy, Anchor anchor, SyncReport.Builder report) {
    this.listing = listing;
    this.policy = policy;
    this.anchor = anchor;
    this.report = report;
    this.plan = new Plan(listing.count());
    this.twins = new Twins(listing);
  }

  @Override
  public void gone(RemoteEntry entry) {
    twins.add(entry);
    gone.add(entry);
  }

  @Override
  public void known(int index, RemoteEntry entry) {
    twins.add(entry);
    known.set(index);
    if (entry.state() != EntryState.HEADER && entry.state() != EntryState.LEFT) {
      plan.here(index);
    }
    switch (entry.state()) {
      case HEADER -> header(index, entry);
      case DURABLE -> durable(index, entry);
      case UNCONFIRMED -> unconfirmed(index, entry);
      case REMOVE, REMOVED -> remove(index, entry);
      case LEFT -> left(index, entry);
    }
  }

  /** Instead of the visit: all that is listed is durable here, and is kept, and nothing else is. */
  void keepAll() {
    known.set(0, listing.count());
    plan.allHere();
    kept = listing.count();
  }

  /** Whether that is what the visit came to; once it has been ended. */
  boolean keepsAll() {
    return kept == listing.count() && !hasChanges();
  }

  private void header(int index, RemoteEntry entry) {
    if (listing.size(index) > policy.mostBytes()) {
      tooLargeNow(index);
    } else if (policy.wantsAllBodies()) {
      plan.step(index, Step.BODY);
      plan.entry(index, entry);
    } else if (!isSamePolicy()) {
      plan.step(index, Step.HEADER);
      plan.entry(index, entry);
    }
  }

  /** The header stays as it is; it is told once that the body does not come. */
  private void tooLargeNow(int index) {
    if (isSamePolicy()) {
      outOfScope++;
    } else {
      tellTooLarge(index);
    }
  }

  private void durable(int index, RemoteEntry entry) {
    if (policy.isRemovalDue(entry)) {
      remove(index, entry);
    } else {
      kept++;
    }
  }

  /** A removal that the policy no longer asks for is not asked for again. */
  private void unconfirmed(int index, RemoteEntry entry) {
    if (policy.isStillToRemove(entry)) {
      remove(index, entry);
    } else {
      changed.add(entryIn(EntryState.DURABLE, index, entry.headerHash()));
      kept++;
    }
  }

  private void remove(int index, RemoteEntry entry) {
    plan.step(index, Step.REMOVE);
    plan.entry(index, entry);
  }

  /** Under another policy it is forgotten, so that it is new until it has been dealt with. */
  private void left(int index, RemoteEntry entry) {
    if (isSamePolicy()) {
      outOfScope++;
    } else {
      known.clear(index);
      gone.add(entry);
    }
  }

  private boolean isSamePolicy() {
    return anchor.bounds().equals(policy.bounds());
  }

  /** Ends the visit: decides about what is new, and notes what needs no server. */
  Plan finish(ReplicaBatch batch) {
    int first = (int) Math.max(0, (long) listing.count() - policy.newest());
    for (int i = known.nextClearBit(0); i < listing.count(); i = known.nextClearBit(i + 1)) {
      if (listing.isTooLarge(i)) {
        report.problem(
            problem(
                i,
                Reason.LIMIT_EXCEEDED,
                "the message has no id of its own, and more than the "
                    + policy.mostBytes()
                    + " bytes that are downloaded"));
      } else if (!listing.hasKey(i)) {
        report.problem(
            problem(i, Reason.REFUSED_BY_SERVER, "the server gives neither id nor text"));
      } else if (i < first) {
        outOfScope++;
      } else if (listing.size(i) > policy.mostBytes()) {
        changed.add(tooLarge(i));
      } else {
        plan.step(i, policy.needsHeaders() ? Step.HEADER : Step.BODY);
      }
    }
    spareTwins();
    gone.removeIf(twins::isSpared);
    gone.forEach(entry -> batch.forget(entry.key()));
    changed.forEach(batch::state);
    return plan;
  }

  private void spareTwins() {
    for (int i = 0; i < listing.count(); i++) {
      RemoteEntry entry = plan.entry(i);
      if (entry != null && entry.state() == EntryState.REMOVE && twins.isMistakable(i, entry)) {
        twins.spare(entry);
        plan.step(i, Step.NONE);
        kept++;
        report.problem(
            problem(
                i,
                Reason.REFUSED_BY_SERVER,
                "it cannot be told from another that has the same size and header, so it is not"
                    + " deleted"));
      }
    }
  }

  /** Counts what the sync leaves as it is; once, though it may take several sessions. */
  void count() {
    report.kept(kept).outOfScope(outOfScope);
  }

  /** Whether the replica was changed by the plan alone. */
  boolean hasChanges() {
    return !changed.isEmpty() || !gone.isEmpty();
  }

  private RemoteEntry tooLarge(int index) {
    tellTooLarge(index);
    return entryIn(EntryState.LEFT, index, new byte[0]);
  }

  private void tellTooLarge(int index) {
    String size = listing.size(index) + " bytes";
    report.problem(
        problem(
            index,
            Reason.LIMIT_EXCEEDED,
            "the message has "
                + size
                + ", more than the "
                + policy.mostBytes()
                + " that are downloaded"));
    report.outOfScope(1);
  }

  private SyncProblem problem(int index, Reason reason, String what) {
    return new SyncProblem(listing.shown(index), reason, what + "; it stays on the server");
  }

  private RemoteEntry entryIn(EntryState state, int index, byte[] headerHash) {
    return new RemoteEntry(
        listing.key(index), listing.size(index), state, headerHash, Instant.now());
  }
}
