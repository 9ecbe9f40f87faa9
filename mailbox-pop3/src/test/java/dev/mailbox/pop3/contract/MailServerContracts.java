// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.pop3.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.MailServer;
import dev.mailbox.testkit.contract.ContractServer;
import java.util.List;

/** A mail server of the testkit as the contracts see it, over POP3 with implicit TLS. */
class MailServerContracts implements ContractServer {
  private static final String PASSWORD = "correct horse";

  private final String name;
  private final MailServer server;
  private final String password;

  MailServerContracts(String name, MailServer server) {
    this(name, server, PASSWORD);
  }

  MailServerContracts(String name, MailServer server, String password) {
    this.name = name;
    this.server = server;
    this.password = password;
  }

  @Override
  public String displayName() {
    return name;
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    server.user(user, password);
    return login(
        MailboxConfig.at(server.pop3sUrl()).trust(server.certificates().clientContext()), user);
  }

  /** How the user logs in. */
  MailboxConfig.Builder login(MailboxConfig.Builder config, String user) {
    return config.login(user, password);
  }

  @Override
  public void deliver(String user, byte[] rawMessage) {
    server.user(user, password).inbox().deliver(rawMessage);
  }

  @Override
  public List<byte[]> held(String user) {
    return server.user(user, password).inbox().messages().stream().map(HeldMessage::raw).toList();
  }

  @Override
  public Residence residence() {
    return Residence.LOCAL;
  }

  @Override
  public void close() {
    server.close();
  }
}
