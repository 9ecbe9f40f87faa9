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

  /** All bodies: everything can be read offline. The default for POP3 with a store on disk. */
  static BodyPolicy all() {
    return new All();
  }

  /** Bodies of messages that are not older than that; the others when they are first read. */
  static BodyPolicy recent(Duration age) {
    return new Recent(age);
  }

  /**
   * Headers only; a body is downloaded when it is first read, and then kept. The default for IMAP,
   * and in memory.
   */
  static BodyPolicy onDemand() {
    return new OnDemand();
  }
}
