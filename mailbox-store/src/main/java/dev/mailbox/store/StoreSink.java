// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.spi.MessageSink;
import dev.mailbox.spi.Receipt;
import dev.mailbox.store.internal.db.ContentRow;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Lane;
import dev.mailbox.store.internal.mime.HeaderCapture;
import dev.mailbox.store.internal.mime.ParsedHeader;
import dev.mailbox.store.internal.mime.Sha256;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a message's bytes. A small message waits here until it is whole; of a large one each full
 * chunk goes to the writer at once, where it counts for nothing until the last has come.
 */
final class StoreSink implements MessageSink {
  private static final byte[] NOTHING = {};
  private static final int IDENTITY_BYTES = 20;

  private final Store store;
  private final Lane lane;
  private final Consumer<Received> whenWhole;
  private final long sizeOfAll;
  private final MessageDigest digest = Sha256.digest();
  private final HeaderCapture header = new HeaderCapture();
  private byte[] buffer = NOTHING;
  private int buffered;
  private long size;
  private int chunks;
  private long contentId;
  private @Nullable ParsedHeader parsed;
  private @Nullable Receipt receipt;
  private boolean done;

  /**
   * A sink for one message.
   *
   * @param sizeOfAll the size of the whole message if only its header comes, else -1
   */
  StoreSink(Store store, Lane lane, long sizeOfAll, Consumer<Received> whenWhole) {
    this.store = store;
    this.lane = lane;
    this.sizeOfAll = sizeOfAll;
    this.whenWhole = whenWhole;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (receipt != null || done) {
      throw new IllegalStateException("the message has ended");
    }
    digest.update(bytes, offset, length);
    header.accept(bytes, offset, length);
    size += length;
    int from = offset;
    int left = length;
    while (left > 0) {
      int step = Math.min(left, Contents.CHUNK_BYTES - buffered);
      append(bytes, from, step);
      from += step;
      left -= step;
      if (buffered == Contents.CHUNK_BYTES) {
        flushChunk();
      }
    }
  }

  private void append(byte[] bytes, int offset, int length) {
    if (buffered + length > buffer.length) {
      int larger = Math.max(buffered + length, buffer.length * 2);
      buffer = Arrays.copyOf(buffer, Math.min(larger, Contents.CHUNK_BYTES));
    }
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
  }

  private void flushChunk() {
    if (chunks == 0) {
      contentId = store.newContentId();
    }
    byte[] chunk = Arrays.copyOf(buffer, buffered);
    int number = chunks++;
    long id = contentId;
    buffered = 0;
    lane.write(
        chunk.length,
        sql -> {
          if (number == 0) {
            Contents.startFilling(sql, id);
            lane.filling(id);
          }
          Contents.addChunk(sql, id, number, chunk);
        });
  }

  @Override
  public Receipt receipt() {
    Receipt known = receipt;
    if (known == null) {
      byte[] sha = digest.digest();
      byte[] block = header.block();
      ParsedHeader fields = ParsedHeader.parse(block);
      parsed = fields;
      known = new Receipt(size, sha, Sha256.digest().digest(block), arrival(fields));
      receipt = known;
    }
    return known;
  }

  /** When the message arrived: what its Date says is believed unless it lies in the future. */
  private static Instant arrival(ParsedHeader fields) {
    Instant now = Instant.now();
    return fields
        .receivedAt()
        .or(() -> fields.envelope().sentAt())
        .filter(at -> at.isBefore(now))
        .orElse(now);
  }

  @Override
  public void complete() {
    Receipt seen = receipt();
    ParsedHeader fields = parsed;
    if (done || fields == null) {
      throw new IllegalStateException("the message has ended");
    }
    try {
      handOver(seen, fields);
    } catch (RuntimeException e) {
      abort();
      throw e;
    }
    end();
  }

  private void handOver(Receipt seen, ParsedHeader fields) {
    byte[] bytes = null;
    if (chunks == 0) {
      bytes = buffered == buffer.length ? buffer : Arrays.copyOf(buffer, buffered);
      chunks = buffered == 0 ? 0 : 1;
    } else if (buffered > 0) {
      flushChunk();
    }
    whenWhole.accept(new Received(row(seen, fields), bytes, seen.headerHash(), seen.receivedAt()));
  }

  private ContentRow row(Receipt seen, ParsedHeader fields) {
    return new ContentRow(
        contentId,
        Arrays.copyOf(fields.hasIdentity() ? fields.identity() : seen.sha256(), IDENTITY_BYTES),
        seen.sha256(),
        sizeOfAll < 0 ? size : sizeOfAll,
        chunks,
        sizeOfAll < 0,
        fields.envelope());
  }

  @Override
  public void abort() {
    if (done) {
      return;
    }
    end();
    if (contentId > 0 && !lane.hasFailed()) {
      long id = contentId;
      lane.write(
          0,
          sql -> {
            Contents.discard(sql, id);
          });
    }
  }

  private void end() {
    done = true;
    buffer = NOTHING;
  }

  boolean isDone() {
    return done;
  }
}
