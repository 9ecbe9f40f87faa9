// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.command;

import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.session.Exchange;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.Command;
import dev.mailbox.wire.Literals;
import dev.mailbox.wire.WireException;
import java.util.Optional;

/** FETCH by message number, right behind EXAMINE, where numbers mean something. */
public final class FetchNumbers implements Exchange {
  private final long number;
  private long uid;

  private FetchNumbers(long number) {
    this.number = number;
  }

  /** The UID of the message with that number, or 0 if the server does not tell. */
  public static long uidOf(ImapSession session, long number) throws WireException {
    FetchNumbers fetch = new FetchNumbers(number);
    session.run(fetch);
    return fetch.uid;
  }

  @Override
  public Command command(String tag, Literals literals) {
    return Command.tagged(tag, "FETCH", literals).number(number).open().item("UID").close().build();
  }

  @Override
  public Optional<FetchHandler> fetches() {
    return Optional.of(
        data -> {
          if (data.sequence() == number) {
            uid = data.uid();
          }
        });
  }

  @Override
  public void done(Status status) {}
}
