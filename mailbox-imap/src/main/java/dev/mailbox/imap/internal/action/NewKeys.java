// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.command.FolderStatus;
import dev.mailbox.imap.internal.folder.UidKeys;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.imap.internal.sync.Fingerprints;
import dev.mailbox.wire.WireException;
import java.util.HashMap;
import java.util.Map;

/**
 * The keys of messages that an action put into a folder of a server that does not tell them (no RFC
 * 4315): looked for among the UIDs that came since, by header and size.
 */
final class NewKeys {
  private final Workplace at;
  private final FolderPath target;
  private final long uidNext;

  private NewKeys(Workplace at, FolderPath target, long uidNext) {
    this.at = at;
    this.target = target;
    this.uidNext = uidNext;
  }

  /**
   * Takes a look before the action.
   *
   * @param told whether the server tells them, so that there is nothing to be looked for
   */
  static NewKeys before(Workplace at, FolderPath target, boolean told) throws WireException {
    return new NewKeys(at, target, told ? 0 : FolderStatus.uidNext(at.session(), at.name(target)));
  }

  /** What messages look like, by their keys, in the folder that the session is in. */
  static Map<String, Fingerprints.Print> prints(Workplace at, Meant meant, UidSet uids)
      throws WireException {
    Map<String, Fingerprints.Print> byKey = new HashMap<>();
    Fingerprints.byUid(at.session(), Meant.pieces(uids))
        .forEach((uid, print) -> byKey.put(meant.key(uid), print));
    return byKey;
  }

  /**
   * The new keys of these messages, by their old ones, as far as the server lets them be found:
   * they have been put there already, and the next listing finds them too. The session is in the
   * target then.
   */
  Map<String, String> after(Map<String, Fingerprints.Print> prints) throws WireException {
    try {
      return find(prints);
    } catch (RejectedException | ConnectionException e) {
      if (at.session().isOpen()) {
        return Map.of();
      }
      throw e;
    }
  }

  /**
   * The same, if they must be found.
   *
   * @throws dev.mailbox.MailboxException if the server does not let them be looked for
   */
  Map<String, String> find(Map<String, Fingerprints.Print> prints) throws WireException {
    Map<String, String> found = new HashMap<>();
    if (uidNext != 0 && !prints.isEmpty()) {
      Selected folder = at.look(target);
      Fingerprints there = Fingerprints.since(at.session(), uidNext);
      prints.forEach(
          (key, print) ->
              there
                  .take(print)
                  .ifPresent(uid -> found.put(key, UidKeys.key(folder.uidValidity(), uid))));
    }
    return found;
  }
}
