// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** LOGIN (RFC 9051 section 6.2.3). */
public final class Login {
  private Login() {}

  /** Logs in with a name and a password. */
  public static Status login(ImapSession session, String user, String password)
      throws WireException {
    session.forgetCapabilities();
    return session.run(
        new Plain(
            Plain.line("LOGIN", b -> b.string("user", user).secretString("password", password)),
            status -> {}));
  }
}
