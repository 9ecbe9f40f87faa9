// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.StoreException;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Lane;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Puts messages into folders from here. */
final class Appender {
  private final Store store;
  private final Delivery delivery;

  Appender(Store store) {
    this.store = store;
    this.delivery = new Delivery(store);
  }

  Appended append(FolderPath path, InputStream raw, Instant receivedAt, Set<Flag> flags) {
    return append(
        path,
        new Properties(receivedAt, flags),
        out -> {
          try {
            raw.transferTo(out);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  Appended append(FolderPath path, MimeMessage message, Set<Flag> flags) {
    return append(
        path,
        new Properties(receivedAt(message), flags),
        out -> {
          try {
            message.writeTo(out);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (MessagingException e) {
            throw new IllegalArgumentException("the message cannot be written", e);
          }
        });
  }

  private static Instant receivedAt(MimeMessage message) {
    try {
      Date date = message.getReceivedDate();
      return date == null ? Instant.now() : date.toInstant();
    } catch (MessagingException e) {
      return Instant.now();
    }
  }

  private record Properties(Instant receivedAt, Set<Flag> flags) {}

  /** Writes a message's bytes. */
  private interface Content {
    void writeTo(OutputStream out);
  }

  private Appended append(FolderPath path, Properties properties, Content content) {
    FolderRow folder = store.read(sql -> Store.require(sql, path));
    if (folder.residence() == Residence.SERVER) {
      throw new StoreException(
          Reason.STORE_UNSUPPORTED, "appending to a folder on the server needs its protocol", null);
    }
    Lane lane = store.writer().lane();
    AtomicLong placement = new AtomicLong();
    StoreSink sink =
        new StoreSink(
            store,
            lane,
            -1,
            received ->
                lane.write(
                    received.weight(),
                    sql -> placement.set(place(sql, folder, properties, received))));
    try {
      content.writeTo(new SinkStream(sink));
      sink.complete();
    } catch (RuntimeException e) {
      sink.abort();
      throw e;
    }
    lane.finish();
    return new Appended(store.messageId(placement.get()), Outcome.LOCAL);
  }

  private long place(Sql sql, FolderRow folder, Properties properties, Received received) {
    FolderRow present = Store.require(sql, folder.path());
    long placement =
        Placements.insert(
            sql,
            new Placements.New(
                present.id(),
                delivery.store(sql, received),
                null,
                properties.receivedAt(),
                Flags.of(properties.flags()),
                false));
    Feed.add(sql, Feed.Kind.ARRIVED, placement, present.path(), null);
    return placement;
  }

  /** The sink as a stream. */
  private static final class SinkStream extends OutputStream {
    private final StoreSink sink;

    SinkStream(StoreSink sink) {
      this.sink = sink;
    }

    @Override
    public void write(int b) {
      sink.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      sink.write(bytes, offset, length);
    }
  }
}
