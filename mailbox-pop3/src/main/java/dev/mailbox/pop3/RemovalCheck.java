// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.pop3.Plan.Step;
import dev.mailbox.pop3.Removals.Removed;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.wire.WireException;
import java.util.Arrays;

/**
 * Looks, before a message is deleted that was not retrieved in this session, whether it is the one
 * that is here: its size is in its key, and its header must have the hash that is remembered. If
 * not, or if the server cannot say, the message is retrieved again, for it may be a new one.
 */
final class RemovalCheck {
  private final SyncWork work;
  private final TopProbe tops;

  RemovalCheck(SyncWork work, TopProbe tops) {
    this.work = work;
    this.tops = tops;
  }

  void run() throws WireException {
    for (int i = 0; i < work.listing().count() && !work.removals().mustStop(); i++) {
      RemoteEntry entry = work.plan().entry(i);
      if (work.plan().step(i) == Step.REMOVE && entry != null) {
        work.step();
        check(i, entry);
      }
    }
    work.pipeline().drain();
  }

  private void check(int index, RemoteEntry entry) throws WireException {
    boolean requested = entry.state() == EntryState.REMOVE;
    if (work.listing().isWeak(index) && requested) {
      // The key is the header's hash, which was asked for in this session.
      matches(index, entry);
    } else if (work.listing().isWeak(index) || !tops.isPossible()) {
      work.plan().retrieveAgain(index);
    } else {
      int number = work.listing().number(index);
      tops.submit(number, work.message(index, true), new Compare(index, entry));
    }
  }

  private void matches(int index, RemoteEntry entry) {
    boolean requested = entry.state() == EntryState.REMOVE;
    work.plan().step(index, Step.NONE);
    if (!requested && work.policy().removesNothing()) {
      work.keep(index, entry.headerHash());
      return;
    }
    work.removals().due(new Removed(index, entry.headerHash(), requested));
  }

  private final class Compare implements TopProbe.Receiver {
    private final int index;
    private final RemoteEntry entry;

    Compare(int index, RemoteEntry entry) {
      this.index = index;
      this.entry = entry;
    }

    @Override
    public void refused(Status status) {
      work.plan().retrieveAgain(index);
    }

    @Override
    public void received(MessageSink sink, Receipt receipt) {
      if (Arrays.equals(receipt.headerHash(), entry.headerHash())) {
        matches(index, entry);
      } else {
        work.plan().retrieveAgain(index);
      }
    }
  }
}
