// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.connect;

import java.util.Optional;

/**
 * Gives access tokens for OAuth 2.0 logins.
 *
 * <p>It is asked on the thread that connects, before each login, so it may block and may be asked
 * by several threads at once. When the server refuses a token, the source is told that token, once,
 * and should get a new one; a second refusal in a row is an {@link AuthenticationException}.
 */
@FunctionalInterface
public interface TokenSource {
  /**
   * The token to log in with.
   *
   * @param refused the token that the server has just refused, or empty when any valid one will do
   * @return the access token, without the word {@code Bearer}
   */
  String token(Optional<String> refused);
}
