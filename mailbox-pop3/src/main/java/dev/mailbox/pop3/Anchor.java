// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3;

import java.util.ArrayList;
import java.util.List;

/**
 * What a session leaves behind for the next one.
 *
 * @param bounds the {@link Policy#bounds} under which messages were left out
 * @param listing the {@link Listing#digest} of a listing whose messages were all durable here, and
 *     were all that was known; forgotten before a session changes which those are
 * @param oneByOne whether the server lost count when commands were sent ahead of their replies
 * @param avoids whether the next session leaves the suspects alone
 * @param suspects the keys of messages at which sessions broke, which therefore come last, so that
 *     the others get through
 */
record Anchor(
    String bounds, String listing, boolean oneByOne, boolean avoids, List<String> suspects) {
  private static final String FORM = "pop3/2";
  private static final int FIXED_LINES = 5;
  private static final int MOST_SUSPECTS = 100;

  /** Before the first session. */
  static final Anchor NONE = new Anchor("", "", false, false, List.of());

  Anchor {
    suspects = List.copyOf(suspects);
  }

  /** Reads what {@link #text} wrote; anything else counts as nothing. */
  static Anchor parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    return lines.size() >= FIXED_LINES && lines.get(0).equals(FORM)
        ? new Anchor(
            lines.get(1),
            lines.get(2),
            Boolean.parseBoolean(lines.get(3)),
            Boolean.parseBoolean(lines.get(4)),
            lines.subList(FIXED_LINES, lines.size()))
        : NONE;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(FORM);
    lines.add(bounds);
    lines.add(listing);
    lines.add(Boolean.toString(oneByOne));
    lines.add(Boolean.toString(avoids));
    lines.addAll(suspects);
    return String.join("\n", lines);
  }

  Anchor under(String newBounds) {
    return new Anchor(newBounds, listing, oneByOne, avoids, suspects);
  }

  Anchor listed(String newListing) {
    return new Anchor(bounds, newListing, oneByOne, avoids, suspects);
  }

  Anchor inTurn(boolean alsoOneByOne) {
    return new Anchor(bounds, listing, oneByOne || alsoOneByOne, avoids, suspects);
  }

  /** The session was ended as it should be: those that did not come are tried again. */
  Anchor finished(List<String> remaining) {
    return new Anchor(bounds, listing, oneByOne, false, remaining);
  }

  /** The next session leaves these alone too. */
  Anchor avoiding(List<String> keys, List<String> remaining) {
    List<String> order = new ArrayList<>(remaining);
    order.removeAll(keys);
    order.addAll(keys);
    int first = Math.max(0, order.size() - MOST_SUSPECTS);
    return new Anchor(bounds, listing, oneByOne, true, order.subList(first, order.size()));
  }

  /**
   * The session broke at a message. If it had broken there before, the next one does without the
   * suspects, so that what else there is to do gets done.
   */
  Anchor brokenAt(String key, List<String> remaining) {
    List<String> order = new ArrayList<>(remaining);
    order.remove(key);
    order.add(key);
    int first = Math.max(0, order.size() - MOST_SUSPECTS);
    boolean again = suspects.contains(key);
    return new Anchor(bounds, listing, oneByOne, again, order.subList(first, order.size()));
  }
}
