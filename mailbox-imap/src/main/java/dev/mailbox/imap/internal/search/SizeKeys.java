// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.search;

import dev.mailbox.search.Query;
import java.util.List;

/** Keys for sizes, which are unsigned numbers of 32 bits to servers (RFC 3501 section 9). */
final class SizeKeys {
  private static final long LARGEST = 0xffff_ffffL;

  private SizeKeys() {}

  static SearchKey within(Query.Size size) {
    if (size.atLeast() > size.atMost() || size.atMost() < 0) {
      return new SearchKey.None();
    }
    SearchKey lower = size.atLeast() <= 0 ? new SearchKey.All() : larger(size.atLeast() - 1);
    SearchKey upper = size.atMost() >= LARGEST ? new SearchKey.All() : smaller(size.atMost() + 1);
    return SearchKey.and(List.of(lower, upper));
  }

  static SearchKey outside(Query.Size size) {
    if (size.atLeast() > size.atMost() || size.atMost() < 0) {
      return new SearchKey.All();
    }
    SearchKey below = size.atLeast() <= 0 ? new SearchKey.None() : smaller(size.atLeast());
    SearchKey above =
        size.atMost() == Long.MAX_VALUE ? new SearchKey.None() : larger(size.atMost());
    return SearchKey.or(List.of(below, above));
  }

  private static SearchKey larger(long bytes) {
    return SearchKey.leaf("LARGER", new SearchToken.Bytes(Math.min(bytes, LARGEST)));
  }

  private static SearchKey smaller(long bytes) {
    return bytes > LARGEST
        ? new SearchKey.All()
        : SearchKey.leaf("SMALLER", new SearchToken.Bytes(bytes));
  }
}
