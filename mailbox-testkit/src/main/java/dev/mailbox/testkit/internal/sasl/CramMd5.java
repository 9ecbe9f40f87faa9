// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.store.Accounts;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** RFC 2195: the user, and an HMAC of the challenge by the password. */
final class CramMd5 implements Exchange {
  private final Accounts accounts;
  private final Nonces nonces;
  private @Nullable String challenge;

  CramMd5(Accounts accounts, Nonces nonces) {
    this.accounts = accounts;
    this.nonces = nonces;
  }

  @Override
  public boolean clientSpeaksFirst() {
    return false;
  }

  @Override
  public Turn next(byte[] response) {
    String said = challenge;
    if (said == null) {
      said = Apop.timestamp(nonces);
      challenge = said;
      return new Challenge(said);
    }
    String text = new String(response, UTF_8);
    int space = text.lastIndexOf(' ');
    if (space < 0) {
      return new Refused();
    }
    String message = said;
    return accounts
        .find(text.substring(0, space))
        .filter(
            a ->
                accounts
                    .password(a)
                    .map(password -> digest(password, message))
                    .filter(text.substring(space + 1)::equals)
                    .isPresent())
        .<Turn>map(Accepted::new)
        .orElseGet(Refused::new);
  }

  private static String digest(String password, String message) {
    byte[] key = password.getBytes(UTF_8);
    return HexFormat.of().formatHex(Hashes.hmac("HmacMD5", key, message.getBytes(UTF_8)));
  }
}
