// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** NOOP (RFC 9051 section 6.1.2): a look at what is new. */
public final class Noop {
  private Noop() {}

  /** Asks, and waits for the answer. */
  public static Status ask(ImapSession session) throws WireException {
    return session.run(new Plain(Plain.line("NOOP"), status -> {}));
  }

  /**
   * Asks without waiting, ahead of a command about UIDs that came after the session last looked: a
   * server does not know them in a session before it has told of them.
   */
  public static void ahead(ImapSession session) throws WireException {
    session.submit(new Plain(Plain.line("NOOP"), status -> {}));
  }
}
