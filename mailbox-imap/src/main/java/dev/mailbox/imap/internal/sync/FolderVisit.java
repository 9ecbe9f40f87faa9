// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.command.Entering;
import dev.mailbox.imap.internal.command.Noop;
import dev.mailbox.imap.internal.command.Select;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.imap.internal.session.Selected;
import dev.mailbox.wire.WireException;
import java.util.Optional;

/** Lets a session look into a folder, without a round trip where it is in it already. */
final class FolderVisit {
  private FolderVisit() {}

  /**
   * Enters it. A session that is in it may not have been told of what is new, and is told with the
   * next command.
   *
   * @throws dev.mailbox.MailboxException if the server refuses
   */
  static Selected enter(ImapSession session, String name) throws WireException {
    Optional<Selected> present = session.selected().filter(f -> f.name().equals(name));
    if (present.isPresent()) {
      Noop.ahead(session);
      return present.get();
    }
    Status status = Select.examine(session, name);
    if (!status.isOk()) {
      throw Entering.refused(session, name, status);
    }
    return session.selected().orElseThrow();
  }
}
