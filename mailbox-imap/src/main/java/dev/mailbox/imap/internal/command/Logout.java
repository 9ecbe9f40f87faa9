// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** LOGOUT (RFC 9051 section 6.1.3). */
public final class Logout {
  private Logout() {}

  /** Says goodbye and closes; that the server closes first is no failure. */
  public static void leave(ImapSession session) {
    try {
      session.leaving();
      session.run(new Plain(Plain.line("LOGOUT"), status -> {}));
    } catch (WireException e) {
      // It is over either way.
    } finally {
      session.close();
    }
  }
}
