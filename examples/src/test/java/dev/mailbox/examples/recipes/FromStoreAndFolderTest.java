// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.MailboxConfig;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.FakeMaildrop;
import dev.mailbox.testkit.Pop3Message;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
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
  void theOldLedgerAndTheOldHandlerGoOn(FakeMailServer server) throws MessagingException {
    FakeMaildrop maildrop = server.user("alice", "secret").maildrop();
    Pop3Message known = maildrop.deliver(mail("Handled long ago"));
    Pop3Message unknown = maildrop.deliver(mail("Привет"));
    Set<String> ledger = new HashSet<>(Set.of(known.uidl()));
    List<String> handled = new ArrayList<>();
    MailboxConfig.Builder config =
        MailboxConfig.at(server.pop3Url() + "?tls=none").login("alice", "secret").keepIn(directory);

    for (int run = 0; run < 2; run++) {
      FromStoreAndFolder.run(config, ledger, message -> handled.add(message.getSubject()));
    }

    assertThat(handled).containsExactly("Привет");
    assertThat(ledger).containsExactlyInAnyOrder(known.uidl(), unknown.uidl());
    assertThat(maildrop.uidls()).as("nothing is removed").hasSize(2);
  }

  @Test
  void soDoesALedgerOfUids(FakeMailServer server) throws MessagingException {
    ServerFolder inbox = server.user("alice", "secret").inbox();
    inbox.deliver(mail("Handled long ago"));
    Set<String> ledger = new HashSet<>(writtenByTheOldProgram(server));
    inbox.deliver(mail("Привет"));
    List<String> handled = new ArrayList<>();

    for (int run = 0; run < 2; run++) {
      MailboxConfig.Builder config = Protocol.IMAP.at(server, "alice").keepIn(directory);
      FromStoreAndFolder.run(config, ledger, message -> handled.add(message.getSubject()));
    }

    assertThat(handled).containsExactly("Привет");
    assertThat(ledger).isEqualTo(writtenByTheOldProgram(server)).hasSize(2);
    assertThat(inbox.messages()).allMatch(message -> message.flags().contains("\\Seen"));
  }

  /** A ledger of all messages in the inbox, by Jakarta Mail. */
  private static Set<String> writtenByTheOldProgram(FakeMailServer server)
      throws MessagingException {
    Set<String> ledger = new HashSet<>();
    URI url = URI.create(server.imapUrl());
    try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
      store.connect(url.getHost(), url.getPort(), "alice", "secret");
      try (Folder inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        UIDFolder uids = (UIDFolder) inbox;
        for (Message message : inbox.getMessages()) {
          ledger.add(uids.getUIDValidity() + "/" + uids.getUID(message));
        }
      }
    }
    return ledger;
  }
}
