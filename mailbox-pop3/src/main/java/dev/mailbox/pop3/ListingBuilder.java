// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import dev.mailbox.Reason;
import dev.mailbox.connect.LimitException;
import dev.mailbox.wire.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gathers the replies to UIDL and LIST, in flat arrays: a maildrop may hold a million messages. For
 * one thread.
 */
final class ListingBuilder {
  private static final int MOST_LINES = 1_000_000;
  private static final int LONGEST_UIDL = 1024;
  private static final int MOST_UIDL_BYTES = 70 * MOST_LINES;

  private int[] uidlNumbers = new int[64];
  private int[] uidlEnds = new int[64];
  private byte[] uidlBytes = new byte[2048];
  private int uidls;
  private int[] sizeNumbers = new int[64];
  private long[] sizes = new long[64];
  private int sizeCount;
  private boolean uidlsKnown;
  private int ignoredLines;
  private int lines;
  private Optional<Status> sizesRefused = Optional.empty();

  void uidlsKnown() {
    uidlsKnown = true;
  }

  /** A reply begins. */
  void begin() {
    lines = 0;
  }

  /**
   * Counts a line of the reply.
   *
   * @throws LimitException if there are more lines than a maildrop may have messages
   */
  void line() {
    if (++lines > MOST_LINES) {
      throw limit("lists more than 1,000,000 messages");
    }
  }

  private static LimitException limit(String what) {
    return new LimitException(Reason.LIMIT_EXCEEDED, "the server " + what, null, List.of());
  }

  void uidl(int number, Slice line, int from, int to) {
    if (uidls > 0 && uidlNumbers[uidls - 1] == number) {
      ignoredLine();
      return;
    }
    if (uidls == uidlNumbers.length) {
      uidlNumbers = Arrays.copyOf(uidlNumbers, 2 * uidls);
      uidlEnds = Arrays.copyOf(uidlEnds, 2 * uidls);
    }
    int start = uidls == 0 ? 0 : uidlEnds[uidls - 1];
    int length = Math.min(to - from, LONGEST_UIDL + 1);
    if (start + length > MOST_UIDL_BYTES) {
      throw limit("lists ids of more than 70,000,000 bytes");
    }
    if (start + length > uidlBytes.length) {
      uidlBytes = Arrays.copyOf(uidlBytes, Math.max(2 * uidlBytes.length, start + length));
    }
    System.arraycopy(line.array(), line.offset() + from, uidlBytes, start, length);
    uidlNumbers[uidls] = number;
    uidlEnds[uidls++] = start + length;
  }

  void size(int number, long sizeInBytes) {
    if (sizeCount > 0 && sizeNumbers[sizeCount - 1] == number) {
      ignoredLine();
      return;
    }
    if (sizeCount == sizeNumbers.length) {
      sizeNumbers = Arrays.copyOf(sizeNumbers, 2 * sizeCount);
      sizes = Arrays.copyOf(sizes, 2 * sizeCount);
    }
    sizeNumbers[sizeCount] = number;
    sizes[sizeCount++] = sizeInBytes;
  }

  /** A line was neither, and is passed over. */
  void ignoredLine() {
    ignoredLines++;
  }

  void sizesRefused(Status status) {
    sizesRefused = Optional.of(status);
  }

  /** The answer to LIST if that was a refusal, as some servers answer of an empty maildrop. */
  Optional<Status> refusal() {
    return sizesRefused;
  }

  /** The messages that are in both replies; or in LIST, where there is no UIDL. */
  Listing build() {
    long[] bySize = order(sizeNumbers, sizeCount);
    long[] byUidl = order(uidlNumbers, uidls);
    Listing listing = new Listing(uidlBytes, sizeCount);
    int u = 0;
    int repeated = 0;
    int last = 0;
    for (long each : bySize) {
      int number = (int) (each >>> 32);
      int index = (int) each;
      while (u < byUidl.length && (int) (byUidl[u] >>> 32) < number) {
        u++;
      }
      boolean both = u < byUidl.length && (int) (byUidl[u] >>> 32) == number;
      if (number == last) {
        repeated++;
      } else if (both) {
        int at = (int) byUidl[u];
        listing.add(number, sizes[index], at == 0 ? 0 : uidlEnds[at - 1], uidlEnds[at]);
      } else if (!uidlsKnown) {
        listing.add(number, sizes[index], 0, 0);
      }
      last = number;
    }
    notes(listing.count(), repeated).forEach(listing::note);
    return listing;
  }

  private List<String> notes(int count, int repeated) {
    List<String> notes = new ArrayList<>();
    if (ignoredLines > 0 || repeated > 0) {
      notes.add(
          "the server's listings have "
              + (ignoredLines + repeated)
              + " lines without meaning, which were passed over");
    }
    if (!uidlsKnown && count > 0) {
      notes.add(
          "the server has no UIDL: messages are known again by their header and size, which takes"
              + " one TOP for each message at every sync");
    } else if (uidlsKnown && (count < sizeCount - repeated || count < uidls)) {
      notes.add(
          "the server's UIDL and LIST differ: only messages that both list were synchronized");
    }
    return notes;
  }

  /** Numbers with the places where they stand, sorted; nearly no work if they are in order. */
  private static long[] order(int[] numbers, int count) {
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = ((long) numbers[i] << 32) | i;
    }
    Arrays.sort(order);
    return order;
  }
}
