// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a user may log in with. Thread-safe. */
public final class Secrets {
  private final Clock clock;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private volatile @Nullable String password;

  Secrets(Clock clock) {
    this.clock = clock;
  }

  public void password(String secret) {
    password = secret;
  }

  /**
   * The password in clear, whether it lets anyone in or not, which {@link Accounts#password} tells;
   * empty for a user who has only tokens.
   */
  public Optional<String> password() {
    return Optional.ofNullable(password);
  }

  /** Lets a token in until then. */
  public void addToken(String token, Instant end) {
    tokens.put(token, end);
  }

  /** From now on the token is refused. */
  public void removeToken(String token) {
    tokens.remove(token);
  }

  public boolean acceptsToken(String token) {
    Instant end = tokens.get(token);
    return end != null && clock.instant().isBefore(end);
  }
}
