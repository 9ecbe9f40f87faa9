// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.sync;

import java.time.Duration;

/**
 * What the server loses once a message is durable here. Nothing is ever deleted on a server before
 * its bytes have been written to stable storage here.
 */
public sealed interface Removal {
  /** See {@link #afterDownload}. */
  record AfterDownload() implements Removal {}

  /**
   * See {@link #after}.
   *
   * @param age how long the server keeps a message after it became durable here
   */
  record After(Duration age) implements Removal {
    /** Checks that the age is not negative. */
    public After {
      if (age.isNegative()) {
        throw new IllegalArgumentException("the age must not be negative");
      }
    }
  }

  /** See {@link #afterHandled}. */
  record AfterHandled() implements Removal {}

  /** See {@link #never}. */
  record Never() implements Removal {}

  /**
   * Each message is deleted on the server as soon as it is durable here: what POP3 is for, and its
   * default with a store on disk. It is refused, when the configuration is built, without one.
   */
  static Removal afterDownload() {
    return new AfterDownload();
  }

  /** Each message is deleted on the server that long after it became durable here. */
  static Removal after(Duration age) {
    return new After(age);
  }

  /**
   * Each message of the inbox is deleted on the server, at the next synchronization, once it is
   * durable here and every {@linkplain dev.mailbox.Mailbox#receiver receiver} of the mailbox has
   * handled it. While there is no receiver, and of other folders, nothing is.
   */
  static Removal afterHandled() {
    return new AfterHandled();
  }

  /** The server keeps everything but what {@code delete()} asks for. The default of IMAP. */
  static Removal never() {
    return new Never();
  }
}
