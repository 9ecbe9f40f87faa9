// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.pop3.Plan.Step;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import dev.mailbox.wire.WireException;

/**
 * Downloads headers, newest first, and decides with each whether its message is in scope, and
 * whether its body comes too. Without TOP, whole messages take their place.
 */
final class HeaderDownload {
  private final SyncWork work;
  private final TopProbe tops;

  HeaderDownload(SyncWork work, TopProbe tops) {
    this.work = work;
    this.tops = tops;
  }

  void run() throws WireException {
    for (int i = work.listing().count() - 1; i >= 0; i--) {
      if (work.plan().step(i) == Step.HEADER) {
        ask(i);
      }
    }
    work.pipeline().drain();
  }

  private void ask(int index) throws WireException {
    if (tops.isPossible()) {
      if (work.isAsked()) {
        work.pipeline().drain();
        work.giveWay();
      }
      work.step();
      int number = work.listing().number(index);
      tops.submit(number, work.message(index, true), new Arrived(index));
    } else {
      instead(index);
    }
  }

  private void instead(int index) {
    work.plan().step(index, Step.BODY);
    if (!tops.isPossible()) {
      work.report().note("the server has no TOP: messages were downloaded whole");
    }
  }

  private final class Arrived implements TopProbe.Receiver {
    private final int index;

    Arrived(int index) {
      this.index = index;
    }

    @Override
    public void refused(Status status) {
      instead(index);
    }

    @Override
    public void received(MessageSink sink, Receipt receipt) {
      Policy policy = work.policy();
      boolean isHere = work.plan().entry(index) != null;
      work.plan().step(index, Step.NONE);
      if (!isHere && policy.isTooOld(receipt.receivedAt())) {
        work.leave(index, receipt.headerHash());
      } else if (policy.wantsBody(receipt.receivedAt())) {
        work.plan().step(index, Step.BODY);
        return;
      } else if (!isHere) {
        sink.complete();
        work.commits().header(receipt.sizeInBytes());
      }
      work.progress(receipt.sizeInBytes());
    }
  }
}
