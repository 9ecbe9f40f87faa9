// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

import dev.mailbox.connect.ConnectionException;
import dev.mailbox.content.Envelope;
import dev.mailbox.content.Headers;
import dev.mailbox.content.MessageContent;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A message in a folder, as it was when it was read: an immutable snapshot, to be thrown away and
 * read again with {@link Mailbox#find}.
 *
 * <p>Its description is here at once. {@link #content}, {@link #headers}, {@link #openRaw} and
 * {@link #toMimeMessage} read the store, and for a body that is not here yet, the server. Safe for
 * use by several threads.
 */
public interface Message extends MessageActions {
  /** Its id, which stays the same wherever it is moved. */
  MessageId id();

  /** The id of its content, which copies share. */
  ContentId contentId();

  /** How the server names it; empty if it has only ever been here. */
  Optional<ServerId> serverId();

  /** The folder it is in. */
  FolderPath folder();

  /** Whether it lives here or on the server. */
  Residence residence();

  /** Its flags. */
  Set<Flag> flags();

  /** Whether it has the flag. */
  default boolean has(Flag flag) {
    return flags().contains(flag);
  }

  /** What a list shows of it. */
  Envelope envelope();

  /**
   * When it arrived: on IMAP the server's INTERNALDATE, else from the newest Received field, or
   * without one from the Date field.
   */
  Instant receivedAt();

  /** The size of the whole message in bytes, as stored here, or as the server says. */
  long sizeInBytes();

  /** Whether the body is here, so that reading it needs no network. */
  boolean isDownloaded();

  /**
   * All fields of its header.
   *
   * @throws MessageGoneException if it is no longer there
   */
  Headers headers();

  /**
   * Its body, taken apart. If it is not here it is downloaded first, and kept; in a mailbox without
   * a server that is an {@link IllegalStateException}.
   *
   * @throws ConnectionException if it has to be downloaded and the server cannot be reached
   * @throws MessageGoneException if it is no longer there
   */
  MessageContent content();

  /**
   * Its bytes, exactly as the server gave them, streamed; the caller closes it. If they are not
   * here they are downloaded first, as for {@link #content}.
   *
   * @throws ConnectionException if it has to be downloaded and the server cannot be reached
   * @throws MessageGoneException if it is no longer there
   */
  InputStream openRaw();

  /**
   * A Jakarta Mail message with the same bytes, for code that wants one. Changing it changes
   * nothing here. Its content is held in memory up to 1 MiB and beyond that read from the store as
   * needed, so it must not be used after the mailbox is closed.
   *
   * @throws ConnectionException if it has to be downloaded and the server cannot be reached
   * @throws MessageGoneException if it is no longer there
   */
  MimeMessage toMimeMessage();
}
