// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.WireException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * At what in a folder the server breaks the session. What was under way at a break comes last the
 * next time, in smaller groups, so that all else becomes durable, and single messages remain in the
 * end. Where the session breaks at one alone three times in a row, it is left out for a while:
 * minutes at first, a day in the end, since connections break of themselves too; a message of which
 * a part came gets twice as many attempts. Such a folder comes after the others. For one thread.
 */
final class Breaks {
  private static final Pattern FORM =
      Pattern.compile(
          "([0-9:,]*);([0-9:,]*);([0-9]);([0-9:,]*);([0-9:,]*);([0-9]);([0-9]);([0-9]{1,12})");

  /** After so many breaks in a row something is left out. */
  private static final int STRIKES = 3;

  private static final int MOST_COUNTED = 9;
  private static final Duration FIRST_TIME = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int LONGER = 6;
  private static final int GROUPS = 8;

  /**
   * What is kept.
   *
   * @param suspects what was under way at breaks, and has not come since
   * @param last what was under way at the last of them
   * @param strikes how often in a row that was one message
   * @param headers whose headers are left out
   * @param bodies whose bodies are left out
   * @param times how often something was left out
   * @param folder how often in a row the session broke in the folder, but at no message
   * @param since when that changed, in seconds since 1970
   */
  private record State(
      UidSet suspects,
      UidSet last,
      int strikes,
      UidSet headers,
      UidSet bodies,
      int times,
      int folder,
      long since) {
    private static final UidSet EMPTY = UidSet.empty();
    private static final State NONE = new State(EMPTY, EMPTY, 0, EMPTY, EMPTY, 0, 0, 0);

    private String text() {
      return String.join(
          ";",
          suspects.toString(),
          last.toString(),
          Integer.toString(Math.min(strikes, MOST_COUNTED)),
          headers.toString(),
          bodies.toString(),
          Integer.toString(Math.min(times, MOST_COUNTED)),
          Integer.toString(Math.min(folder, MOST_COUNTED)),
          Long.toString(since));
    }

    private boolean isOver(Instant now) {
      Duration time = FIRST_TIME;
      for (int i = 1; i < times && time.compareTo(LONGEST) < 0; i++) {
        time = time.multipliedBy(LONGER);
      }
      Duration bounded = time.compareTo(LONGEST) < 0 ? time : LONGEST;
      return now.isAfter(Instant.ofEpochSecond(since).plus(bounded));
    }

    /** What is left out for long enough is tried again, last of all. */
    private State retried() {
      UidSet again = headers.union(bodies);
      int before = suspects.isEmpty() && again.size() == 1 ? STRIKES - 1 : 0;
      return new State(suspects.union(again), again, before, EMPTY, EMPTY, times, folder, since);
    }

    private boolean leavesOut() {
      return !headers.isEmpty() || !bodies.isEmpty();
    }
  }

  private final State state;
  private final List<UidSet> underWay = new ArrayList<>();
  private boolean body;
  private boolean came;

  private Breaks(State state) {
    this.state = state;
  }

  /** None is known. */
  static Breaks none() {
    return new Breaks(State.NONE);
  }

  /** Whether this is what {@link #text} or {@link #broken} wrote. */
  static boolean isText(String text) {
    return FORM.matcher(text).matches();
  }

  /**
   * Reads it; anything else counts as nothing.
   *
   * @param sameNumbers whether its UIDs are those of the folder
   */
  static Breaks parse(String text, boolean sameNumbers, Instant now) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return none();
    }
    try {
      State read =
          new State(
              set(matcher.group(1), sameNumbers),
              set(matcher.group(2), sameNumbers),
              Integer.parseInt(matcher.group(3)),
              set(matcher.group(4), sameNumbers),
              set(matcher.group(5), sameNumbers),
              Integer.parseInt(matcher.group(6)),
              Integer.parseInt(matcher.group(7)),
              Long.parseLong(matcher.group(8)));
      return new Breaks(read.leavesOut() && read.isOver(now) ? read.retried() : read);
    } catch (IllegalArgumentException e) {
      return none();
    }
  }

  private static UidSet set(String text, boolean wanted) {
    return text.isEmpty() || !wanted ? UidSet.empty() : UidSet.parse(text);
  }

  /** Whether a session ended that was not to end. */
  static boolean isBreak(Throwable e, ImapSession session, boolean timeIsUp) {
    boolean bye =
        e instanceof ConnectionException end && end.reason() != Reason.CLOSED && !session.isOpen();
    boolean broke = e instanceof WireException && !(e instanceof CancelledException);
    return (bye || broke) && !timeIsUp && !Thread.currentThread().isInterrupted();
  }

  /** A command that asks for these is sent. */
  void asked(UidSet uids, boolean forBodies) {
    body = forBodies;
    came = false;
    underWay.add(uids);
  }

  /** A part has come of a message that was asked for alone. */
  void came() {
    came = true;
  }

  /** A command that asked for these has ended. */
  void answered(UidSet uids) {
    underWay.remove(uids);
  }

  /** Whether a message comes after all others. */
  boolean isSuspect(long uid) {
    return state.suspects().contains(uid);
  }

  /** Whether a message is not asked for, or not for its body. */
  boolean isLeftOut(long uid, boolean forBody) {
    return (forBody ? state.bodies() : state.headers()).contains(uid);
  }

  /** Whether the folder comes after the others. */
  boolean isFolderSuspect() {
    return state.folder() > 0 || !state.suspects().isEmpty();
  }

  /** Whether the folder is left out for now. */
  boolean isFolderLeftOut(Instant now) {
    return state.folder() >= STRIKES
        && now.isBefore(Instant.ofEpochSecond(state.since()).plus(FIRST_TIME));
  }

  /**
   * Suspects in groups, of which each is asked for by itself; those of the last break come last.
   */
  List<UidSet> groups(UidSet wanted) {
    List<UidSet> groups = new ArrayList<>();
    int most = (int) Math.max(1, (state.last().size() + GROUPS - 1) / GROUPS);
    for (UidSet some : List.of(wanted.minus(state.last()), wanted.intersect(state.last()))) {
      some.chunks(most, Integer.MAX_VALUE).forEach(groups::add);
    }
    return groups;
  }

  /** What is to be known the next time, after all has been asked for; empty if that is nothing. */
  String text() {
    UidSet none = UidSet.empty();
    return state.leavesOut()
        ? new State(none, none, 0, state.headers(), state.bodies(), state.times(), 0, state.since())
            .text()
        : "";
  }

  /** Whether the session broke while messages were asked for. */
  boolean isSomethingUnderWay() {
    return !underWay.isEmpty();
  }

  /** What is to be known the next time, now that the session broke. */
  String broken(Instant now) {
    UidSet last = UidSet.empty();
    for (UidSet uids : underWay) {
      last = last.union(uids);
    }
    return (last.isEmpty() ? atNoMessage(now) : at(last, now)).text();
  }

  private State atNoMessage(Instant now) {
    return new State(
        state.suspects(),
        state.last(),
        state.strikes(),
        state.headers(),
        state.bodies(),
        state.times(),
        state.folder() + 1,
        state.leavesOut() ? state.since() : now.getEpochSecond());
  }

  private State at(UidSet last, Instant now) {
    boolean again = state.last().size() == 1;
    int strikes = last.size() > 1 ? 0 : (again ? state.strikes() : 0) + 1;
    UidSet suspects = state.suspects().union(last);
    UidSet headers = state.headers();
    UidSet bodies = state.bodies();
    if (strikes < (came ? 2 * STRIKES : STRIKES)) {
      return new State(suspects, last, strikes, headers, bodies, state.times(), 0, state.since());
    }
    return new State(
        suspects.minus(last),
        UidSet.empty(),
        0,
        body ? headers : headers.union(last),
        body ? bodies.union(last) : bodies,
        state.times() + 1,
        0,
        now.getEpochSecond());
  }
}
