// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.Anchor;
import dev.mailbox.imap.internal.sync.Fingerprints;
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.Replica;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Knows messages of the server again by the hash of their header and by their size, one to one:
 * those that the replica knows by numbers of another UIDVALIDITY, and those that an action has put
 * into a folder. For one thread.
 */
final class Recognition {
  private final ImapSession session;
  private final Replica replica;
  private final Floor floor;

  /** With what was known before the action was sent. */
  Recognition(ImapSession session, Replica replica, Floor floor) {
    this.session = session;
    this.replica = replica;
    this.floor = floor;
  }

  /**
   * What messages look like that the replica knows by these keys, in their order; of those whose
   * header it has not seen the print is none.
   */
  Map<String, Print> prints(FolderPath path, Collection<String> keys) {
    Set<String> wanted = new HashSet<>(keys);
    Map<String, Print> unordered = prints(path, entry -> wanted.contains(entry.key()));
    Map<String, Print> prints = new LinkedHashMap<>();
    for (String key : keys) {
      Print print = unordered.get(key);
      if (print != null) {
        prints.put(key, print);
      }
    }
    return prints;
  }

  private Map<String, Print> prints(FolderPath path, Predicate<RemoteEntry> which) {
    Map<String, Print> prints = new LinkedHashMap<>();
    replica.entries(
        path,
        entry -> {
          if (which.test(entry)) {
            prints.put(entry.key(), Print.of(entry.headerHash(), entry.listedSize()));
          }
        });
    return prints;
  }

  /**
   * The messages that are meant, in the folder that the session is in, whatever numbers the replica
   * knows them by. Where some are alike and one is missing, that is one that is meant.
   *
   * @throws dev.mailbox.connect.ConnectionException if the replica knows them by other keys by now
   * @throws RejectedException if the server does not let all be looked at
   */
  Meant meant(FolderPath path, Collection<String> keys) throws WireException {
    Selected folder = session.selected().orElseThrow();
    Map<String, Long> uids = Meant.current(folder, keys);
    List<String> old = new ArrayList<>(keys);
    old.removeAll(uids.keySet());
    if (!old.isEmpty()) {
      uids.putAll(renumbered(path, old));
    }
    return new Meant(folder, keys, uids);
  }

  private Map<String, Long> renumbered(FolderPath path, List<String> keys) throws WireException {
    Map<String, Print> wanted = prints(path, keys);
    if (wanted.size() < keys.size()) {
      throw Failures.renumbered(session.connection());
    }
    long uidValidity = session.selected().orElseThrow().uidValidity();
    UidSet known = known(path, uidValidity, entry -> entry.state() != EntryState.LEFT);
    Fingerprints there =
        Fingerprints.among(
            session,
            Fingerprints.Range.of(UidSet.range(1, UidSet.LARGEST).minus(known), wanted.values()),
            session.capabilities().marksCount());
    reserve(path, uidValidity, wanted, there);
    return there.take(wanted);
  }

  /** Those with old numbers that are not meant come first. */
  private void reserve(
      FolderPath path, long uidValidity, Map<String, Print> wanted, Fingerprints there) {
    Set<Print> alike = new HashSet<>(wanted.values());
    prints(
            path,
            entry ->
                !UidKeys.isCurrent(entry.key(), uidValidity)
                    && entry.state() != EntryState.LEFT
                    && !wanted.containsKey(entry.key()))
        .values()
        .stream()
        .filter(alike::contains)
        .forEach(there::take);
  }

  /**
   * What came into a folder.
   *
   * @param keys the keys of those that were found, by what their prints are called
   * @param none whether nothing at all has come
   */
  record Arrived(Map<String, String> keys, boolean none) {}

  /**
   * Looks for what an action has put into the folder that the session is in: among what the replica
   * did not know when it was sent.
   *
   * @param prints what it looks like; the first are the likeliest
   * @param taken keys of what is known to be something else
   * @throws RejectedException if the server does not let all be looked at, or if what is there may
   *     have been there before
   */
  Arrived arrived(FolderPath path, Map<String, Print> prints, Collection<String> taken)
      throws WireException {
    long uidValidity = session.selected().orElseThrow().uidValidity();
    boolean sameNumbers = floor.isOf(uidValidity);
    if (!sameNumbers && !Anchor.parse(replica.folder(path).anchor()).isComplete()) {
      throw new RejectedException(
          Reason.IMPOSSIBLE, "what is in the folder may have been there before", null, List.of());
    }
    UidSet known = known(path, uidValidity, entry -> true).union(UidKeys.uids(taken, uidValidity));
    UidSet range = UidSet.range(sameNumbers ? floor.uid() : 1, UidSet.LARGEST).minus(known);
    Fingerprints there =
        Fingerprints.among(
            session,
            Fingerprints.Range.of(range, prints.values()),
            session.capabilities().marksCount());
    if (!sameNumbers) {
      reserve(path, uidValidity, prints, there);
    }
    Map<String, String> keys = new LinkedHashMap<>();
    there.take(prints).forEach((name, uid) -> keys.put(name, UidKeys.key(uidValidity, uid)));
    return new Arrived(keys, there.none());
  }

  private UidSet known(FolderPath path, long uidValidity, Predicate<RemoteEntry> which) {
    UidSet.Builder known = UidSet.builder();
    replica.entries(
        path,
        entry -> {
          if (UidKeys.isCurrent(entry.key(), uidValidity) && which.test(entry)) {
            known.add(UidKeys.uid(entry.key()));
          }
        });
    return known.build();
  }
}
