// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.FakeImap;
import dev.mailbox.testkit.ImapMessage;
import dev.mailbox.testkit.contract.ResidentServer;
import dev.mailbox.testkit.contract.ServerMailbox;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A scripted account for each user, in clear text. */
final class ScriptedContracts implements ResidentServer {
  private static final String PASSWORD = "secret";

  private final Map<String, FakeImap> accounts = new ConcurrentHashMap<>();
  private final String name;
  private final String[] missing;

  /** Servers that have not these extensions. */
  ScriptedContracts(String name, String... missing) {
    this.name = name;
    this.missing = missing;
  }

  private FakeImap account(String user) {
    return accounts.computeIfAbsent(
        user, u -> FakeImap.start().login(u, PASSWORD).without(missing));
  }

  @Override
  public String displayName() {
    return name;
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    return MailboxConfig.at(account(user).url() + "?tls=none").login(user, PASSWORD);
  }

  @Override
  public ServerMailbox mailbox(String user) {
    return ServerMailbox.of(account(user));
  }

  /** What is marked as deleted counts as removed, where a server cannot expunge single messages. */
  @Override
  public List<byte[]> held(String user) {
    return account(user).inbox().messages().stream()
        .filter(message -> !message.flags().contains("\\Deleted"))
        .map(ImapMessage::raw)
        .toList();
  }

  @Override
  public void close() {
    accounts.values().forEach(FakeImap::close);
  }
}
