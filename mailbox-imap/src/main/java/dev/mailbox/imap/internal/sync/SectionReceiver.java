// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.grammar.ByteSink;
import dev.mailbox.imap.internal.grammar.FetchData;
import dev.mailbox.imap.internal.grammar.FetchHandler;
import dev.mailbox.spi.MessageSink;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Leads the bytes of headers and bodies to the replica. A server may tell a message's UID after its
 * bytes; then a small message waits in memory until it is known whose it is, and a large one has to
 * be asked for alone. For one thread.
 */
final class SectionReceiver implements FetchHandler {
  private static final int MOST_WAITING = 1 << 20;

  /** What is done with messages. */
  interface Target {
    /** Whether the message was asked for and has not come; never asked twice about one coming. */
    boolean wants(long uid);

    /** Where the message goes; null if it is not wanted after all, such as for its size. */
    @Nullable MessageSink open(long uid, long size);

    /** All of it has come. The sink is completed or aborted by this. */
    void came(long uid, MessageSink sink, long bytes);
  }

  private final Target target;
  private @Nullable MessageSink sink;
  private @Nullable ByteArrayOutputStream waiting;
  private long uid;
  private long alone;
  private boolean tooLarge;

  SectionReceiver(Target target) {
    this.target = target;
  }

  /** Only this message is asked for now; 0 if that is not so. */
  void alone(long onlyUid) {
    alone = onlyUid;
  }

  /** Whether a message was too large to wait for its UID. */
  boolean wasTooLarge() {
    return tooLarge;
  }

  @Override
  public ByteSink open(long toldUid, String section, long size) {
    abort();
    uid = toldUid == 0 ? alone : toldUid;
    if (uid != 0) {
      return begin(size);
    }
    if (size > MOST_WAITING) {
      tooLarge = true;
      return ByteSink.NONE;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    waiting = bytes;
    return bytes::write;
  }

  private ByteSink begin(long size) {
    if (!target.wants(uid)) {
      return ByteSink.NONE;
    }
    MessageSink opened = target.open(uid, size);
    sink = opened;
    return opened == null ? ByteSink.NONE : opened::write;
  }

  @Override
  public void fetched(FetchData data) {
    try {
      if (data.hasBody() && data.uid() != 0) {
        deliver(data);
      }
    } finally {
      abort();
    }
  }

  private void deliver(FetchData data) {
    ByteArrayOutputStream bytes = waiting;
    if (bytes != null) {
      uid = data.uid();
      byte[] all = bytes.toByteArray();
      begin(all.length).write(all, 0, all.length);
    }
    MessageSink opened = sink;
    if (opened != null && uid == data.uid()) {
      target.came(uid, opened, data.bodyBytes());
    }
  }

  /** Lets go of a message that did not come whole. */
  void abort() {
    MessageSink opened = sink;
    sink = null;
    waiting = null;
    if (opened != null) {
      opened.abort();
    }
  }
}
