// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.command.Fetch;
import dev.mailbox.imap.internal.grammar.ByteSink;
import dev.mailbox.imap.internal.grammar.FetchData;
import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.imap.internal.grammar.Status;
import dev.mailbox.spi.MessageSink;
import dev.mailbox.wire.WireException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Downloads one large message in pieces (RFC 9051 section 6.4.5), so that others can have the
 * session in between. The last piece is asked for with more than is listed: that it ends early says
 * that the message has ended. A server that answers with the whole message is taken at its word.
 */
final class PieceDownload implements FetchHandler {
  private static final long PIECE = 512 << 10;
  private static final long MORE = 1024;
  private static final int MOST_ROUNDS = 1 << 20;

  private final FolderWork work;
  private final Messages messages;
  private final int index;
  private final BodyDownload target;
  private @Nullable MessageSink sink;
  private @Nullable Status refusal;
  private long came;
  private long asked;
  private boolean whole;
  private boolean told;
  private boolean ended;
  private boolean broken;

  PieceDownload(FolderWork work, Messages messages, int index, BodyDownload target) {
    this.work = work;
    this.messages = messages;
    this.index = index;
    this.target = target;
  }

  /** Runs it; what the server said if it refused. */
  Optional<Status> run() throws WireException {
    work.session().drain();
    long uid = messages.uid(index);
    MessageSink opened = target.open(uid, messages.size(index));
    sink = opened;
    if (opened == null) {
      return Optional.empty();
    }
    try {
      pieces(uid);
      if (refusal == null && !broken && came > 0) {
        target.came(uid, opened, came);
      }
    } finally {
      opened.abort();
    }
    return Optional.ofNullable(refusal);
  }

  private void pieces(long uid) throws WireException {
    for (int i = 0; i < MOST_ROUNDS && !ended && !broken && refusal == null; i++) {
      work.step();
      long left = messages.size(index) - asked;
      long length = left > PIECE ? PIECE : Math.max(0, left) + MORE;
      boolean last = left <= PIECE;
      long before = came;
      work.session()
          .submit(
              new Fetch(
                  Long.toString(uid), Fetch.piece(asked, length), length, this, this::finished));
      asked += length;
      if (last) {
        work.session().drain();
        // A message that is gone has neither a piece nor an end.
        broken |= came == before && !ended;
      }
    }
    work.session().drain();
  }

  /** A command to which nothing came, such as when the message has gone, is the last. */
  private void finished(Status status) {
    if (!status.isOk()) {
      refusal = status;
    }
    broken |= !told && !ended;
    told = false;
  }

  @Override
  public ByteSink open(long uid, String section, long size) {
    MessageSink opened = sink;
    boolean mine = uid == 0 || uid == messages.uid(index);
    if (opened == null || !mine || ended || broken) {
      return ByteSink.NONE;
    }
    whole = !section.endsWith("<" + came + ">");
    if ((whole && came > 0) || came + size > work.policy().mostBytes()) {
      broken = true;
      return ByteSink.NONE;
    }
    return opened::write;
  }

  @Override
  public void fetched(FetchData data) {
    // What has no piece tells of new flags.
    if (data.uid() != messages.uid(index) || !data.hasBody() || broken || ended) {
      return;
    }
    told = true;
    work.breaks().came();
    long wanted = expectedLength(came);
    came += data.bodyBytes();
    ended = whole || data.bodyBytes() < wanted;
  }

  private long expectedLength(long offset) {
    long left = messages.size(index) - offset;
    return left > PIECE ? PIECE : Math.max(0, left) + MORE;
  }
}
