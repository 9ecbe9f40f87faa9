// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.WireException;

/** STARTTLS (RFC 9051 section 6.2.1): TLS from here on. */
public final class StartTls {
  private StartTls() {}

  /** Asks for it; when the answer is yes, TLS is on when this returns, and nothing is believed. */
  public static Status ask(ImapSession session) throws WireException {
    Status status = session.run(new Plain(Plain.line("STARTTLS"), s -> {}));
    if (status.isOk()) {
      session.connection().startTls();
      session.forgetCapabilities();
    }
    return status;
  }
}
