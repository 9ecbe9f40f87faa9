// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;

/** STLS (RFC 2595 section 4): TLS from here on. */
final class Stls {
  private static final Command COMMAND = Command.named("STLS").build();

  private Stls() {}

  /** Asks for it; when the answer is yes, TLS is on when this returns. */
  static Status ask(Pop3Session session) throws WireException {
    Status status = session.ask(COMMAND);
    if (status.isOk()) {
      session.connection().startTls();
    }
    return status;
  }
}
