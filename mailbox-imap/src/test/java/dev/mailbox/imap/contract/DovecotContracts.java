// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.DovecotAccount;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.contract.ResidentServer;
import dev.mailbox.testkit.contract.ServerMailbox;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A Dovecot as the contracts see it, over IMAP with implicit TLS. */
final class DovecotContracts implements ResidentServer {
  private static final String PASSWORD = "correct horse";

  private final DovecotServer server;
  private final Map<String, DovecotAccount> accounts = new ConcurrentHashMap<>();

  DovecotContracts(DovecotServer server) {
    this.server = server;
  }

  /** Made once: to make it again would lift its limits. */
  private DovecotAccount account(String user) {
    return accounts.computeIfAbsent(user, u -> server.user(u, PASSWORD));
  }

  @Override
  public String displayName() {
    return "Dovecot over IMAP";
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    account(user);
    return MailboxConfig.at(server.imapsUrl())
        .login(user, PASSWORD)
        .trust(server.certificates().clientContext());
  }

  @Override
  public ServerMailbox mailbox(String user) {
    return ServerMailbox.of(account(user));
  }

  @Override
  public void close() {
    server.close();
  }
}
