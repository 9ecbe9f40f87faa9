// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.wire.Command;
import dev.mailbox.wire.Slice;
import dev.mailbox.wire.WireException;

/** LIST (RFC 1939 section 5): the size of each message. */
final class ListCommand implements Exchange {
  private static final Command COMMAND = Command.named("LIST").build();

  private final ListingBuilder listing;

  ListCommand(ListingBuilder listing) {
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
      listing.begin();
      session.eachLine(this::line);
    } else {
      listing.sizesRefused(status);
    }
  }

  private void line(Slice line) {
    listing.line();
    int space = line.indexOf((byte) ' ', 0);
    int number = space < 0 ? 0 : (int) Decimal.read(line, 0, space, Integer.MAX_VALUE);
    int end = space < 0 ? -1 : line.indexOf((byte) ' ', space + 1);
    long size =
        number <= 0
            ? -1
            : Decimal.read(line, space + 1, end < 0 ? line.length() : end, Long.MAX_VALUE / 8);
    if (size < 0) {
      listing.ignoredLine();
    } else {
      listing.size(number, size);
    }
  }
}
