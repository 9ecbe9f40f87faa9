// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.wire;

import java.util.Optional;

/**
 * One run of a client mechanism of SASL (RFC 4422). Used once, by one thread; {@code toString()}
 * names the mechanism only.
 *
 * <p>The factories throw {@link IllegalArgumentException} for what a mechanism cannot carry, naming
 * the argument and not its value.
 */
public interface Sasl {

  /** The registered name, such as {@code PLAIN}. */
  String name();

  /** What can be sent along with the command, before any challenge. */
  Optional<byte[]> initialResponse();

  /**
   * Answers a challenge, decoded from Base64. A client that did not send {@link #initialResponse()}
   * with the command answers the server's empty first challenge with it and does not ask here.
   *
   * @return the answer, not encoded, or empty when there is nothing left to say and the exchange is
   *     to be cancelled
   */
  Optional<byte[]> answer(byte[] challenge);

  /** The credential itself, so that a transcript can mask it where a server echoes it. */
  String secret();

  /**
   * What the server said about a refused token: printable, at most 1 KiB, the JSON of RFC 7628
   * section 3.2.2 in most cases. Empty where there was nothing.
   */
  default Optional<String> refusal() {
    return Optional.empty();
  }

  /** PLAIN (RFC 4616). Refuses NUL and an empty user or password. */
  static Sasl plain(String user, String password) {
    return new SaslPlain(user, password);
  }

  /** LOGIN, which no RFC defines and old servers offer. Refuses NUL and empty values. */
  static Sasl login(String user, String password) {
    return new SaslLogin(user, password);
  }

  /** XOAUTH2, as Google and Microsoft define it. Refuses control characters and empty values. */
  static Sasl xoauth2(String user, String token) {
    return SaslBearer.xoauth2(user, token);
  }

  /**
   * OAUTHBEARER (RFC 7628). Refuses control characters and empty values.
   *
   * @param endpoint the server, whose host and port are part of the message
   */
  static Sasl oauthBearer(String user, String token, Endpoint endpoint) {
    return SaslBearer.oauthBearer(user, token, endpoint);
  }
}
