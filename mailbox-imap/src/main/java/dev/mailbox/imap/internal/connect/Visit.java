// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.connect;

import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** Something that is done in a session. */
@FunctionalInterface
public interface Visit<T> {
  /** Does it; no command is under way before, and none may be afterwards. */
  T to(ImapSession session) throws WireException;
}
