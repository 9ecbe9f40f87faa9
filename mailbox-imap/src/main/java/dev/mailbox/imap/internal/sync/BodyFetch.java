// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.LimitException;
import dev.mailbox.imap.internal.connect.Sessions;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.wire.WireException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Downloads bodies which someone wants to read now. */
public final class BodyFetch {
  static final Sessions.Host NOBODY =
      new Sessions.Host() {
        @Override
        public boolean isAsked() {
          return false;
        }

        @Override
        public void giveWay() {}
      };

  private final SyncTask task;
  private final Replica replica;
  private final long mostBytes;

  /** A download that is counted in a task of its own. */
  public BodyFetch(SyncTask task, Replica replica, long mostBytes) {
    this.task = task;
    this.replica = replica;
    this.mostBytes = mostBytes;
  }

  /**
   * Downloads them, and returns the keys that the server no longer has. Of several, those come that
   * the server gives.
   *
   * @throws MailboxException if a single one was asked for, and the server has it and does not give
   *     it, or if the folder cannot be opened
   */
  public Set<String> run(ImapSession session, String name, FolderPath path, Collection<String> keys)
      throws WireException {
    Selected folder = FolderVisit.look(session, name);
    if (!UidKeys.areCurrent(keys, folder.uidValidity())) {
      throw Failures.renumbered(session.connection());
    }
    Messages wanted = new Messages();
    Set<String> gone = new HashSet<>(keys);
    try (ReplicaBatch batch = replica.batch(path)) {
      FolderWork work =
          new FolderWork(new FolderWork.Means(session, NOBODY, task, mostBytes), folder, batch);
      want(wanted, work, path, gone);
      try {
        new BodyDownload(work, wanted).run();
      } finally {
        work.commits().handOver();
      }
      work.commits().finish();
      for (int i = 0; i < wanted.count(); i++) {
        if (wanted.mark(i) != BodyDownload.WANTED) {
          gone.remove(work.key(wanted.uid(i)));
        }
      }
    }
    List<SyncProblem> problems = task.report().build().problems();
    if (!problems.isEmpty() && keys.size() == 1) {
      throw refused(session, problems.get(0));
    }
    return gone;
  }

  private void want(Messages wanted, FolderWork work, FolderPath path, Set<String> keys) {
    int noFlags = work.flags().number("");
    replica.entries(
        path,
        entry -> {
          boolean current =
              UidKeys.isKey(entry.key()) && UidKeys.uidValidity(entry.key()) == work.uidValidity();
          if (current && keys.contains(entry.key())) {
            wanted.add(UidKeys.uid(entry.key()), noFlags, entry.listedSize(), Long.MIN_VALUE);
            wanted.mark(wanted.count() - 1, BodyDownload.WANTED);
          }
        });
  }

  private static MailboxException refused(ImapSession session, SyncProblem problem) {
    List<String> transcript = session.connection().transcript().lines();
    String message = problem.serverKey() + ": " + problem.description();
    return problem.reason() == Reason.LIMIT_EXCEEDED
        ? new LimitException(problem.reason(), message, null, transcript)
        : new RejectedException(problem.reason(), message, null, transcript);
  }
}
