// SPDX-License-Identifier: Apache-2.0
package dev.mailbox;

/**
 * The name of a message's content, the same for all copies of it in any folder.
 *
 * <p>It is derived from the content's own header (Message-ID, Date, From, Subject and the oldest
 * Received field), so a mailbox that had to be rebuilt gives the same content the same id; that
 * makes it a key for an application's own ledger. Messages with the same bytes have the same
 * content, and so the same id, however often they arrived. When different messages agree in all of
 * those fields, a number tells them apart, in the order in which they came.
 *
 * @param value what {@link #toString} prints and {@link #parse} reads
 */
public record ContentId(String value) {
  /**
   * Makes an id of its text.
   *
   * @throws IllegalArgumentException if the text is not 1 to 100 letters, digits, {@code .} or
   *     {@code -}
   */
  public ContentId {
    Ids.check(value);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text cannot be an id
   */
  public static ContentId parse(String text) {
    return new ContentId(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
