// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.FolderPath;
import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.FetchData;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.spi.SyncTask;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings the headers and present flags of some messages, such as the hits of a search. */
public final class HeaderFetch {
  private static final int SET_CHARS = 1000;
  private static final int LINE_BYTES = 120;

  private final SyncTask task;
  private final Replica replica;
  private final long mostBytes;
  private @Nullable Status refusal;

  /** A download that is counted in a task of its own. */
  public HeaderFetch(SyncTask task, Replica replica, long mostBytes) {
    this.task = task;
    this.replica = replica;
    this.mostBytes = mostBytes;
  }

  /** Brings them; what the server no longer has is removed. */
  public void run(ImapSession session, String name, FolderPath path, Collection<String> keys)
      throws WireException {
    Selected folder = FolderVisit.look(session, name);
    UidSet uids = UidKeys.uids(keys, folder.uidValidity());
    try (ReplicaBatch batch = replica.batch(path)) {
      FolderWork work =
          new FolderWork(
              new FolderWork.Means(session, BodyFetch.NOBODY, task, mostBytes), folder, batch);
      Map<Long, EntryState> known = known(path, work, new HashSet<>(keys));
      Messages described = describe(work, uids);
      int newest = 0;
      for (int i = 0; i < described.count(); i++) {
        EntryState state = known.remove(described.uid(i));
        if (state == null || state == EntryState.LEFT) {
          described.mark(i, HeaderDownload.WANTED);
          newest++;
        } else {
          String key = work.key(described.uid(i));
          batch.flags(key, work.flags().get(described.flags(i)).flags());
        }
      }
      work.toCome(newest);
      UidSet.Builder untold = UidSet.builder();
      known.keySet().forEach(untold::add);
      work.stillThere(untold.build()).forEach(known::remove);
      known.forEach((uid, state) -> gone(batch, work.key(uid), state));
      new HeaderDownload(work, described, new Strangers()).run();
      work.commits().changed();
      work.commits().finish();
    }
  }

  private static void gone(ReplicaBatch batch, String key, EntryState state) {
    if (state == EntryState.UNCONFIRMED) {
      batch.released(key);
    } else {
      batch.removed(key);
    }
  }

  private Map<Long, EntryState> known(FolderPath path, FolderWork work, Set<String> keys) {
    Map<Long, EntryState> known = new HashMap<>();
    replica.entries(
        path,
        entry -> {
          if (keys.contains(entry.key())
              && UidKeys.uidValidity(entry.key()) == work.uidValidity()) {
            known.put(UidKeys.uid(entry.key()), entry.state());
          }
        });
    return known;
  }

  private Messages describe(FolderWork work, UidSet uids) throws WireException {
    Messages described = new Messages();
    for (UidSet piece : uids.chunks(Integer.MAX_VALUE, SET_CHARS)) {
      work.session()
          .submit(
              new Fetch(
                  piece.toString(),
                  Fetch.DESCRIPTION,
                  piece.size() * LINE_BYTES,
                  data -> describe(work, described, data),
                  status -> refusal = status.isOk() ? refusal : status));
    }
    work.session().drain();
    Status no = refusal;
    if (no != null) {
      throw Failures.command(work.session().connection(), "list messages", no);
    }
    described.sort();
    return described;
  }

  private static void describe(FolderWork work, Messages described, FetchData data) {
    if (data.uid() != 0 && data.hasFlags() && data.size() >= 0) {
      described.add(
          data.uid(),
          work.flags().number(data.flags()),
          data.size(),
          data.internalDate().map(Instant::getEpochSecond).orElse(Long.MIN_VALUE));
    }
  }
}
