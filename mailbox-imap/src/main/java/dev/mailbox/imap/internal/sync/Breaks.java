// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.imap.internal.grammar.UidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At which messages the server breaks the session. What was under way at a break comes last the
 * next time, in smaller groups, so that all else becomes durable, and one remains in the end. If
 * the session breaks at that alone once more, it is left out for a day. For one thread.
 */
final class Breaks {
  private static final String SET = "([0-9:,]*)";
  private static final Pattern FORM =
      Pattern.compile(String.join(";", SET, SET, SET, "([0-9]{1,12})"));
  private static final Duration LEFT_OUT = Duration.ofDays(1);
  private static final int GROUPS = 8;

  private final UidSet suspects;
  private final UidSet headers;
  private final UidSet bodies;
  private final long since;
  private final List<UidSet> underWay = new ArrayList<>();
  private boolean body;

  private Breaks(UidSet suspects, UidSet headers, UidSet bodies, long since) {
    this.suspects = suspects;
    this.headers = headers;
    this.bodies = bodies;
    this.since = since;
  }

  /** None is known. */
  static Breaks none() {
    return new Breaks(UidSet.empty(), UidSet.empty(), UidSet.empty(), 0);
  }

  /** Whether this is what {@link #text} or {@link #broken} wrote. */
  static boolean isText(String text) {
    return FORM.matcher(text).matches();
  }

  /** Reads it; anything else counts as nothing. */
  static Breaks parse(String text, Instant now) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return none();
    }
    UidSet suspects;
    UidSet headers;
    UidSet bodies;
    try {
      suspects = set(matcher.group(1));
      headers = set(matcher.group(2));
      bodies = set(matcher.group(3));
    } catch (IllegalArgumentException e) {
      return none();
    }
    long since = Long.parseLong(matcher.group(4));
    if (now.isAfter(Instant.ofEpochSecond(since).plus(LEFT_OUT))) {
      // The server may have been mended.
      return new Breaks(
          suspects.union(headers).union(bodies), UidSet.empty(), UidSet.empty(), since);
    }
    return new Breaks(suspects, headers, bodies, since);
  }

  private static UidSet set(String text) {
    return text.isEmpty() ? UidSet.empty() : UidSet.parse(text);
  }

  /** A command that asks for these is sent. */
  void asked(UidSet uids, boolean forBodies) {
    body = forBodies;
    underWay.add(uids);
  }

  /** A command that asked for these has ended. */
  void answered(UidSet uids) {
    underWay.remove(uids);
  }

  /** Whether a message comes after all others. */
  boolean isSuspect(long uid) {
    return suspects.contains(uid);
  }

  /** Whether a message is not asked for, or not for its body. */
  boolean isLeftOut(long uid, boolean forBody) {
    return (forBody ? bodies : headers).contains(uid);
  }

  /** Suspects in groups, of which each is asked for by itself. */
  static List<UidSet> groups(UidSet wanted) {
    int most = (int) Math.max(1, (wanted.size() + GROUPS - 1) / GROUPS);
    List<UidSet> groups = new ArrayList<>();
    wanted.chunks(most, Integer.MAX_VALUE).forEach(groups::add);
    return groups;
  }

  /** What is to be known the next time, after all has been asked for. */
  String text() {
    return text(UidSet.empty(), headers, bodies, since);
  }

  /** Whether the session broke while something was asked for. */
  boolean isSomethingUnderWay() {
    return !underWay.isEmpty();
  }

  /** What is to be known the next time, now that the session broke. */
  String broken(Instant now) {
    UidSet last = UidSet.empty();
    for (UidSet uids : underWay) {
      last = last.union(uids);
    }
    if (last.size() > 1 || !last.equals(suspects)) {
      return text(last, headers, bodies, since);
    }
    UidSet moreHeaders = body ? headers : headers.union(last);
    UidSet moreBodies = body ? bodies.union(last) : bodies;
    return text(UidSet.empty(), moreHeaders, moreBodies, now.getEpochSecond());
  }

  private static String text(UidSet suspects, UidSet headers, UidSet bodies, long since) {
    return suspects + ";" + headers + ";" + bodies + ";" + since;
  }
}
