// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

import java.time.Instant;
import java.util.Optional;

/**
 * What one FETCH response told of a message, but for the bytes of its body. Used again and again.
 */
public final class FetchData {
  private long sequence;
  private long uid;
  private long size;
  private String flags = "";
  private boolean hasFlags;
  private Optional<Instant> internalDate = Optional.empty();
  private boolean hasBody;
  private long bodyBytes;

  FetchData() {}

  void reset(long newSequence) {
    sequence = newSequence;
    uid = 0;
    size = -1;
    flags = "";
    hasFlags = false;
    internalDate = Optional.empty();
    hasBody = false;
    bodyBytes = 0;
  }

  void uid(long value) {
    uid = value;
  }

  void size(long value) {
    size = value;
  }

  void flags(String value) {
    flags = value;
    hasFlags = true;
  }

  void internalDate(Optional<Instant> value) {
    internalDate = value;
  }

  void body(long bytes) {
    hasBody = true;
    bodyBytes = bytes;
  }

  /** The message's number in the session. */
  public long sequence() {
    return sequence;
  }

  /** The message's UID, or 0 if the server did not tell. */
  public long uid() {
    return uid;
  }

  /** RFC822.SIZE, or -1. */
  public long size() {
    return size;
  }

  /** Whether the flags were told. */
  public boolean hasFlags() {
    return hasFlags;
  }

  /** The flags as the server wrote them, with spaces between. */
  public String flags() {
    return flags;
  }

  /** INTERNALDATE, if it was told and can be read. */
  public Optional<Instant> internalDate() {
    return internalDate;
  }

  /** Whether a body section came that was not NIL. */
  public boolean hasBody() {
    return hasBody;
  }

  /** How many bytes it had. */
  public long bodyBytes() {
    return bodyBytes;
  }
}
