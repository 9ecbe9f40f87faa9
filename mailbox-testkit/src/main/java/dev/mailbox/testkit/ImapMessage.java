// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.internal.store.StoredMessage;
import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import java.util.Set;

/**
 * A message as a folder of a {@link FakeAccount} held it at one moment, as IMAP shows it.
 * Immutable.
 */
public final class ImapMessage {
  private final long uid;
  private final Set<String> flags;
  private final Instant internalDate;
  private final MailSource source;

  ImapMessage(StoredMessage message) {
    this.uid = message.uid();
    this.flags = Set.copyOf(message.flags());
    this.internalDate = message.internalDate();
    this.source = message.source();
  }

  /** Its UID. */
  public long uid() {
    return uid;
  }

  /** Its flags and keywords, such as {@code \Seen}; never {@code \Recent}. */
  public Set<String> flags() {
    return flags;
  }

  /** Its INTERNALDATE. */
  public Instant internalDate() {
    return internalDate;
  }

  /** The bytes themselves. */
  public MailSource source() {
    return source;
  }

  /** All bytes at once. */
  public byte[] raw() {
    return source.bytes();
  }

  @Override
  public String toString() {
    return "message " + uid + ", " + source.sizeInBytes() + " bytes, " + flags;
  }
}
