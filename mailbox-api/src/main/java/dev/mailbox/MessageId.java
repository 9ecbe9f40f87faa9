// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * Our name of a placement: one message in one folder.
 *
 * <p>It stays the same across restarts, moves between folders and a server's renumbering
 * (UIDVALIDITY); a copy gets its own. It is opaque, and means something only to the mailbox that
 * gave it.
 *
 * @param value what {@link #toString} prints and {@link #parse} reads
 */
public record MessageId(String value) {
  /**
   * Makes an id of its text.
   *
   * @throws IllegalArgumentException if the text is not 1 to 100 letters, digits, {@code .} or
   *     {@code -}
   */
  public MessageId {
    Ids.check(value);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text cannot be an id
   */
  public static MessageId parse(String text) {
    return new MessageId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
