// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.Slice;
import dev.mailbox.wire.WireException;

/** UIDL (RFC 1939 section 7): an id for each message that lasts from session to session. */
final class Uidl implements Exchange {
  private static final Command COMMAND = Command.named("UIDL").build();

  private final ListingBuilder listing;

  Uidl(ListingBuilder listing) {
    this.listing = listing;
  }

  @Override
  public Command command() {
    return COMMAND;
  }

  @Override
  public long expectedBytes() {
    return 0;
  }

  @Override
  public void reply(Status status, Pop3Session session) throws WireException {
    if (status.isOk()) {
      listing.uidlsKnown();
      listing.begin();
      session.eachLine(this::line);
    }
  }

  private void line(Slice line) {
    listing.line();
    int space = line.indexOf((byte) ' ', 0);
    int number = space < 0 ? 0 : (int) Decimal.read(line, 0, space, Integer.MAX_VALUE);
    if (number <= 0) {
      listing.ignoredLine();
      return;
    }
    int from = space;
    int to = line.length();
    while (from < to && line.at(from) == ' ') {
      from++;
    }
    while (to > from && line.at(to - 1) == ' ') {
      to--;
    }
    listing.uidl(number, line, from, to);
  }
}
