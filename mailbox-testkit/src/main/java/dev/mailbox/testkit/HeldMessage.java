// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit;

import java.time.Instant;
import java.util.Set;

/** A message as a {@link MailServer} holds it at one moment. Immutable. */
public final class HeldMessage {
  private final String id;
  private final byte[] raw;
  private final Instant arrivedAt;
  private final Set<String> flags;

  /** For implementations of {@link ServerFolder}. */
  public HeldMessage(String id, byte[] raw, Instant arrivedAt, Set<String> flags) {
    this.id = id;
    this.raw = raw.clone();
    this.arrivedAt = arrivedAt;
    this.flags = Set.copyOf(flags);
  }

  /** The server's own name for it, unique in its folder; the UID where the server is a fake. */
  public String id() {
    return id;
  }

  /** Its bytes. */
  public byte[] raw() {
    return raw.clone();
  }

  /** When it arrived, which IMAP calls INTERNALDATE. */
  public Instant arrivedAt() {
    return arrivedAt;
  }

  /** IMAP flags and keywords, such as {@code \Seen}. */
  public Set<String> flags() {
    return flags;
  }

  /** How many bytes {@link #raw} has. */
  public int sizeInBytes() {
    return raw.length;
  }

  @Override
  public String toString() {
    return "message " + id + ", " + raw.length + " bytes, " + flags;
  }
}
