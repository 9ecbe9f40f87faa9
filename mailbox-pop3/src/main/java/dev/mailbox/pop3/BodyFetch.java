// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.pop3.Plan.Step;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One session that downloads bodies which someone wants to read now. */
final class BodyFetch {
  private final Pop3Session session;
  private final Replica replica;
  private final SyncTask task;
  private final Policy policy;

  BodyFetch(Pop3Session session, Replica replica, SyncTask task, long mostBytes) {
    this.session = session;
    this.replica = replica;
    this.task = task;
    this.policy = new Policy(task, replica, Instant.now(), mostBytes);
  }

  /**
   * Downloads them, and returns the keys that the server no longer has. Of several, those come that
   * the server gives.
   *
   * @throws MailboxException if a single one was asked for, and the server has it and does not give
   *     it
   */
  Set<String> run(FolderPath folder, Collection<String> keys) throws WireException {
    Set<String> gone = new HashSet<>(keys);
    try (ReplicaBatch batch = replica.batch(folder)) {
      Pipeline pipeline = new Pipeline(session, !session.capabilities().offers("PIPELINING"));
      Listing listing = new ListingReader(session, pipeline).read();
      TopProbe tops = new TopProbe(session, pipeline, batch);
      KeyResolver resolver = new KeyResolver(tops, policy.mostBytes(), task::checkCancelled);
      Plan plan = new Plan(listing.count());
      new Recognition(replica, folder).visit(listing, resolver, new Wanted(plan, gone));
      download(listing, plan, pipeline, batch);
    }
    List<SyncProblem> problems = task.report().build().problems();
    if (!problems.isEmpty() && keys.size() == 1) {
      throw refused(problems.get(0));
    }
    if (problems.isEmpty() || !session.capabilities().deletesRetrieved()) {
      Quit.leave(session);
    }
    return gone;
  }

  private void download(Listing listing, Plan plan, Pipeline pipeline, ReplicaBatch batch)
      throws WireException {
    Removals none = new Removals(listing, task.report(), replica);
    Commits commits = new Commits(batch, task.report(), none);
    SyncWork.Tools tools = new SyncWork.Tools(pipeline, batch, commits, none, policy);
    try {
      new BodyDownload(new SyncWork(task, listing, plan, tools), List.of()).run();
    } finally {
      commits.handOver();
    }
    commits.finish();
  }

  private MailboxException refused(SyncProblem problem) {
    List<String> transcript = session.connection().transcript().lines();
    String message = problem.serverKey() + ": " + problem.description();
    return problem.reason() == Reason.LIMIT_EXCEEDED
        ? new LimitException(problem.reason(), message, null, transcript)
        : new RejectedException(problem.reason(), message, null, transcript);
  }

  /** Plans what is wanted and listed. */
  private record Wanted(Plan plan, Set<String> missing) implements Recognition.Visitor {
    @Override
    public void known(int index, RemoteEntry entry) {
      if (missing.remove(entry.key())) {
        plan.step(index, Step.BODY);
        if (entry.state() == EntryState.HEADER) {
          plan.entry(index, entry);
        }
      }
    }

    @Override
    public void gone(RemoteEntry entry) {}
  }
}
