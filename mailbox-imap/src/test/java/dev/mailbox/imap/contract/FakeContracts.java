// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap.contract;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.FakeAccount;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.HeldMessage;
import dev.mailbox.testkit.Profile;
import dev.mailbox.testkit.contract.ResidentServer;
import dev.mailbox.testkit.contract.ServerMailbox;
import java.util.List;

/** The in-memory server as the contracts see it, over IMAP with implicit TLS. */
final class FakeContracts implements ResidentServer {
  private static final String PASSWORD = "correct horse";
  private static final String TOKEN = "battery.staple";

  private final FakeMailServer server;
  private final Profile profile;

  FakeContracts(Profile profile) {
    this.profile = profile;
    this.server = FakeMailServer.start(profile);
  }

  private FakeAccount account(String user) {
    return server.user(user, PASSWORD).token(TOKEN);
  }

  @Override
  public String displayName() {
    return profile + " in memory over IMAP";
  }

  @Override
  public MailboxConfig.Builder config(String user) {
    FakeAccount unused = account(user);
    MailboxConfig.Builder config =
        MailboxConfig.at(server.imapsUrl()).trust(server.certificates().clientContext());
    return profile == Profile.OUTLOOK
        ? config.oauth(user, refused -> TOKEN)
        : config.login(user, PASSWORD);
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
        .map(HeldMessage::raw)
        .toList();
  }

  @Override
  public void close() {
    server.close();
  }
}
