// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

/** Takes the bytes of a string as they come. */
@FunctionalInterface
public interface ByteSink {
  /** Drops them. */
  ByteSink NONE = (bytes, offset, length) -> {};

  /** Takes some; they are only valid during the call. */
  void write(byte[] bytes, int offset, int length);
}
