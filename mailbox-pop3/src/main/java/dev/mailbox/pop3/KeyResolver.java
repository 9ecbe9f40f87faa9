// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds keys for messages whose UIDL is none or not theirs alone: the hash of the header, and the
 * size. It takes a TOP for each, or, where there is no TOP, a RETR, of which the header is kept. A
 * message that the server gives neither of, or that is too large, has no key, and is left alone.
 */
final class KeyResolver {
  private final TopProbe tops;
  private final long mostBytes;
  private final Runnable checkCancelled;

  /**
   * A resolver for one session.
   *
   * @param mostBytes the largest message that is retrieved
   */
  KeyResolver(TopProbe tops, long mostBytes, Runnable checkCancelled) {
    this.tops = tops;
    this.mostBytes = mostBytes;
    this.checkCancelled = checkCancelled;
  }

  /** Gives keys to all ambiguous messages of a listing. */
  void resolve(Listing listing) throws WireException {
    List<Integer> refused = new ArrayList<>();
    for (int index : listing.ambiguous()) {
      if (listing.hasKey(index)) {
        continue;
      }
      checkCancelled.run();
      if (tops.isPossible()) {
        tops.submit(
            listing.number(index), probe(listing, index), new ByTop(listing, index, refused));
      } else {
        refused.add(index);
      }
    }
    tops.pipeline().drain();
    for (int index : refused) {
      checkCancelled.run();
      retrieve(listing, index);
    }
    tops.pipeline().drain();
  }

  private void retrieve(Listing listing, int index) throws WireException {
    long size = listing.size(index);
    if (size > mostBytes) {
      listing.tooLarge(index);
    } else {
      int number = listing.number(index);
      tops.pipeline().submit(new Retr(number, size, mostBytes, new ByRetr(listing, index)));
    }
  }

  private static RemoteMessage probe(Listing listing, int index) {
    return new RemoteMessage("?", listing.size(index), true, Set.of(), Optional.empty());
  }

  private static void name(Listing listing, int index, Receipt receipt) {
    listing.key(index, Keys.ofHash(listing.size(index), receipt.headerHash()));
  }

  private record ByTop(Listing listing, int index, List<Integer> refusals)
      implements TopProbe.Receiver {
    @Override
    public void refused(Status status) {
      refusals.add(index);
    }

    @Override
    public void received(MessageSink sink, Receipt receipt) {
      name(listing, index, receipt);
    }
  }

  private final class ByRetr implements MessageReceiver {
    private final Listing listing;
    private final int index;

    ByRetr(Listing listing, int index) {
      this.listing = listing;
      this.index = index;
    }

    @Override
    public void refused(Status status) {}

    @Override
    public MessageSink open() {
      return new HeaderSink(tops.sink(probe(listing, index)), Top.LIMIT);
    }

    @Override
    public void received(MessageSink sink, DotReader reply) {
      if (reply.isOverLimit()) {
        listing.tooLarge(index);
      } else {
        name(listing, index, sink.receipt());
      }
    }
  }
}
