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
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Downloads bodies which someone wants to read now, in a session of its own or in another's. */
final class BodyFetch {
  private final Replica replica;
  private final SyncTask task;
  private final Policy policy;
  private final FolderPath folder;
  private final Set<String> keys;

  BodyFetch(Replica replica, SyncTask task, long mostBytes, RemoteFolder folder, Set<String> keys) {
    this.replica = replica;
    this.task = task;
    this.policy = new Policy(task, replica, Instant.now(), mostBytes);
    this.folder = folder.path();
    this.keys = keys;
  }

  /**
   * Downloads them, and returns the keys that the server no longer has. Of several, those come that
   * the server gives.
   *
   * @throws MailboxException if a single one was asked for, and the server has it and does not give
   *     it
   */
  Set<String> alone(Pop3Session session) throws WireException {
    Set<String> gone = new HashSet<>(keys);
    try (ReplicaBatch batch = replica.batch(folder)) {
      Pipeline pipeline = new Pipeline(session, !session.capabilities().offers("PIPELINING"));
      Listing listing = new ListingReader(session, pipeline).read();
      listing.index();
      TopProbe tops = new TopProbe(session, pipeline, batch);
      KeyResolver resolver = new KeyResolver(tops, policy.mostBytes(), task::checkCancelled);
      Plan plan = new Plan(listing.count());
      new Recognition(replica, folder).visit(listing, resolver, new Wanted(plan, gone));
      download(session, pipeline, batch, new Drop(listing, plan));
    }
    refuse(session);
    if (task.report().build().problems().isEmpty() || !session.capabilities().deletesRetrieved()) {
      Quit.leave(session);
    }
    return gone;
  }

  /**
   * Does the same in the session of a synchronization. What that does not list, it cannot tell of:
   * then this returns nothing.
   */
  Optional<Set<String>> asGuest(Pop3Session session, SyncWork host) throws WireException {
    Listing listing = host.listing();
    Plan plan = new Plan(listing.count());
    for (String key : keys) {
      int index = listing.find(key);
      if (index < 0) {
        return Optional.empty();
      }
      plan.step(index, Step.BODY);
      plan.entry(
          index,
          new RemoteEntry(key, listing.size(index), EntryState.HEADER, new byte[0], Instant.now()));
    }
    try (ReplicaBatch batch = replica.batch(folder)) {
      download(session, host.pipeline(), batch, new Drop(listing, plan));
    } catch (RuntimeException | Error e) {
      // Replies may be left unread: nothing can be asked for any more.
      session.close();
      throw e;
    }
    IntStream.range(0, listing.count()).filter(plan::isHere).forEach(host.plan()::here);
    refuse(session);
    return Optional.of(Set.of());
  }

  /** What is listed, and what is to be done with it. */
  private record Drop(Listing listing, Plan plan) {}

  private void download(Pop3Session session, Pipeline pipeline, ReplicaBatch batch, Drop drop)
      throws WireException {
    Removals none = new Removals(drop.listing(), task.report(), replica);
    Commits commits = new Commits(batch, task.report(), none);
    SyncWork.Tools tools = new SyncWork.Tools(pipeline, batch, commits, none, policy);
    SyncWork.Host host = SyncWork.Host.of(session);
    try {
      new BodyDownload(new SyncWork(task, drop.listing(), drop.plan(), tools, host), List.of())
          .run();
    } finally {
      commits.handOver();
    }
    commits.finish();
  }

  private void refuse(Pop3Session session) {
    List<SyncProblem> problems = task.report().build().problems();
    if (!problems.isEmpty() && keys.size() == 1) {
      throw refused(session, problems.get(0));
    }
  }

  private static MailboxException refused(Pop3Session session, SyncProblem problem) {
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
