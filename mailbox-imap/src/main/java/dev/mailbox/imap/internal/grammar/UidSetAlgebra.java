// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.grammar;

/** Makes a set of two. Each interval of either is looked at once. */
final class UidSetAlgebra {
  private UidSetAlgebra() {}

  static UidSet union(UidCursor a, UidCursor b) {
    UidIntervals out = new UidIntervals();
    boolean moreOfA = a.next();
    boolean moreOfB = b.next();
    while (moreOfA || moreOfB) {
      if (moreOfA && (!moreOfB || a.first() <= b.first())) {
        out.add(a.first(), a.last());
        moreOfA = a.next();
      } else {
        out.add(b.first(), b.last());
        moreOfB = b.next();
      }
    }
    return out.toSet();
  }

  static UidSet intersect(UidCursor a, UidCursor b) {
    UidIntervals out = new UidIntervals();
    boolean more = a.next() && b.next();
    while (more) {
      long first = Math.max(a.first(), b.first());
      long last = Math.min(a.last(), b.last());
      if (first <= last) {
        out.add(first, last);
      }
      more = a.last() < b.last() ? a.next() : b.next();
    }
    return out.toSet();
  }

  static UidSet minus(UidCursor a, UidCursor b) {
    UidIntervals out = new UidIntervals();
    boolean moreOfB = b.next();
    while (a.next()) {
      long from = a.first();
      // An interval of b that reaches beyond this one of a is kept for the next one.
      while (moreOfB && b.first() <= a.last()) {
        if (b.first() > from) {
          out.add(from, b.first() - 1);
        }
        from = Math.max(from, b.last() + 1);
        if (b.last() > a.last()) {
          break;
        }
        moreOfB = b.next();
      }
      if (from <= a.last()) {
        out.add(from, a.last());
      }
    }
    return out.toSet();
  }
}
