// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.FolderPath;
import dev.mailbox.MailboxException;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.WireException;
import java.time.Instant;

/**
 * Brings one folder in step: flags and removals first, then headers, then bodies, then what the
 * server is to lose. Whatever goes wrong on the way, what has come whole is committed. The anchor
 * is moved when all is done, and only then.
 */
final class FolderSync {
  /** Of how many messages the headers come first although all bodies are wanted. */
  private static final int HEADERS_FIRST = 200;

  private final FolderWork work;
  private final FolderPath path;
  private final Replica replica;
  private final Selected folder;
  private final Anchor anchor;
  private final Anchor latest;
  private int leftOut;

  private FolderSync(FolderWork work, FolderPath path, Replica replica, Selected folder) {
    this.work = work;
    this.path = path;
    this.replica = replica;
    this.folder = folder;
    this.anchor = Anchor.parse(replica.folder(path).anchor());
    String bounds = work.policy().bounds();
    String breaks = work.breaks().text();
    // While something is left out, it is looked at again.
    this.latest =
        new Anchor(folder.uidValidity(), folder.uidNext(), breaks.isEmpty() ? bounds : "", breaks);
  }

  /** Runs it in a folder that the session has just entered. */
  static void run(FolderWork.Means means, FolderPath path, Replica replica) throws WireException {
    Selected folder = means.session().selected().orElseThrow();
    try (ReplicaBatch batch = replica.batch(path)) {
      Anchor anchor = Anchor.parse(replica.folder(path).anchor());
      boolean sameNumbers = anchor.uidValidity() == folder.uidValidity();
      Breaks breaks = Breaks.parse(anchor.breaks(), sameNumbers, Instant.now());
      FolderWork work = new FolderWork(means, folder, batch, breaks);
      new FolderSync(work, path, replica, folder).run();
    }
  }

  private void run() throws WireException {
    try {
      perform();
      work.commits().finish();
    } catch (WireException | RuntimeException | Error e) {
      salvage(e);
      throw e;
    }
  }

  /** Keeps what has come whole; an end that was asked for is not held up by it. */
  private void salvage(Throwable e) {
    try {
      if (!work.isLentOut() && Breaks.isBreak(e, work.session(), work.isTimeUp())) {
        work.batch().anchor(broken().text());
        work.commits().changed();
      }
      boolean refused = e instanceof RejectedException;
      if (refused || (e instanceof WireException && !(e instanceof CancelledException))) {
        work.commits().finish();
      } else {
        work.commits().handOver();
      }
    } catch (MailboxException | IllegalStateException again) {
      e.addSuppressed(again);
    }
  }

  private Anchor broken() {
    String breaks = work.breaks().broken(Instant.now());
    return work.breaks().isSomethingUnderWay()
        ? new Anchor(folder.uidValidity(), anchor.uidNext(), "", breaks)
        : new Anchor(anchor.uidValidity(), anchor.uidNext(), anchor.bounds(), breaks);
  }

  /** Until all has been asked for, what broke the session before is still to be known. */
  private String breaksSoFar() {
    return anchor.uidValidity() == folder.uidValidity() ? anchor.breaks() : "";
  }

  private void perform() throws WireException {
    KnownMessages known = KnownMessages.read(replica, path, work);
    FolderListing listing =
        new FolderListing(work, known, !anchor.bounds().equals(work.policy().bounds()));
    listing.read(folder);
    take(listing, known);
    Messages fresh = listing.fresh();
    plan(fresh, known);
    headers(fresh, known);
    bodies(fresh, known);
    new ServerRemoval(work, replica, path).run();
    finish(listing);
  }

  private void take(FolderListing listing, KnownMessages known) {
    listing.changed().stream().forEach(index -> newFlags(known, index));
    for (int index : listing.removed()) {
      gone(work.key(known.uid(index)), known.state(index));
    }
    leftOut += (int) Math.min(Integer.MAX_VALUE / 2, listing.outOfScope());
    work.report().kept(kept(known));
  }

  private void newFlags(KnownMessages known, int index) {
    String key = work.key(known.uid(index));
    work.batch().flags(key, work.flags().get(known.flags(index)).flags());
    work.commits().changed();
  }

  private static int kept(KnownMessages known) {
    int kept = 0;
    for (int i = 0; i < known.count(); i++) {
      kept += known.isSeen(i) && known.state(i) != EntryState.LEFT ? 1 : 0;
    }
    return kept;
  }

  /** What was being removed from the server has gone by that; the rest others have removed. */
  private void gone(String key, EntryState state) {
    switch (state) {
      case UNCONFIRMED -> {
        work.batch().released(key);
        work.report().deleted(1);
      }
      case LEFT -> work.batch().forget(key);
      default -> work.batch().removed(key);
    }
    work.commits().changed();
  }

  /** Decides what is to come of the new messages; what is too old is noted as seen. */
  private void plan(Messages fresh, KnownMessages known) {
    int wanted = 0;
    for (int i = 0; i < fresh.count(); i++) {
      int index = known.find(fresh.uid(i));
      if (isHeaderHere(known, fresh.uid(i))) {
        fresh.mark(i, HeaderDownload.CAME);
      } else if (work.policy().isTooOld(fresh.arrival(i))) {
        leave(fresh, i, index);
      } else {
        fresh.mark(i, HeaderDownload.WANTED);
        wanted++;
      }
    }
    leftOut += leftBefore(known, fresh);
    work.toCome(wanted);
    if (wanted > 0) {
      // Until all of it has come, the next synchronization must look again.
      work.batch()
          .anchor(new Anchor(folder.uidValidity(), anchor.uidNext(), "", breaksSoFar()).text());
      work.commits().changed();
    }
  }

  private static boolean isHeaderHere(KnownMessages known, long uid) {
    int index = known.find(uid);
    return index >= 0 && known.state(index) == EntryState.HEADER;
  }

  private void leave(Messages fresh, int i, int known) {
    if (known < 0) {
      work.batch()
          .state(
              new RemoteEntry(
                  work.key(fresh.uid(i)),
                  fresh.size(i),
                  EntryState.LEFT,
                  new byte[0],
                  Instant.now()));
      work.commits().changed();
    }
    leftOut++;
  }

  /** Those that were left out before, and are not looked at again. */
  private static int leftBefore(KnownMessages known, Messages fresh) {
    int left = 0;
    for (int i = 0; i < known.count(); i++) {
      boolean still = known.isSeen(i) && known.state(i) == EntryState.LEFT;
      left += still && fresh.find(known.uid(i)) < 0 ? 1 : 0;
    }
    return left;
  }

  private void headers(Messages fresh, KnownMessages known) throws WireException {
    if (known.strangers().isEmpty()) {
      withoutHeaders(fresh);
    }
    Strangers strangers = known.strangers();
    boolean all = new HeaderDownload(work, fresh, strangers).run();
    if (all && !strangers.isEmpty()) {
      others(fresh, known);
    }
  }

  /** What the others were known by means nothing any more, if all has been looked at. */
  private void others(Messages fresh, KnownMessages known) throws WireException {
    Strangers strangers = known.strangers();
    boolean some = leftOut > 0;
    int found = some ? new LeftOut(work, fresh, known).recognize(strangers) : 0;
    if (found >= 0) {
      leftOut -= found;
      strangers.left(some).forEach(key -> unrecognized(key, strangers));
    }
  }

  private void unrecognized(String key, Strangers strangers) {
    if (UidKeys.isKey(key)) {
      gone(key, strangers.isUnconfirmed(key) ? EntryState.UNCONFIRMED : EntryState.DURABLE);
    } else {
      // Another protocol put it here, and where that mail lives is not for this server to say.
      work.batch().forget(key);
      work.commits().changed();
    }
  }

  /**
   * Of a message that comes whole the header is not asked for; but where many come, those of the
   * newest come first, for people to see.
   */
  private void withoutHeaders(Messages fresh) {
    int first = fresh.count() > HEADERS_FIRST ? fresh.count() - HEADERS_FIRST : fresh.count();
    for (int i = 0; i < first; i++) {
      boolean whole = work.policy().wantsBody(fresh.arrival(i), fresh.size(i));
      boolean comes = whole && !work.breaks().isLeftOut(fresh.uid(i), true);
      if (fresh.mark(i) == HeaderDownload.WANTED && comes) {
        fresh.mark(i, HeaderDownload.SKIPPED);
      }
    }
  }

  private void bodies(Messages fresh, KnownMessages known) throws WireException {
    Messages wanted = new Messages();
    int counted = 0;
    for (int i = 0; i < fresh.count(); i++) {
      if (fresh.mark(i) == HeaderDownload.CAME || fresh.mark(i) == HeaderDownload.SKIPPED) {
        int before = wanted.count();
        want(wanted, fresh, i);
        counted += isHeaderHere(known, fresh.uid(i)) ? 0 : wanted.count() - before;
      }
    }
    if (work.policy().wantsAllBodies()) {
      late(wanted, known);
    }
    wanted.sort();
    work.toCome(wanted.count() - counted);
    new BodyDownload(work, wanted).run();
    UidSet skipped = fresh.marked(HeaderDownload.SKIPPED);
    UidSet nothing = wanted.marked(BodyDownload.GIVEN_UP).intersect(skipped);
    work.withoutCopy((int) nothing.size());
  }

  /** Headers that are here, and whose bodies have not come yet. */
  private void late(Messages wanted, KnownMessages known) {
    Described nothing = new Described(work.flags().number(""), Long.MIN_VALUE);
    for (int i = 0; i < known.count(); i++) {
      boolean headerOnly = known.isSeen(i) && known.state(i) == EntryState.HEADER;
      if (headerOnly && known.size(i) <= work.policy().mostBytes()) {
        want(wanted, known.uid(i), known.size(i), nothing);
      }
    }
  }

  private void want(Messages wanted, Messages fresh, int i) {
    long size = fresh.size(i);
    if (work.policy().wantsBody(fresh.arrival(i), size)) {
      want(wanted, fresh.uid(i), size, new Described(fresh.flags(i), fresh.arrival(i)));
    } else if (size > work.policy().mostBytes()) {
      work.problem(fresh.uid(i), Reason.LIMIT_EXCEEDED, BodyDownload.tooLarge(size));
    }
  }

  private record Described(int flags, long arrival) {}

  private static void want(Messages wanted, long uid, long size, Described described) {
    wanted.add(uid, described.flags(), size, described.arrival());
    wanted.mark(wanted.count() - 1, BodyDownload.WANTED);
  }

  private void finish(FolderListing listing) {
    work.report().outOfScope(leftOut);
    boolean same = anchor.equals(latest) && listing.fresh().count() == 0;
    if (!same) {
      work.batch().anchor(latest.text());
      work.commits().changed();
    }
    work.batch().inStep(leftOut + work.withoutCopy());
    work.commits().changed();
  }
}
