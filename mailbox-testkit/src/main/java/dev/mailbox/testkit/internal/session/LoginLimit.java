// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.session;

import dev.mailbox.testkit.internal.store.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often a user may log in within some time, by the server's clock. Thread-safe. */
public final class LoginLimit {
  /** As often as they like. */
  public static final LoginLimit NONE = new LoginLimit(Integer.MAX_VALUE, Duration.ZERO);

  private final int most;
  private final Duration within;
  private final Map<Account, Deque<Instant>> logins = new ConcurrentHashMap<>();

  public LoginLimit(int most, Duration within) {
    this.most = most;
    this.within = within;
  }

  /** Whether that user may log in now, which counts then. */
  public boolean take(Account account) {
    if (most == Integer.MAX_VALUE) {
      return true;
    }
    Instant now = account.now();
    Deque<Instant> own = logins.computeIfAbsent(account, a -> new ArrayDeque<>());
    synchronized (own) {
      own.removeIf(login -> !login.isAfter(now.minus(within)));
      if (own.size() >= most) {
        return false;
      }
      own.add(now);
      return true;
    }
  }
}
