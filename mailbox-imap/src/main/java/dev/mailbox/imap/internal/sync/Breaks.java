// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

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
 * next time, in smaller groups, so that all else becomes durable, and one message remains in the
 * end. If the session breaks at that alone three times in a row, and no byte of it came the last
 * time, it is left out for a while: minutes at first, a day in the end, since connections break of
 * themselves too. A folder at which the session breaks otherwise comes after the others. For one
 * thread.
 */
final class Breaks {
  private static final Pattern FORM =
      Pattern.compile("([0-9:,]*);([0-9]);([0-9:,]*);([0-9:,]*);([0-9]);([0-9]);([0-9]{1,12})");

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
   * @param suspects what was under way at the last break
   * @param strikes how often in a row, if that is one message
   * @param headers whose headers are left out
   * @param bodies whose bodies are left out
   * @param times how often something was left out
   * @param folder how often in a row the session broke in the folder, but at no message
   * @param since when that changed, in seconds since 1970
   */
  private record State(
      UidSet suspects,
      int strikes,
      UidSet headers,
      UidSet bodies,
      int times,
      int folder,
      long since) {
    private static final State NONE =
        new State(UidSet.empty(), 0, UidSet.empty(), UidSet.empty(), 0, 0, 0);

    private String text() {
      return String.join(
          ";",
          suspects.toString(),
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
      UidSet all = suspects.union(headers).union(bodies);
      int again = all.size() == 1 ? STRIKES - 1 : 0;
      return new State(all, again, UidSet.empty(), UidSet.empty(), times, folder, since);
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
              Integer.parseInt(matcher.group(2)),
              set(matcher.group(3), sameNumbers),
              set(matcher.group(4), sameNumbers),
              Integer.parseInt(matcher.group(5)),
              Integer.parseInt(matcher.group(6)),
              Long.parseLong(matcher.group(7)));
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
    boolean bye = e instanceof ConnectionException && !session.isOpen();
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
    return state.folder() > 0;
  }

  /** Whether the folder is left out for now. */
  boolean isFolderLeftOut(Instant now) {
    return state.folder() >= STRIKES
        && now.isBefore(Instant.ofEpochSecond(state.since()).plus(FIRST_TIME));
  }

  /** Suspects in groups, of which each is asked for by itself. */
  static List<UidSet> groups(UidSet wanted) {
    int most = (int) Math.max(1, (wanted.size() + GROUPS - 1) / GROUPS);
    List<UidSet> groups = new ArrayList<>();
    wanted.chunks(most, Integer.MAX_VALUE).forEach(groups::add);
    return groups;
  }

  /** What is to be known the next time, after all has been asked for; empty if that is nothing. */
  String text() {
    return state.leavesOut()
        ? new State(
                UidSet.empty(), 0, state.headers(), state.bodies(), state.times(), 0, state.since())
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
    long second = now.getEpochSecond();
    if (last.isEmpty()) {
      return new State(
              state.suspects(),
              state.strikes(),
              state.headers(),
              state.bodies(),
              state.times(),
              state.folder() + 1,
              state.leavesOut() ? state.since() : second)
          .text();
    }
    int strikes = strikes(last);
    if (strikes < STRIKES) {
      return new State(
              last, strikes, state.headers(), state.bodies(), state.times(), 0, state.since())
          .text();
    }
    UidSet headers = body ? state.headers() : state.headers().union(last);
    UidSet bodies = body ? state.bodies().union(last) : state.bodies();
    return new State(UidSet.empty(), 0, headers, bodies, state.times() + 1, 0, second).text();
  }

  private int strikes(UidSet last) {
    if (last.size() > 1 || came) {
      return 0;
    }
    return last.equals(state.suspects()) ? state.strikes() + 1 : 1;
  }
}
