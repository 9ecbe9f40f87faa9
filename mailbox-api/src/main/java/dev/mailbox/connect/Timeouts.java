// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import java.time.Duration;

/**
 * How long to wait for a server. Every wait has an end; passing it is a {@link ConnectionException}
 * with {@link dev.mailbox.Reason#TIMEOUT}.
 *
 * @param connect to resolve the name and open the connection, 15 seconds by default
 * @param greeting for the server's first line, 30 seconds by default
 * @param tls for the TLS handshake, 30 seconds by default
 * @param reply for the first byte of a reply, and between any two reads within it, 60 seconds by
 *     default; a peer that sends, but less than a byte a second over such a time, counts as silent
 */
public record Timeouts(Duration connect, Duration greeting, Duration tls, Duration reply) {
  /** The defaults. */
  public static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  /**
   * Checks that each is positive and at most a day.
   *
   * @throws IllegalArgumentException if one is not
   */
  public Timeouts {
    check(connect, "connect");
    check(greeting, "greeting");
    check(tls, "tls");
    check(reply, "reply");
  }

  private static void check(Duration duration, String name) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("timeout " + name + " must be positive, at most a day");
    }
  }

  /** The same duration for all four. */
  public static Timeouts all(Duration each) {
    return new Timeouts(each, each, each, each);
  }
}
