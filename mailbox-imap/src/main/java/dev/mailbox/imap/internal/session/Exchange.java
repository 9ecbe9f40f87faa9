// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.ResponseReader;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;
import java.util.Optional;

/** A command and what is done with the responses to it. */
public interface Exchange {
  /** The command under that tag; made once. */
  Command command(String tag, Literals literals);

  /** About how many bytes the responses will have. */
  default long expectedBytes() {
    return 256;
  }

  /** Who takes FETCH responses while this is under way. */
  default Optional<FetchHandler> fetches() {
    return Optional.empty();
  }

  /**
   * Takes an untagged response that is not about a message.
   *
   * @param name its name in capitals
   * @param in stands behind the name; all of it must be read if it is taken
   * @return whether it was taken; if not, nothing of it was read
   */
  default boolean untagged(String name, ResponseReader in) throws WireException {
    return false;
  }

  /** Sees an untagged status response, such as one with a COPYUID code. */
  default void noted(Status status) {}

  /** Takes the tagged status with which the command ends. */
  void done(Status status) throws WireException;
}
