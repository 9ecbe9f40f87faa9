// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import dev.mailbox.ContentId;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.Headers;
import dev.mailbox.content.MessageContent;
import dev.mailbox.store.internal.db.MessageRow;
import dev.mailbox.store.internal.mime.MimeContent;
import dev.mailbox.store.internal.mime.ParsedHeader;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A message as it was when its row was read. */
final class StoreMessage implements Message {
  private final MessageReader reader;
  private final MessageRow row;
  private final Envelope envelope;
  private final Set<Flag> flags;

  StoreMessage(MessageReader reader, MessageRow row) {
    this.reader = reader;
    this.row = row;
    this.envelope = row.content().envelope();
    this.flags = Set.copyOf(row.flags().toSet());
  }

  MessageRow row() {
    return row;
  }

  @Override
  public MessageId id() {
    return reader.id(row);
  }

  @Override
  public ContentId contentId() {
    return reader.contentId(row);
  }

  @Override
  public Optional<ServerId> serverId() {
    return reader.serverId(row);
  }

  @Override
  public FolderPath folder() {
    return row.folder();
  }

  @Override
  public Residence residence() {
    return row.residence();
  }

  @Override
  public Set<Flag> flags() {
    return flags;
  }

  @Override
  public Envelope envelope() {
    return envelope;
  }

  @Override
  public Instant receivedAt() {
    return row.receivedAt();
  }

  @Override
  public long sizeInBytes() {
    return row.content().sizeInBytes();
  }

  @Override
  public boolean isDownloaded() {
    return row.content().whole();
  }

  @Override
  public Headers headers() {
    return ParsedHeader.parse(reader.header(row)).headers();
  }

  @Override
  public MessageContent content() {
    return MimeContent.of(reader.source(row));
  }

  @Override
  public InputStream openRaw() {
    return reader.source(row).open();
  }

  @Override
  public MimeMessage toMimeMessage() {
    return MimeContent.toMimeMessage(reader.source(row));
  }

  @Override
  public Outcome mark(Flag first, Flag... more) {
    return reader.actions().mark(self(), Actions.flags(first, more), Set.of());
  }

  @Override
  public Outcome unmark(Flag first, Flag... more) {
    return reader.actions().mark(self(), Set.of(), Actions.flags(first, more));
  }

  @Override
  public Outcome moveTo(FolderPath folder) {
    return reader.actions().move(self(), folder);
  }

  @Override
  public Outcome copyTo(FolderPath folder) {
    return reader.actions().copy(self(), folder);
  }

  @Override
  public Outcome trash() {
    return reader.actions().trash(self());
  }

  @Override
  public Outcome delete() {
    return reader.actions().delete(self());
  }

  private List<Long> self() {
    return List.of(row.id());
  }

  @Override
  public String toString() {
    return "Message[" + id() + " in " + row.folder() + "]";
  }
}
