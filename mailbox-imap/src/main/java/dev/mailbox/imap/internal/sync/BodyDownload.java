// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.Reason;
import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.Failures;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.wire.WireException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Downloads whole messages, newest first: small ones many at a time, large ones piece by piece.
 *
 * <p>A message whose size is not what the server listed may be cut. It is asked for once more, and
 * equal bytes settle it; a server that is caught so a few times is known to list sizes of its own,
 * and believed from then on. A few such messages are settled before others are asked for, so that
 * what has come becomes durable.
 */
final class BodyDownload implements SectionReceiver.Target {
  /** The marks of messages. */
  static final int WANTED = 1;

  static final int CAME = 2;

  /** It did not come, which has been reported. */
  static final int GIVEN_UP = 3;

  private static final int BATCH = 100;
  private static final long BATCH_BYTES = 512 << 10;
  private static final int SET_CHARS = 1000;
  private static final long LARGE = 4L << 20;
  private static final int LIES_UNTIL_KNOWN = 3;

  private final FolderWork work;
  private final Messages messages;
  private final SectionReceiver receiver = new SectionReceiver(this);
  private final Map<Long, byte[]> firstHashes = new HashMap<>();
  private final Set<Long> askedAgain = new HashSet<>();
  private @Nullable Status refusal;
  private int lies;
  private boolean suspected;

  /** For messages, of which those that are marked as wanted are downloaded. */
  BodyDownload(FolderWork work, Messages messages) {
    this.work = work;
    this.messages = messages;
  }

  void run() throws WireException {
    try {
      large();
      batches();
      if (isBelieved()) {
        // What came before that was known.
        batches();
      }
      suspects();
      if (isSomethingLeft()) {
        // Refused, doubtful, or too large to wait for its UID.
        singly(uid -> true);
        singly(uid -> true);
      }
    } finally {
      receiver.abort();
    }
    giveUp();
  }

  /** Whether a message does not come with the others. */
  private boolean isAside(long uid) {
    return (!suspected && work.breaks().isSuspect(uid)) || work.breaks().isLeftOut(uid, true);
  }

  /** Those at which the session may break. */
  private void suspects() throws WireException {
    suspected = true;
    UidSet.Builder wanted = UidSet.builder();
    for (int i = messages.count() - 1; i >= 0; i--) {
      long uid = messages.uid(i);
      if (messages.mark(i) == WANTED && work.breaks().isSuspect(uid) && !isAside(uid)) {
        if (messages.size(i) > LARGE) {
          large(i);
        } else {
          wanted.add(uid);
        }
      }
    }
    for (UidSet group : work.breaks().groups(wanted.build())) {
      work.step();
      submit(group, 0);
      work.session().drain();
    }
  }

  /** Asks for some of those that are wanted, one by one. */
  private void singly(LongPredicate which) throws WireException {
    for (int i = messages.count() - 1; i >= 0; i--) {
      long uid = messages.uid(i);
      if (messages.mark(i) == WANTED && which.test(uid) && !isAside(uid)) {
        work.step();
        work.session().drain();
        receiver.alone(uid);
        submit(UidSet.of(uid), messages.size(i));
        work.session().drain();
        receiver.alone(0);
      }
    }
  }

  /** Whether something did not come; only of what a server refused or may have cut. */
  private boolean isSomethingLeft() {
    return refusal != null || !firstHashes.isEmpty() || receiver.wasTooLarge();
  }

  private void giveUp() throws WireException {
    work.stillThere(messages.marked(WANTED)).forEach(this::giveUp);
  }

  private void giveUp(long uid) {
    messages.mark(messages.find(uid), GIVEN_UP);
    if (work.breaks().isLeftOut(uid, true)) {
      work.problem(uid, Reason.DISCONNECTED, "the session breaks when the message is asked for");
      work.progress(0);
      return;
    }
    Status no = refusal;
    work.problem(
        uid,
        no == null ? Reason.PROTOCOL_VIOLATION : Failures.reason(no, Reason.REFUSED_BY_SERVER),
        "the server does not give the message" + (no == null ? "" : ": " + no.shown()));
    work.progress(0);
  }

  /** Why a message did not come, if the server refused. */
  Optional<Status> refusal() {
    return Optional.ofNullable(refusal);
  }

  private void large() throws WireException {
    for (int i = messages.count() - 1; i >= 0; i--) {
      if (messages.mark(i) == WANTED && messages.size(i) > LARGE && !isAside(messages.uid(i))) {
        large(i);
      }
    }
  }

  private void large(int index) throws WireException {
    UidSet uid = UidSet.of(messages.uid(index));
    work.session().drain();
    work.breaks().asked(uid, true);
    Optional<Status> no = new PieceDownload(work, messages, index, this).run();
    work.breaks().answered(uid);
    if (no.isPresent()) {
      refusal = no.get();
    }
  }

  private void batches() throws WireException {
    UidSet.Builder batch = UidSet.builder();
    int count = 0;
    long bytes = 0;
    for (int i = messages.count() - 1; i >= 0; i--) {
      if (messages.mark(i) == WANTED && !isAside(messages.uid(i))) {
        batch.add(messages.uid(i));
        count++;
        bytes += Math.max(0, messages.size(i));
      }
      if (count >= BATCH || bytes >= BATCH_BYTES || (i == 0 && count > 0)) {
        ask(batch.build(), bytes);
        batch = UidSet.builder();
        count = 0;
        bytes = 0;
      }
    }
    work.session().drain();
  }

  private void ask(UidSet uids, long bytes) throws WireException {
    for (UidSet piece : uids.chunks(BATCH, SET_CHARS)) {
      if (firstHashes.size() - askedAgain.size() >= LIES_UNTIL_KNOWN && !isBelieved()) {
        work.session().drain();
        singly(this::isToBeSettled);
        askedAgain.retainAll(firstHashes.keySet());
      }
      work.step();
      submit(piece, bytes * piece.size() / uids.size());
    }
  }

  /** Each is asked for once more before its turn; if that was refused, it waits for the end. */
  private boolean isToBeSettled(long uid) {
    return firstHashes.containsKey(uid) && !isBelieved() && askedAgain.add(uid);
  }

  private void submit(UidSet uids, long bytes) throws WireException {
    work.breaks().asked(uids, true);
    work.session()
        .submit(
            new Fetch(
                uids.toString(),
                Fetch.BODY,
                Math.max(0, bytes) + 100,
                receiver,
                status -> ended(uids, status)));
  }

  /** Whether the server is known to list sizes of its own. */
  private boolean isBelieved() {
    return lies >= LIES_UNTIL_KNOWN;
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
    if (size > work.policy().mostBytes()) {
      messages.mark(index, GIVEN_UP);
      work.problem(uid, Reason.LIMIT_EXCEEDED, tooLarge(size));
      work.progress(0);
      return null;
    }
    return work.batch().message(work.message(messages, index, false));
  }

  static String tooLarge(long size) {
    return "the message has " + size + " bytes, which is more than is downloaded";
  }

  @Override
  public void came(long uid, MessageSink sink, long bytes) {
    int index = messages.find(uid);
    if (bytes == messages.size(index) || isBelieved()) {
      accept(index, sink, bytes);
    } else {
      doubt(index, sink, bytes);
    }
  }

  private void doubt(int index, MessageSink sink, long bytes) {
    long uid = messages.uid(index);
    byte[] now = sink.receipt().sha256();
    byte[] before = firstHashes.put(uid, now);
    if (before == null) {
      return;
    }
    firstHashes.remove(uid);
    if (Arrays.equals(before, now)) {
      lies++;
      work.report()
          .note(
              "the server lists sizes that are not those of its messages; some were downloaded"
                  + " twice and had equal bytes");
      accept(index, sink, bytes);
    } else {
      messages.mark(index, GIVEN_UP);
      work.problem(
          uid,
          Reason.PROTOCOL_VIOLATION,
          "the message was downloaded twice and had other bytes, and not the size listed");
      work.progress(bytes);
    }
  }

  private void accept(int index, MessageSink sink, long bytes) {
    sink.complete();
    firstHashes.remove(messages.uid(index));
    messages.mark(index, CAME);
    work.commits().body(bytes);
    work.progress(bytes);
  }
}
