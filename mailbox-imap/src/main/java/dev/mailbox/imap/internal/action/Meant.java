// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.Reason;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.spi.ActionResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The messages that an action means, by the UIDs that they have in the folder that the session is
 * in. These are of use until the session leaves it. Immutable.
 */
final class Meant {
  /** How many messages one command names at most. */
  private static final int MOST_UIDS = 1000;

  private static final int SET_CHARS = 1000;

  private static final ActionResult.Refused LOST =
      new ActionResult.Refused(
          Reason.NOT_FOUND,
          "the server has given the messages of the folder other numbers (UIDVALIDITY), and has"
              + " none like this one");

  private final Selected folder;
  private final Map<String, Long> uids;
  private final Map<Long, String> keys = new HashMap<>();
  private final Map<String, ActionResult.Refused> lost = new HashMap<>();

  /** Of these keys, those that have UIDs. */
  Meant(Selected folder, Collection<String> all, Map<String, Long> uids) {
    this.folder = folder;
    this.uids = Map.copyOf(uids);
    uids.forEach((key, uid) -> keys.put(uid, key));
    all.stream().filter(key -> !uids.containsKey(key)).forEach(key -> lost.put(key, LOST));
  }

  /** Those whose keys have the UIDs of that folder in them. */
  static Map<String, Long> current(Selected folder, Collection<String> keys) {
    Map<String, Long> uids = new LinkedHashMap<>();
    for (String key : keys) {
      if (UidKeys.isCurrent(key, folder.uidValidity())) {
        uids.put(key, UidKeys.uid(key));
      }
    }
    return uids;
  }

  Selected folder() {
    return folder;
  }

  UidSet uids() {
    UidSet.Builder all = UidSet.builder();
    uids.values().forEach(all::add);
    return all.build();
  }

  /** Sets that fit into a command. */
  Iterable<UidSet> pieces() {
    return uids().chunks(MOST_UIDS, SET_CHARS);
  }

  Optional<Long> uid(String key) {
    return Optional.ofNullable(uids.get(key));
  }

  /** The key of one of its UIDs. */
  String key(long uid) {
    String key = keys.get(uid);
    if (key == null) {
      throw new IllegalArgumentException("UID " + uid + " was not meant");
    }
    return key;
  }

  /** Those that the folder does not have, or has under numbers that do not tell them again. */
  Map<String, ActionResult.Refused> lost() {
    return lost;
  }
}
