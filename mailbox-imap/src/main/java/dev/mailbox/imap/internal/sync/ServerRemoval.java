// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.FolderPath;
import dev.mailbox.imap.internal.command.Refusals;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets the server lose what is durable here, where that was asked for. That a message is being
 * removed is durable before the server is told, so that it is known for the only copy whenever the
 * answer is lost; only the messages meant are expunged, never what others have marked.
 */
final class ServerRemoval {
  private static final int BATCH = 100;

  private final FolderWork work;
  private final Replica replica;
  private final FolderPath path;
  private final Set<String> handled = new HashSet<>();

  ServerRemoval(FolderWork work, Replica replica, FolderPath path) {
    this.work = work;
    this.replica = replica;
    this.path = path;
  }

  void run() throws WireException {
    if (work.policy().removesNothing()) {
      return;
    }
    work.commits().finish();
    if (work.policy().removesHandled()) {
      replica.handled(path, handled::add);
    }
    List<RemoteEntry> due = new ArrayList<>();
    replica.entries(
        path,
        entry -> {
          if (isDue(entry)) {
            due.add(entry);
          }
        });
    for (int start = 0; start < due.size(); start += BATCH) {
      int end = Math.min(due.size(), start + BATCH);
      work.step();
      work.enter(false);
      if (!Removals.arePossible(work.session().selected().orElseThrow())) {
        work.report()
            .note("the folder does not keep the flag " + Removals.DELETED + ": nothing is removed");
        return;
      }
      remove(due.subList(start, end));
      work.removing(end, due.size());
    }
  }

  private boolean isDue(RemoteEntry entry) {
    // What has another number now, or had one of another protocol, cannot be named.
    return UidKeys.areCurrent(List.of(entry.key()), work.uidValidity()) && isDueByState(entry);
  }

  private boolean isDueByState(RemoteEntry entry) {
    if (work.policy().removesHandled()) {
      return handled.contains(entry.key());
    }
    return entry.state() == EntryState.UNCONFIRMED
        || (entry.state() == EntryState.DURABLE && work.policy().isRemovalDue(entry.since()));
  }

  private void remove(List<RemoteEntry> entries) throws WireException {
    entries.forEach(this::unconfirmed);
    work.commits().changed();
    work.commits().finish();
    UidSet uids = UidKeys.uids(entries.stream().map(RemoteEntry::key).toList(), work.uidValidity());
    if (!work.session().capabilities().uidPlus()) {
      work.report().note("the server cannot expunge single messages: they are marked as deleted");
    }
    settle(entries, Removals.remove(work.session(), uids, new Refusals()));
  }

  private void unconfirmed(RemoteEntry entry) {
    work.batch()
        .state(
            new RemoteEntry(
                entry.key(),
                entry.listedSize(),
                EntryState.UNCONFIRMED,
                entry.headerHash(),
                Instant.now()));
  }

  private void settle(List<RemoteEntry> entries, UidSet left) {
    for (RemoteEntry entry : entries) {
      if (left.contains(UidKeys.uid(entry.key()))) {
        work.report().unconfirmed(1);
      } else {
        work.batch().released(entry.key());
        work.report().deleted(1);
      }
    }
    work.commits().changed();
  }
}
