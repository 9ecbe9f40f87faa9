// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;

/** CAPA (RFC 2449 section 5): what the server can do. */
final class Capa {
  private static final Command COMMAND = Command.named("CAPA").build();

  private Capa() {}

  static Capabilities ask(Pop3Session session) throws WireException {
    if (!session.ask(COMMAND).isOk()) {
      return Capabilities.UNKNOWN;
    }
    var reader = new Capabilities.Reader();
    session.eachLine(reader::line);
    return reader.done();
  }
}
