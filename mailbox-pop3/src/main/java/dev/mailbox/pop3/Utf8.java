// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;

/**
 * UTF8 (RFC 6856 section 2): from here on the server gives internationalized messages as they are,
 * and not a surrogate of them, or none.
 */
final class Utf8 {
  private static final Command COMMAND = Command.named("UTF8").build();

  private Utf8() {}

  /** Asks for it before the login, where it is offered; a server that refuses goes on without. */
  static void ask(Pop3Session session) throws WireException {
    if (session.capabilities().offers("UTF8")) {
      Status unused = session.ask(COMMAND);
    }
  }
}
