// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.ContentId;
import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Residence;
import dev.mailbox.ServerId;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.Headers;
import dev.mailbox.content.MessageContent;
import dev.mailbox.testkit.internal.content.Content;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** A message as it was when it was read. */
final class MemoryMessage extends MemoryActions implements Message {
  private static final Session SESSION = Session.getInstance(new Properties());

  private final Reader reader;
  private final MessageId id;
  private final ContentId contentId;
  private final Optional<ServerId> serverId;
  private final FolderPath folder;
  private final Residence residence;
  private final Set<Flag> flags;
  private final Instant receivedAt;
  private final Content content;
  private final boolean downloaded;

  MemoryMessage(Reader reader, Placement placement) {
    this.reader = reader;
    this.id = placement.id();
    this.contentId = placement.body().id();
    this.serverId = reader.serverId(placement);
    this.folder = placement.folder();
    this.residence = placement.residence();
    this.flags = placement.flags();
    this.receivedAt = placement.receivedAt();
    this.content = placement.body().content();
    this.downloaded = placement.body().isHere();
  }

  @Override
  Changes changes() {
    return reader.changes();
  }

  @Override
  List<MessageId> targets() {
    return List.of(id);
  }

  @Override
  public MessageId id() {
    return id;
  }

  @Override
  public ContentId contentId() {
    return contentId;
  }

  @Override
  public Optional<ServerId> serverId() {
    return serverId;
  }

  @Override
  public FolderPath folder() {
    return folder;
  }

  @Override
  public Residence residence() {
    return residence;
  }

  @Override
  public Set<Flag> flags() {
    return flags;
  }

  @Override
  public Envelope envelope() {
    return content.envelope();
  }

  @Override
  public Instant receivedAt() {
    return receivedAt;
  }

  @Override
  public long sizeInBytes() {
    return content.sizeInBytes();
  }

  @Override
  public boolean isDownloaded() {
    return downloaded;
  }

  @Override
  public Headers headers() {
    return reader.headers(id);
  }

  @Override
  public MessageContent content() {
    return reader.content(id);
  }

  @Override
  public InputStream openRaw() {
    return reader.open(id);
  }

  @Override
  public MimeMessage toMimeMessage() {
    try {
      return new MimeMessage(SESSION, openRaw());
    } catch (MessagingException e) {
      throw new IllegalStateException("Jakarta Mail cannot read the message", e);
    }
  }

  @Override
  public String toString() {
    return "Message[" + id + " in " + folder + "]";
  }
}
