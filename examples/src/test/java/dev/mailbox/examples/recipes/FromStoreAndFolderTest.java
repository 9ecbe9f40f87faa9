// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.MailboxConfig;
import dev.mailbox.testkit.junit.MailServerTest;
import dev.mailbox.testkit.pop3.Pop3Message;
import dev.mailbox.testkit.pop3.ScriptedPop3;
import jakarta.mail.MessagingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@MailServerTest
class FromStoreAndFolderTest {
  private final Path directory;

  FromStoreAndFolderTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theOldLedgerAndTheOldHandlerGoOn(ScriptedPop3 server) throws MessagingException {
    Pop3Message known = server.deliver(mail("Handled long ago").build());
    Pop3Message unknown = server.deliver(mail("Привет").build());
    Set<String> ledger = new HashSet<>(Set.of(known.uidl()));
    List<String> handled = new ArrayList<>();
    MailboxConfig.Builder config =
        MailboxConfig.at(server.url() + "?tls=none").login("alice", "secret").keepIn(directory);

    for (int run = 0; run < 2; run++) {
      FromStoreAndFolder.run(config, ledger, message -> handled.add(message.getSubject()));
    }

    assertThat(handled).containsExactly("Привет");
    assertThat(ledger).containsExactlyInAnyOrder(known.uidl(), unknown.uidl());
    assertThat(server.uidls()).as("nothing is removed").hasSize(2);
  }
}
