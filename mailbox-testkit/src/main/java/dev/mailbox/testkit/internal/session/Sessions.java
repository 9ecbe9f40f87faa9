// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.session;

import dev.mailbox.testkit.internal.store.Account;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The sessions of one protocol: how many there may be, how often they may begin, and how long they
 * last. Thread-safe.
 *
 * @param <S> what the protocol has for a session
 */
public final class Sessions<S extends Sessions.Member> {
  private final Set<S> open = ConcurrentHashMap.newKeySet();
  private volatile int most = Integer.MAX_VALUE;
  private volatile LoginLimit logins = LoginLimit.NONE;
  private volatile Duration autologout;

  /** A session, from its greeting on. */
  public interface Member {
    /** For how long it goes on. */
    Patience patience();

    /** Resets its connection. */
    void disconnect();
  }

  /** Of a protocol whose clients may be silent for that long. */
  public Sessions(Duration autologout) {
    this.autologout = autologout;
  }

  /** False when there is no place for another one, which must be removed all the same. */
  public boolean add(S session) {
    open.add(session);
    return open.size() <= most;
  }

  public void remove(S session) {
    open.remove(session);
  }

  /** Those that are open now. */
  public Stream<S> stream() {
    return open.stream();
  }

  /** How many there may be at a time. */
  public void most(int count) {
    most = count;
  }

  /** How often each user may log in within that time. */
  public void mostLogins(int count, Duration within) {
    logins = new LoginLimit(count, within);
  }

  /** Whether that user may log in now, which counts then. */
  public boolean takeLogin(Account account) {
    return logins.take(account);
  }

  /** For how long clients may be silent. */
  public void autologout(Duration silence) {
    autologout = silence;
  }

  /** Ends those that have been silent for too long by the clock, which has been set. */
  public void clockSet() {
    open.forEach(session -> session.patience().endAfter(autologout));
  }

  /** Resets the connections of all that are open now. */
  public void disconnect() {
    open.forEach(Member::disconnect);
  }
}
