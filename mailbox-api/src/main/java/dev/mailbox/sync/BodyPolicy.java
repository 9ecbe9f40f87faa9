// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

import java.time.Duration;

/** Which bodies are downloaded ahead of their first reading. */
public sealed interface BodyPolicy {
  /** See {@link #all}. */
  record All() implements BodyPolicy {}

  /**
   * See {@link #recent}.
   *
   * @param age how old a message may be
   */
  record Recent(Duration age) implements BodyPolicy {}

  /** See {@link #onDemand}. */
  record OnDemand() implements BodyPolicy {}

  /** All bodies: everything can be read offline. POP3's default with a store on disk. */
  static BodyPolicy all() {
    return new All();
  }

  /** Bodies of messages that are not older than that; the others when they are first read. */
  static BodyPolicy recent(Duration age) {
    return new Recent(age);
  }

  /** Headers only; a body is downloaded when it is first read, and then kept. */
  static BodyPolicy onDemand() {
    return new OnDemand();
  }
}
