// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.Reason;
import dev.mailbox.pop3.Plan.Step;
import dev.mailbox.pop3.Removals.Removed;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.wire.WireException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Downloads whole messages, in the order of their numbers.
 *
 * <p>A message whose size is not what the server listed may be cut, or may have swallowed the reply
 * behind it, so that replies and commands no longer match. So what is on the way behind it is not
 * believed, commands wait for their replies from there on, and the message is retrieved once more:
 * equal bytes settle it.
 */
final class BodyDownload {
  private final SyncWork work;
  private final ArrayDeque<Integer> again = new ArrayDeque<>();
  private final Map<Integer, byte[]> firstHashes = new HashMap<>();
  private final String stumbled;
  private int current = -1;
  private boolean doubtful;

  /**
   * A download.
   *
   * @param stumbled the key of the message that comes last
   */
  BodyDownload(SyncWork work, String stumbled) {
    this.work = work;
    this.stumbled = stumbled;
  }

  /** The key of the message that was being received last; empty if there was none. */
  String current() {
    return current < 0 ? "" : work.listing().key(current);
  }

  void run() throws WireException {
    int last = stumbled.isEmpty() ? -1 : work.listing().find(stumbled);
    for (int i = 0; i < work.listing().count() && !work.removals().mustStop(); i++) {
      if (i != last) {
        retrieve(i);
      }
    }
    settle();
    if (last >= 0) {
      retrieve(last);
      settle();
    }
  }

  private void retrieve(int index) throws WireException {
    if (work.plan().step(index) == Step.BODY) {
      if (doubtful) {
        settle();
      }
      submit(index);
    }
  }

  private void submit(int index) throws WireException {
    work.step();
    Listing listing = work.listing();
    long size = listing.size(index);
    work.pipeline()
        .submit(
            new Retr(listing.number(index), size, work.policy().mostBytes(), new Arrived(index)));
  }

  /** Reads what is on the way, and asks again for what was not believed. */
  private void settle() throws WireException {
    work.pipeline().drain();
    while (!again.isEmpty()) {
      doubtful = false;
      work.pipeline().slowDown();
      submit(again.remove());
      work.pipeline().drain();
    }
    doubtful = false;
  }

  private final class Arrived implements MessageReceiver {
    private final int index;

    Arrived(int index) {
      this.index = index;
    }

    @Override
    public void refused(Status status) {
      if (doubtful) {
        again.add(index);
        return;
      }
      work.plan().step(index, Step.NONE);
      work.problem(
          index,
          Failures.reason(status, Reason.REFUSED_BY_SERVER),
          "the server does not give the message: " + status.shown());
      work.progress(0);
    }

    @Override
    public MessageSink open() {
      current = index;
      return work.batch().message(work.message(index, false));
    }

    @Override
    public void received(MessageSink sink, DotReader reply) {
      current = -1;
      if (doubtful) {
        again.add(index);
      } else if (reply.isOverLimit()) {
        tooLarge(reply.size());
      } else if (reply.agreesWith(work.listing().size(index))) {
        accept(sink, sink.receipt());
      } else {
        compare(sink, sink.receipt());
      }
    }

    private void tooLarge(long size) {
      String most = work.policy().mostBytes() + " that are downloaded";
      work.problem(
          index,
          Reason.LIMIT_EXCEEDED,
          "the message has " + size + " bytes, more than the " + most);
      if (work.plan().entry(index) == null) {
        work.leave(index, new byte[0]);
      }
      done(size);
    }

    private void compare(MessageSink sink, Receipt receipt) {
      byte[] before = firstHashes.get(index);
      if (before == null) {
        firstHashes.put(index, receipt.sha256());
        again.add(index);
        doubtful = true;
      } else if (Arrays.equals(before, receipt.sha256())) {
        work.report()
            .note(
                "the server lists sizes that are not those of its messages; such messages were"
                    + " retrieved twice and had equal bytes");
        accept(sink, receipt);
      } else {
        work.problem(
            index,
            Reason.PROTOCOL_VIOLATION,
            "the message was retrieved twice and had other bytes, and not the size listed");
        done(receipt.sizeInBytes());
      }
    }

    private void accept(MessageSink sink, Receipt receipt) {
      RemoteEntry entry = work.plan().entry(index);
      if (entry != null && isTheOneToRemove(entry, receipt)) {
        remove(sink, entry);
      } else if (entry == null && work.policy().isTooOld(receipt.receivedAt())) {
        work.leave(index, receipt.headerHash());
      } else {
        sink.complete();
        work.commits().body(receipt.sizeInBytes(), removedAtOnce(receipt));
      }
      done(receipt.sizeInBytes());
    }

    private void remove(MessageSink sink, RemoteEntry entry) {
      boolean requested = entry.state() == EntryState.REMOVE;
      Removed removed = new Removed(index, entry.headerHash(), requested);
      if (requested) {
        work.removals().due(removed);
      } else {
        sink.complete();
        work.commits().again(removed);
      }
    }

    private @Nullable Removed removedAtOnce(Receipt receipt) {
      return work.policy().removesAtOnce() ? new Removed(index, receipt.headerHash(), false) : null;
    }

    private void done(long bytes) {
      work.plan().step(index, Step.NONE);
      work.progress(bytes);
    }
  }

  private static boolean isTheOneToRemove(RemoteEntry entry, Receipt receipt) {
    return entry.state() != EntryState.HEADER
        && Arrays.equals(entry.headerHash(), receipt.headerHash());
  }
}
