// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.action;

import dev.mailbox.FolderPath;
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

  /** Takes a look before the action. */
  static NewKeys before(Workplace at, FolderPath target) throws WireException {
    boolean told = at.session().capabilities().uidPlus();
    return new NewKeys(at, target, told ? 0 : FolderStatus.uidNext(at.session(), at.name(target)));
  }

  /** Whether nothing has to be looked for, or nothing can be found. */
  boolean isNeedless() {
    return uidNext == 0;
  }

  /** What messages look like, by their keys, in the folder that the session is in. */
  Map<String, Fingerprints.Print> prints(Selected folder, Iterable<UidSet> uids)
      throws WireException {
    return isNeedless() ? Map.of() : Fingerprints.byKey(at.session(), folder.uidValidity(), uids);
  }

  /** The new keys of these messages, by their old ones; the session is in the target then. */
  Map<String, String> after(Map<String, Fingerprints.Print> prints) throws WireException {
    Map<String, String> found = new HashMap<>();
    if (!isNeedless()) {
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
