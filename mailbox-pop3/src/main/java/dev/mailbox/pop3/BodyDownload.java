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
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
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
  private final BitSet avoided = new BitSet();
  private final List<String> suspects;
  private final ArrayDeque<Integer> unanswered = new ArrayDeque<>();
  private int firstDoubted = -1;
  private boolean doubtful;

  /**
   * A download.
   *
   * @param suspects the keys of the messages that come last
   */
  BodyDownload(SyncWork work, List<String> suspects) {
    this.work = work;
    this.suspects = suspects;
  }

  /**
   * The key of the message at which the session is, or of the one before it that may have brought
   * the replies out of step; empty if there is none.
   */
  String current() {
    Integer index = firstDoubted >= 0 ? Integer.valueOf(firstDoubted) : unanswered.peek();
    return index == null ? "" : work.listing().key(index);
  }

  /** The suspects that have not come. */
  List<String> remaining() {
    return suspects.stream().filter(key -> isWanted(work.listing().find(key))).toList();
  }

  private boolean isWanted(int index) {
    return index >= 0 && work.plan().step(index) == Step.BODY;
  }

  /** Leaves the suspects alone, and reports them. */
  void avoid() {
    for (String key : remaining()) {
      int index = work.listing().find(key);
      work.problem(
          index,
          Reason.PROTOCOL_VIOLATION,
          "the message could not be retrieved before, and is tried again at the next sync");
      avoided.set(index);
    }
  }

  void run() throws WireException {
    BitSet last = new BitSet();
    suspects.stream().mapToInt(work.listing()::find).filter(i -> i >= 0).forEach(last::set);
    for (int i = 0; i < work.listing().count() && !work.removals().mustStop(); i++) {
      if (!last.get(i)) {
        retrieve(i);
      }
    }
    settle();
    for (String key : suspects) {
      int index = work.listing().find(key);
      if (index >= 0) {
        retrieve(index);
        settle();
      }
    }
  }

  private void retrieve(int index) throws WireException {
    if (work.plan().step(index) == Step.BODY && !avoided.get(index)) {
      if (work.isAsked()) {
        settle();
        work.giveWay();
      }
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
    unanswered.add(index);
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
      unanswered.remove();
      if (doubtful) {
        again.add(index);
        return;
      }
      settled();
      work.problem(
          index,
          Failures.reason(status, Reason.REFUSED_BY_SERVER),
          "the server does not give the message: " + status.shown());
      work.progress(0);
    }

    @Override
    public MessageSink open() {
      return work.batch().message(work.message(index, false));
    }

    @Override
    public void received(MessageSink sink, DotReader reply) {
      unanswered.remove();
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
        firstDoubted = firstDoubted < 0 ? index : firstDoubted;
      } else if (receipt.sizeInBytes() == 0) {
        work.problem(
            index,
            Reason.PROTOCOL_VIOLATION,
            "the server gives no byte of the message, which it lists with "
                + work.listing().size(index)
                + "; it stays on the server");
        done(0);
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
      boolean stays = entry == null && work.policy().isTooOld(receipt.receivedAt());
      if (!stays) {
        work.plan().here(index);
      }
      if (entry != null && isTheOneToRemove(entry, receipt)) {
        remove(sink, entry);
      } else if (stays) {
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
        again(removed);
      }
    }

    private void again(Removed removed) {
      if (work.policy().removesNothing()) {
        work.commits().changed();
        work.report().kept(1);
      } else {
        work.commits().again(removed);
      }
    }

    private @Nullable Removed removedAtOnce(Receipt receipt) {
      return work.policy().removesAtOnce() ? new Removed(index, receipt.headerHash(), false) : null;
    }

    private void done(long bytes) {
      settled();
      work.progress(bytes);
    }

    private void settled() {
      work.plan().step(index, Step.NONE);
      firstDoubted = firstDoubted == index ? -1 : firstDoubted;
    }
  }

  private static boolean isTheOneToRemove(RemoteEntry entry, Receipt receipt) {
    return entry.state() != EntryState.HEADER
        && Arrays.equals(entry.headerHash(), receipt.headerHash());
  }
}
