// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/**
 * CREATE, RENAME, DELETE, SUBSCRIBE and UNSUBSCRIBE (RFC 9051 sections 6.3.4 to 6.3.8). A folder is
 * subscribed to when it is made, since some programs show only those.
 */
public final class Folders {
  private Folders() {}

  /** Makes a folder. */
  public static Status create(ImapSession session, String folder) throws WireException {
    Status status = run(session, "CREATE", folder);
    if (status.isOk()) {
      run(session, "SUBSCRIBE", folder);
    }
    return status;
  }

  /** Renames a folder and those below it. */
  public static Status rename(ImapSession session, String folder, String to) throws WireException {
    Status status =
        session.run(
            new Plain(
                Plain.line("RENAME", b -> b.string("folder", folder).string("target", to)),
                s -> {}));
    if (status.isOk()) {
      run(session, "UNSUBSCRIBE", folder);
      run(session, "SUBSCRIBE", to);
    }
    return status;
  }

  /** Deletes a folder with its messages. */
  public static Status delete(ImapSession session, String folder) throws WireException {
    Status status = run(session, "DELETE", folder);
    if (status.isOk()) {
      run(session, "UNSUBSCRIBE", folder);
    }
    return status;
  }

  private static Status run(ImapSession session, String keyword, String folder)
      throws WireException {
    return session.run(new Plain(Plain.line(keyword, b -> b.string("folder", folder)), s -> {}));
  }
}
