// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.Fingerprints;
import dev.mailbox.imap.internal.sync.Fingerprints.Print;
import dev.mailbox.spi.Replica;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Knows messages of the server again that the replica knows by numbers of another UIDVALIDITY, or
 * by none: by the hash of their header and by their size, one to one, among those of a folder that
 * the replica does not know by their present numbers. For one thread.
 */
final class Recognition {
  private final ImapSession session;
  private final Replica replica;

  Recognition(ImapSession session, Replica replica) {
    this.session = session;
    this.replica = replica;
  }

  /**
   * What messages look like that the replica knows by these keys; of those whose header it has not
   * seen the print is none.
   */
  Map<String, Print> prints(FolderPath path, Collection<String> keys) {
    Set<String> wanted = new HashSet<>(keys);
    Map<String, Print> prints = new HashMap<>();
    replica.entries(
        path,
        entry -> {
          if (wanted.contains(entry.key())) {
            prints.put(entry.key(), Print.of(entry.headerHash(), entry.listedSize()));
          }
        });
    return prints;
  }

  /**
   * Finds messages in the folder that the session is in.
   *
   * @return the UIDs of those that were found, by what the prints are called
   */
  Map<String, Long> find(FolderPath path, Map<String, Print> prints) throws WireException {
    Map<String, Print> wanted = new HashMap<>(prints);
    wanted.values().removeIf(Print::isNone);
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Set<Long> sizes = wanted.values().stream().map(Print::size).collect(Collectors.toSet());
    Fingerprints there = Fingerprints.unknown(session, known(path), sizes);
    Map<String, Long> found = new HashMap<>();
    wanted.forEach((name, print) -> there.take(print).ifPresent(uid -> found.put(name, uid)));
    return found;
  }

  private UidSet known(FolderPath path) {
    long uidValidity = session.selected().orElseThrow().uidValidity();
    UidSet.Builder known = UidSet.builder();
    replica.entries(
        path,
        entry -> {
          if (UidKeys.isCurrent(entry.key(), uidValidity)) {
            known.add(UidKeys.uid(entry.key()));
          }
        });
    return known.build();
  }

  /**
   * The messages that are meant, in the folder that the session is in, whatever numbers the replica
   * knows them by.
   *
   * @throws dev.mailbox.connect.ConnectionException if the replica knows them by other keys by now
   */
  Meant meant(FolderPath path, Collection<String> keys) throws WireException {
    Selected folder = session.selected().orElseThrow();
    Map<String, Long> uids = Meant.current(folder, keys);
    List<String> old = new ArrayList<>(keys);
    old.removeAll(uids.keySet());
    if (!old.isEmpty()) {
      Map<String, Print> prints = prints(path, old);
      if (!prints.keySet().containsAll(old)) {
        throw Failures.renumbered(session.connection());
      }
      uids.putAll(find(path, prints));
    }
    return new Meant(folder, keys, uids);
  }
}
