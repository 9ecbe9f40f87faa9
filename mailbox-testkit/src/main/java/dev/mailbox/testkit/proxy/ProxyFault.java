// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.proxy;

import java.time.Duration;

/**
 * What goes wrong on connections of a {@link FaultProxy}. Immutable values with {@code equals}, to
 * be put on the next connection, on every one, on those that are open, or at a line of the talk.
 *
 * <p>Bytes are counted from where the fault is put on: on a new connection from its start, on an
 * open one from now. A connection has at most one fault of each kind in each direction; a later one
 * takes the place of an earlier one. Where several end or hold a direction, the first that is
 * reached counts.
 */
public sealed interface ProxyFault permits LinkFault {

  /**
   * Ends the connection for both sides after exactly so many bytes in this direction; 0 ends it at
   * once. What is on its way then is lost, in both directions.
   *
   * @throws IllegalArgumentException for a negative number
   */
  static ProxyFault cut(Direction direction, long bytes, Closing ending) {
    return new LinkFault.Cut(direction, bytes, ending);
  }

  /**
   * Tells the receiver after exactly so many bytes in this direction that no more will come (FIN),
   * and swallows the rest; the other direction goes on.
   *
   * @throws IllegalArgumentException for a negative number
   */
  static ProxyFault halfClose(Direction direction, long bytes) {
    return new LinkFault.HalfClose(direction, bytes);
  }

  /**
   * Passes on nothing more after exactly so many bytes in this direction, not even the end of the
   * stream, until {@link FaultProxy#resume} or {@link FaultProxy#heal}. What comes meanwhile is
   * kept, up to 64 MiB, and then no more is read from the sender.
   *
   * @throws IllegalArgumentException for a negative number
   */
  static ProxyFault stall(Direction direction, long bytes) {
    return new LinkFault.Stall(direction, bytes);
  }

  /**
   * Delays each byte in this direction by this time, without a limit on how many are on their way
   * as long as they fit in 64 MiB (and in 262,144 reads); so throughput stays what it was. On an
   * open connection it counts for what comes from now on.
   *
   * @throws IllegalArgumentException for a negative time
   */
  static ProxyFault latency(Direction direction, Duration delay) {
    return latency(direction, delay, Duration.ZERO);
  }

  /**
   * As {@link #latency(Direction, Duration)}, with a random time below {@code jitter} more for what
   * is read at once. Bytes do not overtake each other. The times depend on {@link FaultProxy#seed},
   * on the connection's number and on the direction, so that a talk in turns meets the same again.
   *
   * @throws IllegalArgumentException for a negative time
   */
  static ProxyFault latency(Direction direction, Duration delay, Duration jitter) {
    return new LinkFault.Latency(direction, delay, jitter);
  }

  /**
   * Passes on at most so many bytes a second in this direction, in small pieces that lie evenly.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  static ProxyFault bandwidth(Direction direction, long bytesPerSecond) {
    return new LinkFault.Bandwidth(direction, bytesPerSecond);
  }

  /**
   * Passes bytes on in pieces of at most so many, each written by itself: a TCP segment, or a TLS
   * record where the proxy ends TLS.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  static ProxyFault slice(Direction direction, int bytes) {
    return new LinkFault.Slice(direction, bytes);
  }

  /**
   * Accepts a new connection and ends it at once; the server never hears of it. An open connection
   * ends at once.
   */
  static ProxyFault refuse(Closing ending) {
    return new LinkFault.Refusal(ending);
  }
}
