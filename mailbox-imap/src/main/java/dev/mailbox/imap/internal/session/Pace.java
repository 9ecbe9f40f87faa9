// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.session;

import java.util.concurrent.TimeUnit;

/**
 * How much may be on its way: about what the connection brings in a second, so that on a slow one
 * whoever wants the session for a moment does not wait for megabytes. For one thread.
 */
final class Pace {
  private static final long LEAST = 64 << 10;
  private static final long MOST = 2L << 20;
  private static final long FIRST = 512 << 10;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Shorter than this says more about the machine than about the connection. */
  private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(20);

  private long bytes = FIRST;
  private long since;
  private long consumed;

  /** Responses are waited for from now on. */
  void begin(long nanoTime, long consumedBytes) {
    since = nanoTime;
    consumed = consumedBytes;
  }

  /** A response has ended. */
  void end(long nanoTime, long consumedBytes) {
    long time = nanoTime - since;
    long came = consumedBytes - consumed;
    if (time < SHORTEST && came < bytes) {
      return;
    }
    double perSecond = (double) came * SECOND / Math.max(1, time);
    // What was asked for bounds what came: more than twice as much at a time is never concluded.
    double next = Math.min(2.0 * bytes, (bytes + perSecond) / 2);
    bytes = Math.max(LEAST, Math.min(MOST, (long) next));
    begin(nanoTime, consumedBytes);
  }

  /** How many bytes of responses may be on their way. */
  long bytes() {
    return bytes;
  }
}
