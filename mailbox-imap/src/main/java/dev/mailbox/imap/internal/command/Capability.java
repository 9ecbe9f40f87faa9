// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** CAPABILITY (RFC 9051 section 6.1.1). */
public final class Capability {
  private Capability() {}

  /** Asks, unless the server has said so by itself. */
  public static void ensure(ImapSession session) throws WireException {
    if (!session.capabilities().known()) {
      ask(session);
    }
  }

  /**
   * Asks after a login, unless the server has said by itself that it can expunge single messages.
   * Nearly all can: a list without that may be one from before the login, or cut short by what
   * stands in between, and to believe it would leave what is moved behind as marked only.
   */
  public static void confirm(ImapSession session) throws WireException {
    if (!session.capabilities().uidPlus()) {
      ask(session);
    }
  }

  private static void ask(ImapSession session) throws WireException {
    session.run(new Plain(Plain.line("CAPABILITY"), status -> {}));
  }
}
