// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.ContentId;
import dev.mailbox.testkit.internal.content.Content;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A content of a copy, which all copies of a message share. The bytes are known from the start, but
 * only shown once they were downloaded, and no more when no message has them. Guarded by the
 * server's lock.
 */
final class Body {
  private final ContentId id;
  private final int number;
  private final Content content;
  private final Set<Placement> holders = new LinkedHashSet<>();
  private Content stored;
  private boolean here;

  /**
   * A content that is not here yet.
   *
   * @param number tells it from others of the same identity; the first is 1
   */
  Body(int number, Content content) {
    this.id = new ContentId(content.identity() + (number == 1 ? "" : "-" + number));
    this.number = number;
    this.content = content;
    this.stored = content;
  }

  ContentId id() {
    return id;
  }

  int number() {
    return number;
  }

  /** The same, with nothing that holds it, under another number. */
  Body as(int otherNumber) {
    Body other = new Body(otherNumber, content);
    other.stored = stored;
    other.here = here;
    return other;
  }

  /** As the server gave it. */
  Content content() {
    return content;
  }

  /** As it is kept here. */
  Content stored() {
    return stored;
  }

  boolean isHere() {
    return here;
  }

  /** What came takes the place of a header that was here. */
  void arrived() {
    stored = here ? stored : content;
    here = true;
  }

  /** How many of its bytes are here. */
  long sizeHere() {
    return here ? content.sizeInBytes() : content.headerSize();
  }

  void damage() {
    stored = content.damaged(!here);
  }

  boolean isDamaged() {
    return !stored.equals(content);
  }

  /** The messages whose content it is, also those that are hidden. */
  List<Placement> holders() {
    return List.copyOf(holders);
  }

  boolean isHeld() {
    return !holders.isEmpty();
  }

  void hold(Placement placement) {
    holders.add(placement);
  }

  void release(Placement placement) {
    holders.remove(placement);
  }
}
