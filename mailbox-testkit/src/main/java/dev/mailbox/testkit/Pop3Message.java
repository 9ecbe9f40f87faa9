// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import dev.mailbox.testkit.mail.MailSource;
import org.jspecify.annotations.Nullable;

/**
 * A message of a {@link FakeMaildrop}: its bytes, and what the server says about them, which need
 * not be true. Immutable.
 */
public final class Pop3Message {
  private final MailSource source;
  private final @Nullable String uidl;
  private final long listedSize;

  private Pop3Message(MailSource source, @Nullable String uidl, long listedSize) {
    this.source = source;
    this.uidl = uidl;
    this.listedSize = listedSize;
  }

  /** A message that is described truly. Its UIDL is chosen when it is delivered. */
  public static Pop3Message of(byte[] raw) {
    return of(MailSource.of(raw));
  }

  /** A message that need not be in memory. */
  public static Pop3Message of(MailSource source) {
    return new Pop3Message(source, null, source.sizeInBytes());
  }

  /** The same with this UIDL, which may be a duplicate, empty or too long. */
  public Pop3Message uidl(String value) {
    return new Pop3Message(source, value, listedSize);
  }

  /** The same with this size in LIST and STAT. RETR sends what there is. */
  public Pop3Message listedSize(long sizeInBytes) {
    return new Pop3Message(source, uidl, sizeInBytes);
  }

  /**
   * What UIDL says.
   *
   * @throws IllegalStateException before the message is delivered, unless {@link #uidl(String)}
   *     named one
   */
  public String uidl() {
    if (uidl == null) {
      throw new IllegalStateException("a message has its UIDL once it is delivered");
    }
    return uidl;
  }

  /** What LIST says. */
  public long listedSize() {
    return listedSize;
  }

  /** The bytes themselves. */
  public MailSource source() {
    return source;
  }

  /** All bytes at once. */
  public byte[] raw() {
    return source.bytes();
  }

  @Nullable String chosenUidl() {
    return uidl;
  }
}
