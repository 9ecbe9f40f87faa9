// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;

/** USER and PASS (RFC 1939 section 7), in two steps because servers need not take them in one. */
final class UserPass {
  private UserPass() {}

  static Status login(Pop3Session session, String user, String password) throws WireException {
    Command first = Command.named("USER").word("user name", user).build();
    Command second = Command.named("PASS").secret("password", password).build();
    Status status = session.ask(first);
    return status.isOk() ? session.ask(second) : status;
  }
}
