// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.spi.RawMessage;
import dev.mailbox.store.internal.db.Contents;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.mime.RawSource;
import dev.mailbox.store.internal.mime.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A message of the store, as it is read: from the start, or for the server. */
final class StoredMessage implements RawMessage, RawSource {
  private final Store store;
  private final MessageRow.Content content;

  StoredMessage(Store store, MessageRow.Content content) {
    this.store = store;
    this.content = content;
  }

  @Override
  public long sizeInBytes() {
    return content.sizeInBytes();
  }

  @Override
  public byte[] headerHash() {
    try (InputStream in = open()) {
      return Sha256.digest().digest(HeaderBytes.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open() {
    return open(0);
  }

  @Override
  public InputStream open(long offset) {
    return ChunkStream.from(
        offset,
        content.chunks(),
        number ->
            store
                .read(sql -> Contents.chunk(sql, content.id(), number))
                .orElseThrow(MessageReader::gone));
  }
}
