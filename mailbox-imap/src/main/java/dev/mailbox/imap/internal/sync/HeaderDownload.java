// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.Reason;
import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import dev.mailbox.wire.WireException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Downloads headers, newest first. A message whose header is that of one known by an old number is
 * that one.
 */
final class HeaderDownload implements SectionReceiver.Target {
  private static final int BATCH = 100;
  private static final int SET_CHARS = 1000;
  private static final int HEADER_BYTES = 4096;
  private static final int MOST_HEADER = 4 << 20;

  /** The marks of messages. */
  static final int WANTED = 1;

  static final int CAME = 2;

  /** It was known under another number, and has its body. */
  static final int RECOGNIZED = 3;

  /** It is not asked for, because the message is to come whole. */
  static final int SKIPPED = 4;

  private static final int TOO_LARGE = 5;

  private final FolderWork work;
  private final Messages messages;
  private final Strangers strangers;
  private final SectionReceiver receiver = new SectionReceiver(this);
  private @Nullable Status refusal;
  private boolean suspected;

  /** For messages, of which those that are marked as wanted are downloaded. */
  HeaderDownload(FolderWork work, Messages messages, Strangers strangers) {
    this.work = work;
    this.messages = messages;
    this.strangers = strangers;
  }

  /**
   * Runs it.
   *
   * @return whether the header of each message has been looked at that the server still has
   */
  boolean run() throws WireException {
    try {
      batches(BATCH);
      work.session().drain();
      if (refusal != null) {
        // One message that the server cannot give must not keep the others back.
        batches(1);
        work.session().drain();
      }
    } finally {
      receiver.abort();
    }
    suspects();
    UidSet withheld = work.stillThere(messages.marked(WANTED));
    withheld.forEach(this::missing);
    return withheld.isEmpty() && messages.marked(TOO_LARGE).isEmpty();
  }

  private boolean isAside(long uid) {
    boolean suspect = !suspected && work.breaks().isSuspect(uid);
    return suspect || work.breaks().isLeftOut(uid, false);
  }

  /** Those at which the session may break. */
  private void suspects() throws WireException {
    suspected = true;
    UidSet.Builder wanted = UidSet.builder();
    messages
        .marked(WANTED)
        .forEach(
            uid -> {
              if (work.breaks().isSuspect(uid) && !isAside(uid)) {
                wanted.add(uid);
              }
            });
    Status before = refusal;
    refusal = null;
    try {
      for (UidSet group : work.breaks().groups(wanted.build())) {
        ask(group);
        work.session().drain();
      }
      if (refusal != null) {
        batches(1);
        work.session().drain();
      } else {
        refusal = before;
      }
    } finally {
      receiver.abort();
    }
  }

  private void missing(long uid) {
    if (work.breaks().isLeftOut(uid, false)) {
      work.missing(uid, Reason.DISCONNECTED, "the session breaks when its header is asked for");
      work.progress(0);
      return;
    }
    Status no = refusal;
    work.missing(
        uid,
        no == null ? Reason.PROTOCOL_VIOLATION : Failures.reason(no, Reason.REFUSED_BY_SERVER),
        "the server does not give the header" + (no == null ? "" : ": " + no.shown()));
    work.progress(0);
  }

  private void batches(int size) throws WireException {
    UidSet.Builder batch = UidSet.builder();
    int count = 0;
    for (int i = messages.count() - 1; i >= 0; i--) {
      if (messages.mark(i) == WANTED && !isAside(messages.uid(i))) {
        batch.add(messages.uid(i));
        count++;
      }
      if (count == size || (i == 0 && count > 0)) {
        for (UidSet piece : batch.build().chunks(size, SET_CHARS)) {
          ask(piece);
        }
        batch = UidSet.builder();
        count = 0;
      }
    }
  }

  private void ask(UidSet uids) throws WireException {
    work.step();
    boolean single = uids.size() == 1;
    if (single) {
      work.session().drain();
    }
    receiver.alone(single ? uids.min() : 0);
    work.breaks().asked(uids, false);
    work.session()
        .submit(
            new Fetch(
                uids.toString(),
                Fetch.HEADER,
                uids.size() * HEADER_BYTES,
                receiver,
                status -> ended(uids, status)));
    if (single) {
      work.session().drain();
      receiver.alone(0);
    }
  }

  private void ended(UidSet uids, Status status) {
    work.breaks().answered(uids);
    if (!status.isOk()) {
      refusal = status;
    }
  }

  @Override
  public boolean wants(long uid) {
    int index = messages.find(uid);
    return index >= 0 && messages.mark(index) == WANTED;
  }

  @Override
  public @Nullable MessageSink open(long uid, long size) {
    int index = messages.find(uid);
    if (size > MOST_HEADER) {
      // It may be one that is here already, so that its body must not come as another message.
      messages.mark(index, strangers.isEmpty() ? CAME : TOO_LARGE);
      work.missing(uid, Reason.LIMIT_EXCEEDED, "the header has " + size + " bytes");
      work.progress(0);
      return null;
    }
    return work.batch().message(work.message(messages, index, true));
  }

  @Override
  public void came(long uid, MessageSink sink, long bytes) {
    int index = messages.find(uid);
    Receipt receipt = sink.receipt();
    Optional<String> before = strangers.recognize(receipt.headerHash(), messages.size(index));
    if (before.isPresent()) {
      sink.abort();
      work.batch().rekey(before.get(), work.key(uid));
      work.batch().flags(work.key(uid), work.flags().get(messages.flags(index)).flags());
      work.commits().changed();
      messages.mark(index, RECOGNIZED);
    } else {
      sink.complete();
      messages.mark(index, CAME);
      if (work.policy().wantsBody(messages.arrival(index), messages.size(index))) {
        // It is done when its body has come.
        work.commits().headerAhead(bytes);
        work.moved(bytes);
        return;
      }
      work.commits().header(bytes);
    }
    work.progress(bytes);
  }
}
