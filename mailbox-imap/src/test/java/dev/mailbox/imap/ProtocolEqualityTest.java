// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.DovecotServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.contract.ProtocolEquality;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program, the URL changed: both protocols show the same of the same mail. */
class ProtocolEqualityTest {
  @Test
  void bothProtocolsShowTheSame(@TempDir Path directory) {
    try (DovecotServer server = DovecotServer.startOrSkip()) {
      ServerFolder inbox = server.user("alice", "secret").inbox();
      ProtocolEquality.deliver((raw, at) -> inbox.deliver(raw, at));
      try (Mailbox pop3 = open(server, server.pop3sUrl(), directory.resolve("pop3"));
          Mailbox imap = open(server, server.imapsUrl(), directory.resolve("imap"))) {
        // IMAP looks first: this server takes what POP3 retrieves for read.
        ProtocolEquality.check(pop3, imap);
      }
    }
  }

  private static Mailbox open(DovecotServer server, String url, Path store) {
    return Mailbox.open(
        MailboxConfig.at(url)
            .login("alice", "secret")
            .trust(server.certificates().clientContext())
            .keepIn(store)
            .scope(SyncScope.everything().bodies(BodyPolicy.all()))
            .removal(Removal.never())
            .build());
  }
}
