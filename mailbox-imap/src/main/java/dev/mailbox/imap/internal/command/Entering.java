// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.MailboxException;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** Tells why a folder cannot be entered: many servers say only in words that it does not exist. */
public final class Entering {
  private Entering() {}

  /** What a refusal to enter a folder comes to. */
  public static MailboxException refused(ImapSession session, String folder, Status status)
      throws WireException {
    return Failures.command(
        session.connection(), "open the folder " + folder, explained(session, folder, status));
  }

  /** The refusal with a code, if it has none and the folder does not exist. */
  public static Status explained(ImapSession session, String folder, Status status)
      throws WireException {
    boolean gone = status.code().isEmpty() && !ListFolders.exists(session, folder);
    return gone ? new Status(status.kind(), "NONEXISTENT", "", status.text()) : status;
  }
}
