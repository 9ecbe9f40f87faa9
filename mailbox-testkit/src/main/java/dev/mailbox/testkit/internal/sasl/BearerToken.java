// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import dev.mailbox.testkit.internal.words.SaslPhrase;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * XOAUTH2, and OAUTHBEARER of RFC 7628: fields that end with the byte 1, of which one is the token.
 * A client whose token is refused is told why in a challenge, which it must answer before the
 * refusal comes, except where a server has nothing to tell.
 */
final class BearerToken implements Exchange {
  private static final Pattern XOAUTH2 =
      Pattern.compile("user=([^\1]*)\1auth=Bearer ([^\1]*)\1(?:[^\1]*\1)*", Pattern.DOTALL);
  private static final Pattern OAUTHBEARER =
      Pattern.compile(
          "n,(?:a=([^,\1]*))?,\1(?:(?!auth=)[^\1]*\1)*auth=Bearer ([^\1]*)\1(?:[^\1]*\1)*",
          Pattern.DOTALL);

  private final Accounts accounts;
  private final Pattern syntax;
  private final String failure;
  private boolean failed;

  private BearerToken(Accounts accounts, Pattern syntax, String failure) {
    this.accounts = accounts;
    this.syntax = syntax;
    this.failure = failure;
  }

  static Exchange xoauth2(Accounts accounts) {
    return new BearerToken(accounts, XOAUTH2, accounts.wording().of(SaslPhrase.XOAUTH2_REFUSED));
  }

  static Exchange oauthBearer(Accounts accounts) {
    String failure = "{\"status\":\"invalid_token\",\"scope\":\"mail\"}";
    return new BearerToken(accounts, OAUTHBEARER, failure);
  }

  @Override
  public boolean clientSpeaksFirst() {
    return true;
  }

  @Override
  public Turn next(byte[] response) {
    if (failed) {
      return new Refused();
    }
    Optional<Account> account = owner(new String(response, UTF_8));
    failed = account.isEmpty();
    return account
        .<Turn>map(Accepted::new)
        .orElseGet(() -> failure.isEmpty() ? new Refused() : new Challenge(failure));
  }

  private Optional<Account> owner(String response) {
    Matcher fields = syntax.matcher(response);
    if (!fields.matches()) {
      return Optional.empty();
    }
    String user = fields.group(1);
    String token = fields.group(2);
    if (user == null || user.isEmpty()) {
      return accounts.findByToken(token);
    }
    String name = user.replace("=2C", ",").replace("=3D", "=");
    return accounts.find(name).filter(a -> a.secrets().acceptsToken(token));
  }
}
