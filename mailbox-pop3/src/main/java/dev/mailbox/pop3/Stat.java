// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;
import java.util.OptionalLong;

/** STAT (RFC 1939 section 5): how many messages there are. */
final class Stat {
  private static final Command COMMAND = Command.named("STAT").build();

  private Stat() {}

  /** The number of messages; empty if the server does not tell. */
  static OptionalLong ask(Pop3Session session) throws WireException {
    Status status = session.ask(COMMAND);
    String count = status.text().strip().split(" ", 2)[0];
    return status.isOk() && count.matches("[0-9]{1,10}")
        ? OptionalLong.of(Long.parseLong(count))
        : OptionalLong.empty();
  }
}
