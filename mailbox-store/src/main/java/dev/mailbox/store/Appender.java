// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.Appended;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Outcome;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Lane;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.QueuedAction;
import dev.mailbox.store.internal.db.Sql;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Puts messages into folders from here. */
final class Appender {
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant TOO_LATE = Instant.parse("+10000-01-01T00:00:00Z");

  private final Store store;
  private final Sender sender;
  private final Arrivals arrivals;

  /** Brings what was put into a folder of the server there. */
  interface Sender {
    /** How far an action for a message got; if it was refused at once, the message is gone. */
    Outcome send(long queued, long placement);
  }

  Appender(Store store, Sender sender) {
    this.store = store;
    this.sender = sender;
    this.arrivals = new Arrivals(store);
  }

  Appended append(FolderPath path, InputStream raw, Instant receivedAt, Set<Flag> flags) {
    if (!canBeTold(receivedAt)) {
      throw new IllegalArgumentException("not in the years 0 to 9999: " + receivedAt);
    }
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
      return date == null || !canBeTold(date.toInstant()) ? Instant.now() : date.toInstant();
    } catch (MessagingException e) {
      return Instant.now();
    }
  }

  /** Whether a protocol with four digits for the year can say it. */
  private static boolean canBeTold(Instant time) {
    return !time.isBefore(EARLIEST) && time.isBefore(TOO_LATE);
  }

  private record Properties(Instant receivedAt, Set<Flag> flags) {}

  /** Writes a message's bytes. */
  private interface Content {
    void writeTo(OutputStream out);
  }

  private Appended append(FolderPath path, Properties properties, Content content) {
    FolderRow folder = store.read(sql -> Store.require(sql, path));
    Lane lane = store.writer().lane();
    AtomicReference<Placed> placed = new AtomicReference<>();
    StoreSink sink =
        new StoreSink(
            store,
            lane,
            -1,
            received ->
                lane.write(
                    received.weight(),
                    sql -> placed.set(place(sql, folder.path(), properties, received))));
    try {
      content.writeTo(new SinkStream(sink));
      sink.complete();
    } catch (RuntimeException e) {
      sink.abort();
      throw e;
    }
    lane.finish();
    return appended(Objects.requireNonNull(placed.get()));
  }

  private Appended appended(Placed placed) {
    Outcome outcome =
        placed.queued() == 0 ? Outcome.LOCAL : sender.send(placed.queued(), placed.placement());
    return new Appended(store.messageId(placed.placement()), outcome);
  }

  /** A message that is in its folder now, and the action that tells the server, or 0. */
  private record Placed(long placement, long queued) {}

  private Placed place(Sql sql, FolderPath path, Properties properties, Received received) {
    FolderRow folder = Store.require(sql, path);
    long placement =
        Placements.insert(
            sql,
            new Placements.New(
                folder.id(),
                arrivals.store(sql, received),
                null,
                properties.receivedAt(),
                Flags.of(properties.flags()),
                false));
    Feed.add(sql, Feed.Kind.ARRIVED, placement, folder.path(), null);
    if (!folder.isOnServer()) {
      return new Placed(placement, 0);
    }
    List<QueuedAction.Item> items = List.of(new QueuedAction.Item(placement, 0));
    QueuedAction action =
        QueuedAction.of(QueuedAction.Kind.APPEND, folder, items)
            .flags(properties.flags(), Set.of());
    return new Placed(placement, ActionQueue.add(sql, action));
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
