// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ContentId;
import dev.mailbox.FolderPath;
import dev.mailbox.MessageGoneException;
import dev.mailbox.MessageId;
import dev.mailbox.ServerId;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.db.Placements;
import dev.mailbox.store.internal.db.Sql;
import dev.mailbox.store.internal.mime.RawSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes messages of rows, and gives the bytes behind them. Safe for use by several threads. */
final class MessageReader {
  /** Downloads bodies that are not here. */
  interface Downloader {
    /** Makes the body durable here, or throws. */
    void download(long placement);

    /** How the server names a message, for applications. */
    Optional<ServerId> serverId(FolderPath folder, String key);
  }

  private final Store store;
  private final Downloader downloader;
  private final Actions actions;

  MessageReader(Store store, Downloader downloader, Actions actions) {
    this.store = store;
    this.downloader = downloader;
    this.actions = actions;
  }

  StoreMessage message(MessageRow row) {
    return new StoreMessage(this, row);
  }

  Optional<StoreMessage> find(long placement) {
    return store.read(sql -> Placements.find(sql, placement)).map(this::message);
  }

  /** Those that still exist, in the same order. */
  List<StoreMessage> find(List<Long> placements) {
    return store
        .read(sql -> placements.stream().flatMap(id -> Placements.find(sql, id).stream()).toList())
        .stream()
        .map(this::message)
        .toList();
  }

  MessageId id(long placement) {
    return store.messageId(placement);
  }

  List<StoreMessage> list(Function<Sql, List<MessageRow>> rows) {
    return store.read(rows).stream().map(this::message).toList();
  }

  MessageId id(MessageRow row) {
    return store.messageId(row.id());
  }

  ContentId contentId(MessageRow row) {
    return Store.contentId(row.content());
  }

  Optional<ServerId> serverId(MessageRow row) {
    String key = row.remoteKey();
    return key == null ? Optional.empty() : downloader.serverId(row.folder(), key);
  }

  Actions actions() {
    return actions;
  }

  /** The raw header block of a message. */
  byte[] header(MessageRow row) {
    MessageRow now = present(row.id());
    while (true) {
      try (InputStream in = stream(now.content())) {
        return HeaderBytes.read(in);
      } catch (MessageGoneException e) {
        now = changed(now, e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A message whose body has come meanwhile has another content, which may be read instead. */
  private MessageRow changed(MessageRow before, MessageGoneException gone) {
    MessageRow now = present(before.id());
    if (now.content().id() == before.content().id()) {
      throw gone;
    }
    return now;
  }

  /** The whole message, downloaded first if need be. */
  RawSource source(MessageRow row) {
    MessageRow now = present(row.id());
    if (!now.content().whole()) {
      downloader.download(row.id());
      now = present(row.id());
      if (!now.content().whole()) {
        throw gone();
      }
    }
    return new StoredMessage(store, now.content());
  }

  private MessageRow present(long placement) {
    return store.read(sql -> Placements.find(sql, placement)).orElseThrow(MessageReader::gone);
  }

  static MessageGoneException gone() {
    return new MessageGoneException("the message is no longer there");
  }

  InputStream stream(MessageRow.Content content) {
    return new StoredMessage(store, content).open();
  }
}
