// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.MessageGoneException;
import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Words;
import dev.mailbox.store.internal.mime.IndexText;
import dev.mailbox.store.internal.mime.ParsedHeader;
import dev.mailbox.store.internal.mime.RawSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the text index on a thread of its own, while nothing is being downloaded. A search for text
 * does what is left to do itself.
 */
final class Indexer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);
  private static final int BATCH = 50;

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
        if (store.writer().isBusy() || !tryBatch()) {
          signal.awaitAfter(seen);
        }
      }
    } catch (InterruptedException e) {
      // close() ends this thread so.
    }
  }

  /** Goes on at the next change after a failure, such as a disk that was full for a while. */
  private boolean tryBatch() {
    try {
      return indexBatch();
    } catch (RuntimeException e) {
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
      ids.forEach(id -> entry(id, entries));
      store.change(
          sql -> {
            Words.add(sql, ids, entries);
          });
      return true;
    } finally {
      turn.unlock();
    }
  }

  private void entry(long content, List<Words.Entry> entries) {
    int chunks = store.read(sql -> Contents.chunks(sql, content));
    RawSource source = new ContentSource(content, chunks);
    try (InputStream in = source.open()) {
      IndexText text = IndexText.extract(source, ParsedHeader.parse(HeaderBytes.read(in)));
      entries.add(
          new Words.Entry(
              content, text.subject(), text.participants(), text.body(), text.attachmentNames()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (MessageGoneException e) {
      // It was removed meanwhile: there is nothing to find.
    }
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
