// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.Residence;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.MailServer;
import dev.mailbox.testkit.contract.ContractServer;
import java.time.Instant;
import java.util.List;

/** A mail server of the testkit as the contracts see it, over IMAP with implicit TLS. */
final class MailServerContracts implements ContractServer {
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
    return MailboxConfig.at(server.imapsUrl())
        .login(user, password)
        .trust(server.certificates().clientContext());
  }

  @Override
  public void deliver(String user, byte[] rawMessage) {
    server.user(user, password).inbox().deliver(rawMessage);
  }

  @Override
  public void deliver(String user, byte[] rawMessage, Instant arrivedAt) {
    server.user(user, password).inbox().deliver(rawMessage, arrivedAt);
  }

  @Override
  public List<byte[]> held(String user) {
    return server.user(user, password).inbox().messages().stream().map(HeldMessage::raw).toList();
  }

  @Override
  public Residence residence() {
    return Residence.SERVER;
  }

  @Override
  public void close() {
    server.close();
  }
}
