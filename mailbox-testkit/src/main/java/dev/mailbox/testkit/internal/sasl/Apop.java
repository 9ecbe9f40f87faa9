// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import java.util.HexFormat;
import java.util.Optional;

/** APOP of POP3 (RFC 1939, section 7). */
public final class Apop {
  private Apop() {}

  /** What a greeting has to sign. */
  public static String timestamp(Nonces nonces) {
    return "<" + nonces.next() + "@localhost>";
  }

  /** The account, when the digest is made with its password. */
  public static Optional<Account> login(
      Accounts accounts, String user, String timestamp, String digest) {
    return accounts
        .find(user)
        .filter(
            a -> accounts.password(a).map(p -> digest(timestamp + p)).equals(Optional.of(digest)));
  }

  private static String digest(String text) {
    return HexFormat.of().formatHex(Hashes.digest("MD5", text.getBytes(UTF_8)));
  }
}
