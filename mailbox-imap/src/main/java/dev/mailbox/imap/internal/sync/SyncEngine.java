// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.command.Entering;
import dev.mailbox.imap.internal.command.Select;
import dev.mailbox.imap.internal.connect.Sessions;
import dev.mailbox.imap.internal.folder.Catalog;
import dev.mailbox.imap.internal.folder.FolderNames;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.wire.Deadline;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One synchronization: the list of folders, then folder by folder. */
public final class SyncEngine implements Sessions.Work {
  private static final Set<FolderRole> LEFT_OUT =
      Set.of(FolderRole.ALL, FolderRole.JUNK, FolderRole.TRASH);

  private final Catalog catalog;
  private final SyncTask task;
  private final Replica replica;
  private final long mostBytes;

  /** A synchronization to be run in a session. */
  public SyncEngine(Catalog catalog, SyncTask task, Replica replica, long mostBytes) {
    this.catalog = catalog;
    this.task = task;
    this.replica = replica;
    this.mostBytes = mostBytes;
  }

  @Override
  public void to(ImapSession session, Sessions.Host host) throws WireException {
    session.connection().deadline(Deadline.after(task.timeLeft()));
    task.progress(new Progress(Progress.Phase.LISTING, 0, 0, 0));
    FolderWork.Means means = new FolderWork.Means(session, host, task, mostBytes);
    if (task.folders().isEmpty()) {
      all(means, arrange(session));
    } else {
      if (!catalog.isTold()) {
        // Who never synchronizes more than one folder acts on others too.
        arrange(session);
      }
      for (FolderPath path : task.folders()) {
        sync(means, path, true);
      }
    }
  }

  /**
   * Folders at which the session broke come last, and are left out if it does so always. The sync
   * ends at the first that breaks it again, so that those come first that break it least.
   */
  private void all(FolderWork.Means means, List<FolderPath> paths) throws WireException {
    List<Breaking> last = new ArrayList<>();
    for (FolderPath path : paths) {
      Breaks breaks = breaks(path);
      if (breaks.isFolderSuspect()) {
        last.add(new Breaking(path, breaks.count()));
      } else {
        sync(means, path, false);
      }
    }
    last.sort(Comparator.comparingInt(Breaking::count));
    for (Breaking folder : last) {
      // Alone it keeps nothing back.
      if (paths.size() > 1 && breaks(folder.path()).isFolderLeftOut(Instant.now())) {
        leaveOut(folder.path());
      } else {
        sync(means, folder.path(), false);
      }
    }
  }

  private record Breaking(FolderPath path, int count) {}

  private void leaveOut(FolderPath path) {
    task.report()
        .problem(
            new SyncProblem(
                path.toString(),
                Reason.DISCONNECTED,
                "the session breaks in the folder, which is left out for a while"));
  }

  private Breaks breaks(FolderPath path) {
    Anchor anchor = Anchor.parse(replica.folder(path).anchor());
    return Breaks.parse(anchor.breaks(), true, Instant.now());
  }

  private Status examine(FolderWork.Means means, FolderPath path, String name)
      throws WireException {
    try {
      return Select.examine(means.session(), name);
    } catch (WireException | ConnectionException e) {
      if (Breaks.isBreak(e, means.session(), task.timeLeft().isZero())) {
        noteBreak(path);
      }
      throw e;
    }
  }

  private void noteBreak(FolderPath path) {
    Anchor anchor = Anchor.parse(replica.folder(path).anchor());
    String breaks = Breaks.parse(anchor.breaks(), true, Instant.now()).broken(Instant.now());
    try (ReplicaBatch batch = replica.batch(path)) {
      batch.anchor(
          new Anchor(anchor.uidValidity(), anchor.uidNext(), anchor.bounds(), breaks).text());
      batch.commit().awaitDurable();
    }
  }

  /** Brings the list of folders in step; those within the scope. */
  private List<FolderPath> arrange(ImapSession session) throws WireException {
    List<FolderPath> known = replica.folders().stream().map(RemoteFolder::path).toList();
    Catalog.Listing listing = catalog.list(session, known);
    if (listing.unnamed() > 0) {
      task.report()
          .note(listing.unnamed() + " folders of the server have names that cannot be used here");
    }
    replica.arrange(listing.folders());
    catalog.told();
    List<FolderPath> paths = new ArrayList<>();
    Set<FolderPath> missing = new TreeSet<>(Comparator.comparing(FolderPath::toString));
    missing.addAll(task.scope().folders());
    for (ListedFolder folder : listing.folders()) {
      missing.remove(folder.path());
      if (isInScope(folder)) {
        paths.add(folder.path());
      }
    }
    missing.forEach(
        path -> task.report().note("the server has no folder " + path + ", which the scope names"));
    if (paths.remove(FolderPath.INBOX)) {
      paths.add(0, FolderPath.INBOX);
    }
    return paths;
  }

  private boolean isInScope(ListedFolder folder) {
    Set<FolderPath> wanted = task.scope().folders();
    return wanted.isEmpty()
        ? folder.role().filter(LEFT_OUT::contains).isEmpty()
        : wanted.contains(folder.path());
  }

  /** One that cannot be entered, such as one that has vanished, must not keep the others back. */
  private void sync(FolderWork.Means means, FolderPath path, boolean alone) throws WireException {
    task.checkCancelled();
    ImapSession session = means.session();
    if (means.host().isAsked()) {
      means.giveWay();
    }
    FolderNames names = catalog.names(session);
    String name = names.name(path);
    Status status = examine(means, path, name);
    if (status.isOk()) {
      open(means, path, alone);
    } else if (alone) {
      throw Entering.refused(session, name, status);
    } else {
      status = Entering.explained(session, name, status);
      task.report()
          .problem(
              new SyncProblem(
                  path.toString(),
                  Failures.reason(status, Reason.REFUSED_BY_SERVER),
                  "the server does not open the folder: " + status.shown()));
    }
  }

  /** What the server refuses within a folder must not keep the others back either. */
  private void run(FolderWork.Means means, FolderPath path, boolean alone) throws WireException {
    try {
      FolderSync.run(means, path, replica);
    } catch (RejectedException | ConnectionException e) {
      boolean isOfTheFolder = e instanceof RejectedException || Failures.isPutOff(e.reason());
      if (alone || !isOfTheFolder || !means.session().isOpen() || !means.session().isQuiet()) {
        throw e;
      }
      task.report()
          .problem(
              new SyncProblem(
                  path.toString(), e.reason(), "the folder is not in step: " + e.getMessage()));
    }
  }

  /** Without a UIDVALIDITY a message could be taken for another, so nothing is touched. */
  private void open(FolderWork.Means means, FolderPath path, boolean alone) throws WireException {
    ImapSession session = means.session();
    if (session.selected().orElseThrow().uidValidity() != 0) {
      run(means, path, alone);
    } else if (alone) {
      throw Failures.withoutValidity(session.connection(), path.toString());
    } else {
      task.report()
          .problem(
              new SyncProblem(
                  path.toString(), Reason.IMPOSSIBLE, "the folder " + Failures.NO_VALIDITY));
    }
  }
}
