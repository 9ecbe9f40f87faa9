// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.search.Query.unread;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.ServerId;
import dev.mailbox.sync.Removal;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Set;

/**
 * Takes over from a program written with Jakarta Mail's {@code Store} and {@code Folder}: its
 * ledger of UIDLs or UIDs goes on, and its code for messages stays as it is.
 */
public final class FromStoreAndFolder {
  /** The old code for one message. */
  @FunctionalInterface
  public interface Handler {
    /** Handles it. */
    void handle(MimeMessage message) throws MessagingException;
  }

  private FromStoreAndFolder() {}

  /** Handles each unread message that the ledger does not name, and adds it to the ledger. */
  public static void run(MailboxConfig.Builder config, Set<String> ledger, Handler old)
      throws MessagingException {
    try (Mailbox mailbox = Mailbox.open(config.removal(Removal.never()).build())) {
      mailbox.inbox().sync();
      for (Message message : mailbox.inbox().search(unread()).prefetch()) {
        String entry = entry(message.serverId().orElseThrow());
        if (!ledger.contains(entry)) {
          old.handle(message.toMimeMessage());
          ledger.add(entry);
        }
        message.mark(Flag.SEEN);
      }
      mailbox.flush(Duration.ofSeconds(30));
    }
  }

  /** As the old program wrote it. */
  private static String entry(ServerId id) {
    if (id instanceof ServerId.ImapUid imap) {
      return imap.uidValidity() + "/" + imap.uid();
    }
    return ((ServerId.Pop3Uidl) id).uidl();
  }
}
