// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import dev.mailbox.testkit.internal.sasl.Exchange.Accepted;
import dev.mailbox.testkit.internal.sasl.Exchange.Refused;
import dev.mailbox.testkit.internal.sasl.Exchange.Turn;
import dev.mailbox.testkit.internal.store.Account;
import dev.mailbox.testkit.internal.store.Accounts;
import java.util.Optional;

/** Whether a name and a password belong together. */
public final class Passwords {
  private Passwords() {}

  /** The account, when its user has that password. */
  public static Optional<Account> login(Accounts accounts, String user, String password) {
    return accounts.find(user).filter(account -> account.secrets().accepts(password));
  }

  static Turn check(Accounts accounts, String user, String password) {
    return login(accounts, user, password).<Turn>map(Accepted::new).orElseGet(Refused::new);
  }
}
