// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.memory;

import dev.mailbox.ContentId;
import dev.mailbox.testkit.internal.content.Content;

/**
 * A content of a copy, which all copies of a message share. The bytes are known from the start, but
 * only shown once they were downloaded. Guarded by the server's lock.
 */
final class Body {
  private final ContentId id;
  private final Content content;
  private Content stored;
  private boolean here;

  Body(ContentId id, Content content) {
    this.id = id;
    this.content = content;
    this.stored = content;
  }

  ContentId id() {
    return id;
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

  void arrived() {
    here = true;
  }

  void damage() {
    stored = content.damaged();
  }

  boolean isDamaged() {
    return !stored.equals(content);
  }
}
