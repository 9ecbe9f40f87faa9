// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.command.Search;
import dev.mailbox.imap.internal.connect.Sessions;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.wire.Deadline;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.Optional;

/** What the steps of the work on one folder share. For one thread. */
final class FolderWork {
  private final Means means;
  private final String name;
  private final ReplicaBatch batch;
  private final Commits commits;
  private final Policy policy;
  private final FlagSets flags = new FlagSets();
  private final long uidValidity;
  private final Breaks breaks;
  private int total;
  private int done;
  private long bytes;
  private int withoutCopy;
  private boolean lentOut;

  /** What a synchronization works with. */
  record Means(ImapSession session, Sessions.Host host, SyncTask task, long mostBytes) {
    /** Lets others have the session if they ask; it may be in another folder afterwards. */
    void giveWay() throws WireException {
      host.giveWay();
      session.connection().deadline(Deadline.after(task.timeLeft()));
    }
  }

  /** Of which no session has broken. */
  FolderWork(Means means, Selected folder, ReplicaBatch batch) {
    this(means, folder, batch, Breaks.none());
  }

  FolderWork(Means means, Selected folder, ReplicaBatch batch, Breaks breaks) {
    this.means = means;
    this.name = folder.name();
    this.batch = batch;
    this.commits = new Commits(batch, means.task().report());
    this.policy = new Policy(means.task(), Instant.now(), means.mostBytes());
    this.uidValidity = folder.uidValidity();
    this.breaks = breaks;
  }

  ImapSession session() {
    return means.session();
  }

  ReplicaBatch batch() {
    return batch;
  }

  Commits commits() {
    return commits;
  }

  Policy policy() {
    return policy;
  }

  FlagSets flags() {
    return flags;
  }

  Breaks breaks() {
    return breaks;
  }

  /** Whether others have the session, or have just had it, so that its end is theirs. */
  boolean isLentOut() {
    return lentOut;
  }

  /** Whether the time that the synchronization may take is up. */
  boolean isTimeUp() {
    return means.task().timeLeft().isZero();
  }

  SyncReport.Builder report() {
    return means.task().report();
  }

  long uidValidity() {
    return uidValidity;
  }

  String key(long uid) {
    return UidKeys.key(uidValidity, uid);
  }

  /** Before each command: ends the sync if it is to end, and lets others have the session. */
  void step() throws WireException {
    means.task().checkCancelled();
    commits.step();
    if (means.host().isAsked()) {
      session().drain();
      lentOut = true;
      means.giveWay();
      enter(true);
      lentOut = false;
    }
  }

  /**
   * Makes sure that the session is in the folder.
   *
   * @throws dev.mailbox.MailboxException if the folder is gone, or is another
   */
  void enter(boolean readOnly) throws WireException {
    // A guest may have entered it when it was another already.
    Optional<Selected> present =
        session().selected().filter(f -> f.name().equals(name) && f.uidValidity() == uidValidity);
    if (present.isPresent() && (readOnly || !present.get().readOnly())) {
      return;
    }
    if (FolderVisit.anew(session(), name, readOnly).uidValidity() != uidValidity) {
      throw Failures.renumbered(session().connection());
    }
  }

  /** So many more messages are to come. */
  void toCome(int messages) {
    total += messages;
  }

  /** A message is done with. */
  void progress(long moreBytes) {
    done++;
    moved(moreBytes);
  }

  /** A part of a message has come. */
  void moved(long moreBytes) {
    bytes += moreBytes;
    means
        .task()
        .progress(new Progress(Progress.Phase.DOWNLOADING, done, Math.max(done, total), bytes));
  }

  /** So many messages are to go from the server. */
  void removing(int gone, int all) {
    means.task().progress(new Progress(Progress.Phase.REMOVING, gone, all, 0));
  }

  /** A message as it is put into the replica. */
  RemoteMessage message(Messages messages, int index, boolean headerOnly) {
    long arrival = messages.arrival(index);
    return new RemoteMessage(
        key(messages.uid(index)),
        messages.size(index),
        headerOnly,
        flags.get(messages.flags(index)).flags(),
        arrival == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(arrival)));
  }

  /** Reports a message that could not be copied, and is not here at all. */
  void missing(long uid, Reason reason, String what) {
    withoutCopy(1);
    problem(uid, reason, what);
  }

  /** So many more messages are not here at all, which has been reported. */
  void withoutCopy(int messages) {
    withoutCopy += messages;
  }

  /** Of messages that did not come, those that have not been removed on the server meanwhile. */
  UidSet stillThere(UidSet uids) throws WireException {
    try {
      return uids.isEmpty() ? uids : Search.present(session(), uids);
    } catch (RejectedException e) {
      return uids;
    }
  }

  /** Reports a message that could not be copied whole. */
  void problem(long uid, Reason reason, String what) {
    report()
        .problem(new SyncProblem(name + " UID " + uid, reason, what + "; it stays on the server"));
  }

  /** How many messages have no copy here although they should. */
  int withoutCopy() {
    return withoutCopy;
  }
}
