// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mailbox.testkit.internal.store.Accounts;

/** RFC 4616: authorization identity, NUL, user, NUL, password. */
final class Plain implements Exchange {
  private final Accounts accounts;

  Plain(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public boolean clientSpeaksFirst() {
    return true;
  }

  @Override
  public Turn next(byte[] response) {
    String[] fields = new String(response, UTF_8).split("\0", -1);
    boolean ownBehalf = fields.length == 3 && (fields[0].isEmpty() || fields[0].equals(fields[1]));
    return ownBehalf ? Passwords.check(accounts, fields[1], fields[2]) : new Refused();
  }
}
