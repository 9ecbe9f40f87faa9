// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.internal.sync;

import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.imap.internal.grammar.UidSet;
import dev.mailbox.imap.internal.session.ImapSession;
import dev.mailbox.wire.CancelledException;
import dev.mailbox.wire.WireException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * At what in a folder the server breaks the session. What was under way at a break comes last the
 * next time, in smaller groups, so that all else becomes durable, and single messages remain in the
 * end. Each of these, and the folder, has its own {@link Strikes}, and is left out when they are
 * too many; of a message of which a part came a break counts half. For one thread.
 */
final class Breaks {
  private static final int PARTS = 6;
  private static final int GROUPS = 8;

  /** Of so many messages it is known how often the session broke at them alone. */
  private static final int MOST_STRUCK = 500;

  private static final int MOST_COUNTED = 1_000_000;

  /**
   * What is kept.
   *
   * @param suspects what was under way at breaks, and has not come since
   * @param last what was under way at the last of them
   * @param headers the strikes of messages that were asked for their headers, by UIDs
   * @param bodies the same of their bodies
   * @param count how often in a row the session broke in the folder, at whatever
   * @param folder the strikes of the folder, where the session broke at no message
   */
  private record State(
      UidSet suspects,
      UidSet last,
      Map<Long, Strikes> headers,
      Map<Long, Strikes> bodies,
      int count,
      Strikes folder) {
    private static final State NONE =
        new State(UidSet.empty(), UidSet.empty(), Map.of(), Map.of(), 0, Strikes.NONE);

    private static State parse(String text) {
      String[] parts = text.split(";", -1);
      if (parts.length != PARTS) {
        throw new IllegalArgumentException("parts are missing");
      }
      return new State(
          uids(parts[0]),
          uids(parts[1]),
          strikes(parts[2]),
          strikes(parts[3]),
          count(parts[4]),
          Strikes.parse(parts[5]));
    }

    private static int count(String text) {
      int count = Integer.parseInt(text);
      if (count < 0 || count > MOST_COUNTED) {
        throw new IllegalArgumentException("nobody counts so");
      }
      return count;
    }

    private static UidSet uids(String text) {
      return text.isEmpty() ? UidSet.empty() : UidSet.parse(text);
    }

    private static Map<Long, Strikes> strikes(String text) {
      Map<Long, Strikes> strikes = new TreeMap<>();
      for (String one : text.isEmpty() ? new String[0] : text.split(",", -1)) {
        int end = one.indexOf('/');
        UidSet uid = UidSet.parse(one.substring(0, Math.max(0, end)));
        strikes.put(uid.min(), Strikes.parse(one.substring(end + 1)));
      }
      return strikes;
    }

    private String text() {
      return String.join(
          ";",
          suspects.toString(),
          last.toString(),
          text(headers),
          text(bodies),
          Integer.toString(count),
          folder.text());
    }

    private static String text(Map<Long, Strikes> strikes) {
      return strikes.entrySet().stream()
          .map(entry -> entry.getKey() + "/" + entry.getValue().text())
          .collect(Collectors.joining(","));
    }

    /** The same for messages that have other numbers. */
    private State withoutMessages() {
      return new State(UidSet.empty(), UidSet.empty(), Map.of(), Map.of(), count, folder);
    }
  }

  private final State state;
  private final UidSet suspects;
  private final Map<Long, Strikes> headers;
  private final Map<Long, Strikes> bodies;
  private final UidSet noHeaders;
  private final UidSet noBodies;
  private final List<UidSet> underWay = new ArrayList<>();
  private boolean body;
  private boolean came;

  private Breaks(State state, Instant now) {
    this.state = state;
    this.headers = new TreeMap<>(state.headers());
    this.bodies = new TreeMap<>(state.bodies());
    this.noHeaders = which(headers, strikes -> strikes.isLeftOut(now));
    this.noBodies = which(bodies, strikes -> strikes.isLeftOut(now));
    // What was left out for long enough is tried again, last of all.
    this.suspects =
        state
            .suspects()
            .union(which(headers, strikes -> strikes.isDueAgain(now)))
            .union(which(bodies, strikes -> strikes.isDueAgain(now)));
  }

  private static UidSet which(Map<Long, Strikes> strikes, Predicate<Strikes> holds) {
    UidSet.Builder uids = UidSet.builder();
    strikes.forEach(
        (uid, of) -> {
          if (holds.test(of)) {
            uids.add(uid);
          }
        });
    return uids.build();
  }

  /** None is known. */
  static Breaks none() {
    return new Breaks(State.NONE, Instant.EPOCH);
  }

  /** Whether this is what {@link #text} or {@link #broken} wrote. */
  static boolean isText(String text) {
    try {
      return State.parse(text).text().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Reads it; anything else counts as nothing.
   *
   * @param sameNumbers whether its UIDs are those of the folder
   */
  static Breaks parse(String text, boolean sameNumbers, Instant now) {
    if (!isText(text)) {
      return none();
    }
    State read = State.parse(text);
    return new Breaks(sameNumbers ? read : read.withoutMessages(), now);
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

  /** A command that asked for these has ended, so that the session did not break at them. */
  void answered(UidSet uids) {
    underWay.remove(uids);
    struck().keySet().removeIf(uids::contains);
  }

  private Map<Long, Strikes> struck() {
    return body ? bodies : headers;
  }

  /** Whether a message comes after all others. */
  boolean isSuspect(long uid) {
    return suspects.contains(uid);
  }

  /** Whether a message is not asked for, or not for its body. */
  boolean isLeftOut(long uid, boolean forBody) {
    return (forBody ? noBodies : noHeaders).contains(uid);
  }

  /** Whether the folder comes after the others. */
  boolean isFolderSuspect() {
    return state.count() > 0 || !suspects.isEmpty();
  }

  /** How often in a row the session broke in the folder: the more often, the later it comes. */
  int count() {
    return state.count();
  }

  /** Whether the folder is left out for now. */
  boolean isFolderLeftOut(Instant now) {
    return state.folder().isLeftOut(now);
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
    if (noHeaders.isEmpty() && noBodies.isEmpty()) {
      return "";
    }
    UidSet none = UidSet.empty();
    return new State(none, none, only(headers, noHeaders), only(bodies, noBodies), 0, Strikes.NONE)
        .text();
  }

  private static Map<Long, Strikes> only(Map<Long, Strikes> strikes, UidSet uids) {
    Map<Long, Strikes> some = new TreeMap<>(strikes);
    some.keySet().removeIf(uid -> !uids.contains(uid));
    return some;
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
    Strikes folder = state.folder().struck(false, now);
    return new State(state.suspects(), state.last(), headers, bodies, counted(), folder);
  }

  private int counted() {
    return Math.min(state.count() + 1, MOST_COUNTED);
  }

  private State at(UidSet last, Instant now) {
    boolean out = last.size() == 1 && strike(last.min(), now).isLeftOut(now);
    UidSet all = state.suspects().union(last);
    return new State(
        out ? all.minus(last) : all,
        out ? UidSet.empty() : last,
        headers,
        bodies,
        counted(),
        Strikes.NONE);
  }

  private Strikes strike(long uid, Instant now) {
    Strikes strikes = struck().getOrDefault(uid, Strikes.NONE).struck(came, now);
    struck().put(uid, strikes);
    if (struck().size() > MOST_STRUCK) {
      struck().entrySet().stream()
          .min(Comparator.comparingLong(entry -> entry.getValue().since()))
          .map(Map.Entry::getKey)
          .ifPresent(struck()::remove);
    }
    return strikes;
  }
}
