// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;
import java.util.function.Consumer;

/**
 * UID EXPUNGE (RFC 4315). There is no EXPUNGE here: it would remove what others have marked as
 * deleted.
 */
public final class Expunge {
  private Expunge() {}

  /** Removes those of these messages that are marked as deleted, without waiting. */
  public static void uids(ImapSession session, String uids, Consumer<Status> done)
      throws WireException {
    session.submit(new Plain(Plain.uidLine("EXPUNGE", b -> b.set("uids", uids)), done));
  }
}
