// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;
import dev.mailbox.testkit.internal.store.StoredFolder;
import dev.mailbox.testkit.internal.store.StoredMessage;
import java.util.List;

/** EXPUNGE and UID EXPUNGE (RFC 3501, section 6.4.3; RFC 4315, section 2.1). */
final class ExpungeCommand {
  private ExpungeCommand() {}

  static String all(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    StoredFolder folder = session.writable().folder();
    List<StoredMessage> gone = session.account().expunge(folder, m -> m.has("\\Deleted"));
    return done(session, folder, gone);
  }

  static String uids(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    SequenceSet set = arguments.set();
    arguments.end();
    FolderView view = session.writable();
    long last = view.lastUid();
    List<StoredMessage> gone =
        session
            .account()
            .expunge(view.folder(), m -> m.has("\\Deleted") && set.contains(m.uid(), last));
    return done(session, view.folder(), gone);
  }

  /** RFC 7162, section 3.2.7: a client that resynchronizes is told up to where it now knows. */
  private static String done(SessionState session, StoredFolder folder, List<StoredMessage> gone) {
    return session.isEnabled(SessionState.Enabled.QRESYNC) && !gone.isEmpty()
        ? "[HIGHESTMODSEQ " + folder.highestModSeq() + "] expunged"
        : "expunged";
  }
}
