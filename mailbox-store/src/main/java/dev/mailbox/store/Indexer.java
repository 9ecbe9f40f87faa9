// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MessageGoneException;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Sql;
import dev.mailbox.store.internal.db.Words;
import dev.mailbox.store.internal.mime.BytesSource;
import dev.mailbox.store.internal.mime.IndexText;
import dev.mailbox.store.internal.mime.ParsedHeader;
import dev.mailbox.store.internal.mime.RawSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the text index on a thread of its own, while nothing is being downloaded. A search for text
 * does what is left to do itself.
 */
final class Indexer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);

  /** How many contents a transaction takes in at most. */
  private static final int BATCH = 200;

  /** After so many characters it takes in no more. */
  private static final int BATCH_CHARS = 1 << 20;

  private final Store store;
  private final FeedSignal signal;
  private final ReentrantLock turn = new ReentrantLock();
  private final Thread thread;
  private volatile boolean closed;

  Indexer(Store store, FeedSignal signal) {
    this.store = store;
    this.signal = signal;
    this.thread = new Thread(this::run, "mailbox-indexer");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        long seen = signal.count();
        boolean waits = store.writer().isBusy() || !tryBatch();
        if (waits && !closed) {
          signal.awaitAfter(seen);
        }
      }
    } catch (InterruptedException e) {
      // close() ends this thread so.
    }
  }

  /**
   * Goes on at the next change after a failure, such as a disk that was full or a heap that was too
   * small for a while.
   */
  private boolean tryBatch() {
    try {
      return indexBatch();
    } catch (RuntimeException | Error e) {
      if (!closed) {
        LOG.warn("the text index of a mailbox falls behind: searches for text will be slower", e);
      }
      return false;
    }
  }

  /** Takes in all that is stored by now. */
  void catchUp() {
    while (indexBatch()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new StoreException(Reason.INTERRUPTED, "interrupted while indexing", null);
      }
    }
  }

  /** Takes in a few contents; false if there was nothing to take in. */
  private boolean indexBatch() {
    turn.lock();
    try {
      List<Long> ids = store.read(sql -> Words.next(sql, BATCH));
      if (ids.isEmpty()) {
        return false;
      }
      List<Words.Entry> entries = new ArrayList<>();
      int chars = 0;
      int taken = 0;
      while (taken < ids.size() && chars < BATCH_CHARS) {
        chars += entry(ids.get(taken++), entries);
      }
      List<Long> done = ids.subList(0, taken);
      store.change(
          sql -> {
            Words.add(sql, done, entries);
          });
      return true;
    } finally {
      turn.unlock();
    }
  }

  /** Reads what is to be known of a content, and tells how many characters that is. */
  private int entry(long content, List<Words.Entry> entries) {
    RawSource source = store.read(sql -> source(sql, content));
    try (InputStream in = source.open()) {
      IndexText text = IndexText.extract(source, ParsedHeader.parse(HeaderBytes.read(in)));
      entries.add(
          new Words.Entry(
              content, text.subject(), text.participants(), text.body(), text.attachmentNames()));
      return text.body().length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessageGoneException e) {
      // It was removed meanwhile: there is nothing to find.
      return 0;
    }
  }

  /** What is small is read at once, for each chunk is asked of another thread. */
  private RawSource source(Sql sql, long content) {
    int chunks = Contents.chunks(sql, content);
    Optional<byte[]> only = chunks == 1 ? Contents.chunk(sql, content, 0) : Optional.empty();
    return only.isPresent() ? new BytesSource(only.get()) : new ContentSource(content, chunks);
  }

  /** A content by its number alone. */
  private final class ContentSource implements RawSource {
    private final long content;
    private final int chunks;

    ContentSource(long content, int chunks) {
      this.content = content;
      this.chunks = chunks;
    }

    @Override
    public InputStream open() {
      return new ChunkStream(
          chunks,
          number ->
              store
                  .read(sql -> Contents.chunk(sql, content, number))
                  .orElseThrow(MessageReader::gone));
    }

    @Override
    public long sizeInBytes() {
      return (long) chunks * Contents.CHUNK_BYTES;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
