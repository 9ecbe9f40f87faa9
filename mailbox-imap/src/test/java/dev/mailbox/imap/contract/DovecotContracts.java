// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.contract.ResidentServer;
import dev.mailbox.testkit.contract.ServerMailbox;

/** A Dovecot as the contracts see it, over IMAP with implicit TLS. */
final class DovecotContracts implements ResidentServer {
  private static final String PASSWORD = "correct horse";

  private final DovecotServer server;

  DovecotContracts(DovecotServer server) {
    this.server = server;
  }

  @Override
  public String displayName() {
    return "Dovecot over IMAP";
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    server.user(user, PASSWORD);
    return MailboxConfig.at(server.imapsUrl())
        .login(user, PASSWORD)
        .trust(server.certificates().clientContext());
  }

  @Override
  public ServerMailbox mailbox(String user) {
    return ServerMailbox.of(server.user(user, PASSWORD));
  }

  @Override
  public void close() {
    server.close();
  }
}
