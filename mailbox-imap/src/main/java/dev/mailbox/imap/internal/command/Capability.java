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
      session.run(new Plain(Plain.line("CAPABILITY"), status -> {}));
    }
  }
}
