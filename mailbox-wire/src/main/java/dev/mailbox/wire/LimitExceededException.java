// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

/** The server sent more than a limit allows. */
public final class LimitExceededException extends WireException {
  private static final long serialVersionUID = 1L;

  /** The limits of a connection. */
  public enum Limit {
    /** {@link Limits#lineBytes()}. */
    LINE("a line"),
    /** {@link Limits#literalBytes()}. */
    LITERAL("a literal"),
    /** {@link Limits#replyBytes()}, or the bound that the protocol set instead. */
    REPLY("a reply");

    private final String words;

    Limit(String words) {
      this.words = words;
    }
  }

  private final Limit limit;
  private final long bytes;

  LimitExceededException(Scene scene, Limit limit, long bytes) {
    super(scene, "the server sent " + limit.words + " of more than " + bytes + " bytes", null);
    this.limit = limit;
    this.bytes = bytes;
  }

  /** The limit. */
  public Limit limit() {
    return limit;
  }

  /** The value of the limit, in bytes. */
  public long limitInBytes() {
    return bytes;
  }
}
