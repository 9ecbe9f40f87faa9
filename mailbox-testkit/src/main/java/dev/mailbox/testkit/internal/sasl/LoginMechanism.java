// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.store.Accounts;
import org.jspecify.annotations.Nullable;

/** LOGIN, which no RFC has: asks for the name, then for the password. */
final class LoginMechanism implements Exchange {
  private final Accounts accounts;
  private @Nullable String user;
  private boolean asked;

  LoginMechanism(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Clients may send the name with their command, unasked. */
  @Override
  public boolean clientSpeaksFirst() {
    return true;
  }

  @Override
  public boolean asksInWords() {
    return true;
  }

  @Override
  public Turn next(byte[] response) {
    if (response.length == 0 && !asked) {
      asked = true;
      return new Challenge("Username:");
    }
    String text = new String(response, UTF_8);
    if (user == null) {
      user = text;
      return new Challenge("Password:");
    }
    return Passwords.check(accounts, user, text);
  }
}
