// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import dev.mailbox.testkit.mail.MailSource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a message is, in whatever folders it lies: its bytes, when it arrived, and the identity that
 * copies share (RFC 8474, section 5.1).
 *
 * @param id unique in the server
 * @param source the bytes
 * @param internalDate when it arrived
 * @param uidl what POP3 calls it, where a test chose that
 * @param listedSize the size that POP3's LIST and IMAP's RFC822.SIZE tell; negative for the true
 */
public record Content(
    long id, MailSource source, Instant internalDate, @Nullable String uidl, long listedSize) {

  /** What is told about its size, true or not. */
  public long size() {
    return listedSize < 0 ? source.sizeInBytes() : listedSize;
  }

  /** The same with other words about it. */
  public Content described(@Nullable String otherUidl, long otherSize) {
    return new Content(id, source, internalDate, otherUidl, otherSize);
  }
}
