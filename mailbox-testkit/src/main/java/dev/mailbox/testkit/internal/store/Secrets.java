// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.store;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What a user may log in with. Thread-safe. */
public final class Secrets {
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String password;

  Secrets() {}

  public void password(String secret) {
    password = secret;
  }

  /** The password in clear; empty for a user who has only tokens. */
  public Optional<String> password() {
    return Optional.ofNullable(password);
  }

  public boolean accepts(String secret) {
    return secret.equals(password);
  }

  public void addToken(String token) {
    tokens.add(token);
  }

  /** From now on the token is refused. */
  public void removeToken(String token) {
    tokens.remove(token);
  }

  public boolean acceptsToken(String token) {
    return tokens.contains(token);
  }
}
