// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.imap;

import dev.mailbox.testkit.internal.store.Refusal;

/** EXPUNGE and UID EXPUNGE (RFC 3501, section 6.4.3; RFC 4315, section 2.1). */
final class ExpungeCommand {
  private ExpungeCommand() {}

  static String all(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    arguments.end();
    session.writable().folder().removeIf(m -> m.has("\\Deleted"));
    return "expunged";
  }

  static String uids(SessionState session, Arguments arguments, ImapReply reply) throws Refusal {
    SequenceSet set = arguments.set();
    arguments.end();
    FolderView view = session.writable();
    long last = view.lastUid();
    view.folder().removeIf(m -> m.has("\\Deleted") && set.contains(m.uid(), last));
    return "expunged";
  }
}
