// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.connect.TokenSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an access token for as long as servers take it, so that the identity provider is not asked
 * at each login. Thread-safe.
 */
public final class KeptToken implements TokenSource {
  private final Supplier<String> identityProvider;
  private @Nullable String token;

  /**
   * Without a token yet.
   *
   * @param identityProvider gets a new one, such as by a refresh token; what it throws is thrown by
   *     the call that needed a login
   */
  public KeptToken(Supplier<String> identityProvider) {
    this.identityProvider = identityProvider;
  }

  @Override
  public synchronized String token(Optional<String> refused) {
    String kept = token;
    // Another thread may have a new one already for that which this one was refused with.
    if (kept == null || refused.filter(kept::equals).isPresent()) {
      kept = identityProvider.get();
      token = kept;
    }
    return kept;
  }
}
