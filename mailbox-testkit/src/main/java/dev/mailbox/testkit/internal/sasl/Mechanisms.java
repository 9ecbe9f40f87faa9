// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import dev.mailbox.testkit.internal.store.Accounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The SASL mechanisms by their registered names. */
public final class Mechanisms {
  private static final Map<String, BiFunction<Accounts, Nonces, Exchange>> ALL =
      Map.of(
          "PLAIN", (accounts, nonces) -> new Plain(accounts),
          "LOGIN", (accounts, nonces) -> new LoginMechanism(accounts),
          "CRAM-MD5", CramMd5::new,
          "SCRAM-SHA-256", ScramSha256::new,
          "XOAUTH2", (accounts, nonces) -> BearerToken.xoauth2(accounts),
          "OAUTHBEARER", (accounts, nonces) -> BearerToken.oauthBearer(accounts));

  /** What a server offers whose users have passwords. */
  public static final List<String> FOR_PASSWORDS =
      List.of("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256");

  /** What a server offers whose users have tokens. */
  public static final List<String> FOR_TOKENS = List.of("XOAUTH2", "OAUTHBEARER");

  private Mechanisms() {}

  /** Whether there is such a mechanism. */
  public static boolean isKnown(String name) {
    return ALL.containsKey(name);
  }

  /** Begins an exchange; empty when there is no such mechanism. */
  public static Optional<Exchange> begin(String name, Accounts accounts, Nonces nonces) {
    return Optional.ofNullable(ALL.get(name)).map(mechanism -> mechanism.apply(accounts, nonces));
  }
}
