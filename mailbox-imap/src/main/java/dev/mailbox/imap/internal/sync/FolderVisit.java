// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.command.Entering;
import dev.mailbox.imap.internal.command.Noop;
import dev.mailbox.imap.internal.command.Select;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.wire.WireException;
import java.util.Optional;

/** Lets a session into a folder, without a round trip where it is in it already. */
public final class FolderVisit {
  private FolderVisit() {}

  /**
   * Enters it to look at it. A session that is in it may not have been told of what is new, and is
   * told with the next command.
   *
   * @throws dev.mailbox.MailboxException if the server refuses
   */
  public static Selected look(ImapSession session, String name) throws WireException {
    return enter(session, name, true);
  }

  /**
   * Enters it to change it.
   *
   * @throws dev.mailbox.MailboxException if the server refuses, or lets it only be looked at
   */
  public static Selected change(ImapSession session, String name) throws WireException {
    Selected folder = enter(session, name, false);
    if (folder.readOnly()) {
      throw Failures.readOnly(session.connection(), name);
    }
    return folder;
  }

  private static Selected enter(ImapSession session, String name, boolean readOnly)
      throws WireException {
    Optional<Selected> present =
        session
            .selected()
            .filter(folder -> folder.name().equals(name) && (readOnly || !folder.readOnly()));
    if (present.isPresent()) {
      Noop.ahead(session);
      return present.get();
    }
    return anew(session, name, readOnly);
  }

  /**
   * Enters it although the session may be in it.
   *
   * @throws dev.mailbox.MailboxException if the server refuses
   */
  public static Selected anew(ImapSession session, String name, boolean readOnly)
      throws WireException {
    Status status = readOnly ? Select.examine(session, name) : Select.select(session, name);
    if (!status.isOk()) {
      throw Entering.refused(session, name, status);
    }
    return session.selected().orElseThrow();
  }
}
