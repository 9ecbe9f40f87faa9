// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.WireException;
import java.util.Optional;

/** Asks for the listing of a maildrop: UIDL and LIST, in one go where the server takes that. */
final class ListingReader {
  private final Pop3Session session;
  private final Pipeline pipeline;

  ListingReader(Pop3Session session, Pipeline pipeline) {
    this.session = session;
    this.pipeline = pipeline;
  }

  /**
   * The listing, without its {@link Listing#index}.
   *
   * @throws dev.mailbox.MailboxException if the server refuses to list
   */
  Listing read() throws WireException {
    ListingBuilder builder = new ListingBuilder();
    pipeline.submit(new Uidl(builder));
    pipeline.submit(new ListCommand(builder));
    pipeline.drain();
    Optional<Status> refusal = builder.refusal();
    if (refusal.isPresent() && Stat.ask(session).orElse(1) != 0) {
      throw Failures.command(
          session.connection(), "the server refused to list its messages", refusal.get());
    }
    return builder.build();
  }
}
