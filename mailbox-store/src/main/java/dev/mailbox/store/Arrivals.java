// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.FolderPath;
import dev.mailbox.Residence;
import dev.mailbox.spi.EntryState;
import dev.mailbox.spi.RemoteEntry;
import dev.mailbox.spi.RemoteMessage;
import dev.mailbox.store.internal.db.ContentRow;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.Deliveries;
import dev.mailbox.store.internal.db.Entries;
import dev.mailbox.store.internal.db.Feed;
import dev.mailbox.store.internal.db.Flags;
import dev.mailbox.store.internal.db.FolderRow;
import dev.mailbox.store.internal.db.Folders;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import dev.mailbox.store.internal.db.Words;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts messages that have come into the tables, each within one transaction. For the writer's
 * thread, and for one folder.
 */
final class Arrivals {
  private final Store store;
  private Optional<FolderRow> folderThen = Optional.empty();
  private long then = -1;

  Arrivals(Store store) {
    this.store = store;
  }

  /**
   * Puts a message from a server into its folder. What is known under its key already is not added
   * twice: equal bytes are the same message, a body belongs to the header that is here, and other
   * bytes are another message, which has taken over the key.
   */
  void deliver(Sql sql, FolderRow folder, RemoteMessage message, Received received) {
    Optional<FolderRow> present = present(sql, folder.id());
    Optional<RemoteEntry> entry = Entries.find(sql, folder.id(), message.key());
    if (present.isEmpty() || isDeletedHere(entry, received)) {
      discard(sql, received);
    } else if (entry.isPresent() || adopt(sql, present.get(), message, received)) {
      deliverKnown(sql, present.get(), message, received);
    } else {
      deliverNew(sql, present.get(), message, received);
    }
  }

  /** The folder as it is now. Bulk work renames and removes none, so it stays so to the end. */
  private Optional<FolderRow> present(Sql sql, long folder) {
    if (then != sql.transaction()) {
      folderThen = Folders.find(sql, folder);
      then = sql.transaction();
    }
    return folderThen;
  }

  /** Whether it was deleted here while it was on its way; another message may have its key now. */
  private static boolean isDeletedHere(Optional<RemoteEntry> known, Received received) {
    return known
        .filter(entry -> entry.state() == EntryState.REMOVE)
        .filter(entry -> Arrays.equals(entry.headerHash(), received.headerHash()))
        .isPresent();
  }

  /**
   * Whether it is a message that was moved or copied here, and whose key the server did not tell:
   * then it has that key now.
   */
  private static boolean adopt(
      Sql sql, FolderRow folder, RemoteMessage message, Received received) {
    Optional<Long> nameless =
        folder.residence() == Residence.SERVER
            ? Placements.nameless(sql, folder.id(), received.content())
            : Optional.empty();
    nameless.ifPresent(
        placement -> {
          Placements.remoteKey(sql, placement, message.key());
          note(sql, folder, message, received, placement);
          ServerChanges.flags(sql, placement, Flags.of(message.flags()));
          Placements.content(sql, placement)
              .filter(content -> Contents.isWhole(sql, content))
              .ifPresent(content -> Entries.whole(sql, placement));
        });
    return nameless.isPresent();
  }

  private void deliverKnown(Sql sql, FolderRow folder, RemoteMessage message, Received received) {
    OptionalLong known = Entries.placement(sql, folder.id(), message.key());
    Optional<Long> content =
        known.isPresent() ? Placements.content(sql, known.getAsLong()) : Optional.empty();
    if (content.isEmpty()) {
      deliverNew(sql, folder, message, received);
    } else if (Contents.isWhole(sql, content.get())) {
      deliverAgain(sql, folder, message, received, content.get());
    } else if (received.content().whole()) {
      addBody(sql, content.get(), received);
      note(sql, folder, message, received, known.getAsLong());
    } else {
      discard(sql, received);
    }
  }

  private void deliverNew(Sql sql, FolderRow folder, RemoteMessage message, Received received) {
    OptionalLong same = findSame(sql, received.content());
    Optional<Long> forgotten =
        same.isPresent() ? forgotten(sql, folder, message, same.getAsLong()) : Optional.empty();
    if (forgotten.isPresent()) {
      discard(sql, received);
      relist(sql, folder, message, forgotten.get());
      note(sql, folder, message, received, forgotten.get());
    } else {
      arrive(sql, folder, message, received, store(sql, received, same));
    }
  }

  private static OptionalLong findSame(Sql sql, ContentRow row) {
    return row.whole() ? Contents.findSame(sql, row) : OptionalLong.empty();
  }

  /**
   * A message that came from there under this key and has these very bytes: the server left it out
   * of a listing, and lists it again. Where each folder has keys of its own, it is in this one.
   */
  private static Optional<Long> forgotten(
      Sql sql, FolderRow folder, RemoteMessage message, long same) {
    return Placements.showing(sql, same).stream()
        .filter(placement -> Placements.hasKey(sql, placement, message.key()))
        .filter(placement -> !Entries.lists(sql, placement))
        .filter(placement -> !folder.isOnServer() || isIn(sql, placement, folder))
        .findFirst();
  }

  /** A server that mail lives on has it again, so it is not the only copy. */
  private static void relist(Sql sql, FolderRow folder, RemoteMessage message, long placement) {
    if (folder.isOnServer()) {
      Placements.sole(sql, placement, false);
      ServerChanges.flags(sql, placement, Flags.of(message.flags()));
    }
  }

  private static boolean isIn(Sql sql, long placement, FolderRow folder) {
    return Placements.state(sql, placement)
        .filter(state -> state.place().folder() == folder.id())
        .isPresent();
  }

  private void deliverAgain(
      Sql sql, FolderRow folder, RemoteMessage message, Received received, long content) {
    if (!received.content().whole()) {
      discard(sql, received);
    } else if (Contents.isSame(sql, content, received.content().sha256())) {
      discard(sql, received);
      long placement = Entries.placement(sql, folder.id(), message.key()).orElseThrow();
      note(sql, folder, message, received, placement);
    } else {
      arrive(sql, folder, message, received, store(sql, received));
    }
  }

  private static void arrive(
      Sql sql, FolderRow folder, RemoteMessage message, Received received, long content) {
    boolean onServer = folder.residence() == Residence.SERVER;
    long placement =
        Placements.insert(
            sql,
            new Placements.New(
                folder.id(),
                content,
                message.key(),
                message.receivedAt().orElse(received.receivedAt()),
                Flags.of(message.flags()),
                onServer));
    note(sql, folder, message, received, placement);
    Feed.add(sql, Feed.Kind.ARRIVED, placement, folder.path(), null);
    if (folder.path().equals(FolderPath.INBOX)) {
      Deliveries.arrived(sql, placement);
    }
  }

  private static void note(
      Sql sql, FolderRow folder, RemoteMessage message, Received received, long placement) {
    EntryState state = received.content().whole() ? EntryState.DURABLE : EntryState.HEADER;
    RemoteEntry entry =
        new RemoteEntry(
            message.key(), message.listedSize(), state, received.headerHash(), Instant.now());
    Entries.put(sql, folder.id(), entry, placement);
  }

  /** All copies of the header get the body. */
  private void addBody(Sql sql, long old, Received received) {
    List<Long> placements = Placements.showing(sql, old);
    OptionalLong same = Contents.findSame(sql, received.content());
    if (same.isPresent()) {
      discard(sql, received);
      Contents.replace(sql, old, same.getAsLong());
    } else {
      Contents.replace(sql, old, addChunks(sql, received));
    }
    for (long placement : placements) {
      Entries.whole(sql, placement);
      Placements.find(sql, placement)
          .ifPresent(row -> Feed.add(sql, Feed.Kind.BODY, placement, row.folder(), null));
    }
  }

  /** Stores a content, or finds it stored, and returns its number. */
  long store(Sql sql, Received received) {
    return store(sql, received, findSame(sql, received.content()));
  }

  private long store(Sql sql, Received received, OptionalLong same) {
    if (same.isPresent()) {
      discard(sql, received);
      return same.getAsLong();
    }
    ContentRow numbered = addChunks(sql, received);
    Contents.insert(sql, numbered);
    return numbered.id();
  }

  /** Makes the bytes lie in chunks; a content that has no number yet gets the next one. */
  private ContentRow addChunks(Sql sql, Received received) {
    ContentRow row = received.content();
    byte[] bytes = received.bytes();
    if (bytes == null) {
      Contents.endFilling(sql, row.id());
      Words.late(sql, row.id());
      return row;
    }
    ContentRow numbered = row.withId(store.newContentId());
    if (bytes.length > 0) {
      Contents.addChunk(sql, numbered.id(), 0, bytes);
    }
    return numbered;
  }

  private static void discard(Sql sql, Received received) {
    if (received.bytes() == null) {
      Contents.discard(sql, received.content().id());
    }
  }
}
