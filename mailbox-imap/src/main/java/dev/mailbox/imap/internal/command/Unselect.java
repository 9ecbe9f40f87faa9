// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/**
 * UNSELECT (RFC 3691): leaves a folder. Never CLOSE, which expunges what others have marked as
 * deleted; where there is no UNSELECT, looking at the inbox does.
 */
public final class Unselect {
  private Unselect() {}

  /** Leaves the folder that the session is in. */
  public static void leave(ImapSession session) throws WireException {
    if (session.selected().isEmpty()) {
      return;
    }
    if (session.capabilities().unselect()) {
      session.run(new Plain(Plain.line("UNSELECT"), status -> {}));
      session.selected(null, 0);
    } else {
      Select.examine(session, "INBOX");
    }
  }
}
