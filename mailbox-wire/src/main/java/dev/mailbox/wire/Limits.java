// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** How much a peer may send before the connection is given up. Immutable. */
public final class Limits {
  private static final int KIB = 1024;

  private final int lineBytes;
  private final int literalBytes;
  private final long replyBytes;

  private Limits(Builder builder) {
    lineBytes = builder.lineBytes;
    literalBytes = builder.literalBytes;
    replyBytes = builder.replyBytes;
  }

  /** Limits for POP3: lines of 64 KiB, and otherwise the defaults. */
  public static Limits forPop3() {
    return builder().build();
  }

  /**
   * Limits for IMAP: lines of 4 MiB, which is room for the hits of a search in a folder of half a
   * million messages, and otherwise the defaults.
   */
  public static Limits forImap() {
    return builder().lineBytes(4 * KIB * KIB).build();
  }

  /** A builder that starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Longest line without its line end; 64 KiB. */
  public int lineBytes() {
    return lineBytes;
  }

  /** Most bytes that {@link ByteReader#readBytes(int)} takes into memory; 64 KiB. */
  public int literalBytes() {
    return literalBytes;
  }

  /**
   * Most bytes of one reply, where the protocol does not name another bound for it; 256 MiB, which
   * is room for the listing of some millions of messages.
   */
  public long replyBytes() {
    return replyBytes;
  }

  /** Builds {@link Limits}. Not thread-safe; every limit must be at least 1. */
  public static final class Builder {
    private int lineBytes = 64 * KIB;
    private int literalBytes = 64 * KIB;
    private long replyBytes = 256L * KIB * KIB;

    private Builder() {}

    /** Sets {@link Limits#lineBytes()}. */
    public Builder lineBytes(int bytes) {
      lineBytes = Math.toIntExact(positive(bytes));
      return this;
    }

    /** Sets {@link Limits#literalBytes()}. */
    public Builder literalBytes(int bytes) {
      literalBytes = Math.toIntExact(positive(bytes));
      return this;
    }

    /** Sets {@link Limits#replyBytes()}. */
    public Builder replyBytes(long bytes) {
      replyBytes = positive(bytes);
      return this;
    }

    /** The limits as they are set now. */
    public Limits build() {
      return new Limits(this);
    }

    private static long positive(long bytes) {
      if (bytes < 1) {
        throw new IllegalArgumentException("a limit must be at least 1: " + bytes);
      }
      return bytes;
    }
  }
}
