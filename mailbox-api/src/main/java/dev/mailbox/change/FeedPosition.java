// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.change;

/**
 * A place in the change feed, for an application to keep beside what it made of the changes.
 *
 * @param value the number of the last change read; 0 before the first
 */
public record FeedPosition(long value) implements Comparable<FeedPosition> {
  /** Before the first change. */
  public static final FeedPosition START = new FeedPosition(0);

  /** Checks that the value is not negative. */
  public FeedPosition {
    if (value < 0) {
      throw new IllegalArgumentException("a feed position is not negative");
    }
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if the text is no position
   */
  public static FeedPosition parse(String text) {
    try {
      return new FeedPosition(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("not a position of a feed: " + text);
    }
  }

  @Override
  public int compareTo(FeedPosition other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
