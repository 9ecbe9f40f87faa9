// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.sasl.Exchange.Accepted;
import dev.mailbox.testkit.internal.sasl.Exchange.Refused;
import dev.mailbox.testkit.internal.sasl.Exchange.Turn;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import java.util.Base64;
import java.util.Optional;

/** Whether a name and a password belong together. */
public final class Passwords {
  private Passwords() {}

  /** The account, when its user has that password. */
  public static Optional<Account> login(Accounts accounts, String user, String password) {
    return accounts
        .find(user)
        .filter(account -> accounts.takesPasswords() && account.secrets().accepts(password));
  }

  /** Who is named by an initial response of PLAIN, whether it is right or not; else nobody. */
  public static String claimed(String base64) {
    try {
      String[] fields = new String(Base64.getDecoder().decode(base64), UTF_8).split("\0", -1);
      return fields.length == 3 ? fields[1] : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  static Turn check(Accounts accounts, String user, String password) {
    return login(accounts, user, password).<Turn>map(Accepted::new).orElseGet(Refused::new);
  }
}
