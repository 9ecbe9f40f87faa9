// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.WireException;

/** A command and what is done with its reply: what a {@link Pipeline} carries. */
interface Exchange {
  /** The command; made once. */
  Command command();

  /** About how many bytes the reply will have. */
  long expectedBytes();

  /** Takes the reply, of which the status line is read, and reads all the rest of it. */
  void reply(Status status, Pop3Session session) throws WireException;
}
