// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * How often in a row the session broke at one thing, a message or a folder. After three breaks, or
 * twice as many that count half, it is left out for a while: minutes at first, a day in the end,
 * since connections break of themselves too. Then one break more leaves it out again.
 *
 * @param halves the breaks in a row, in halves
 * @param times how often it was left out
 * @param since when it broke last, in seconds since 1970
 */
record Strikes(int halves, int times, long since) {
  static final Strikes NONE = new Strikes(0, 0, 0);

  private static final int MOST = 6;
  private static final int MOST_COUNTED = 9;
  private static final Duration FIRST_TIME = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LONGER = 6;

  Strikes {
    if (halves < 0 || halves > MOST || times < 0 || times > MOST_COUNTED || since < 0) {
      throw new IllegalArgumentException("nobody counts so");
    }
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static Strikes parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("three numbers are wanted");
    }
    return new Strikes(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
  }

  String text() {
    return halves + "/" + times + "/" + since;
  }

  /** With one break more, which may count half. */
  Strikes struck(boolean half, Instant now) {
    int more = Math.min(halves + (half ? 1 : 2), MOST);
    int left = more == MOST ? Math.min(times + 1, MOST_COUNTED) : times;
    return new Strikes(more, left, now.getEpochSecond());
  }

  /** Whether it is left out at that time. */
  boolean isLeftOut(Instant now) {
    return halves == MOST && !isOver(now);
  }

  /** Whether it was left out, and is tried again. */
  boolean isDueAgain(Instant now) {
    return halves == MOST && isOver(now);
  }

  /** A time that is still to come was noted while the clock was ahead, and counts as over. */
  private boolean isOver(Instant now) {
    Duration time = FIRST_TIME;
    for (int i = 1; i < times && time.compareTo(LONGEST) < 0; i++) {
      time = time.multipliedBy(LONGER);
    }
    long most = Math.min(time.toSeconds(), LONGEST.toSeconds());
    long passed = now.getEpochSecond() - since;
    return passed < 0 || passed > most;
  }
}
