// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.search.Query.from;
import static dev.mailbox.search.Query.unread;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import java.nio.file.Path;

/** Saves the attachments of unread invoices, and marks them as read. */
public final class ReadInvoices {
  private ReadInvoices() {}

  /**
   * Reads the mail of alice.
   *
   * @param url of her server
   * @param password hers
   * @param mail where her mail is kept
   * @param invoices where the attachments go
   */
  public static void run(String url, String password, Path mail, Path invoices) {
    // "imaps://imap.example.org" or "pop3s://pop.example.org": nothing else differs.
    var config = MailboxConfig.at(url).login("alice", password).keepIn(mail).build();
    try (Mailbox mailbox = Mailbox.open(config)) {
      mailbox.inbox().sync();
      for (Message message : mailbox.inbox().search(unread().and(from("billing@")))) {
        message.content().attachments().forEach(attachment -> attachment.saveTo(invoices));
        message.mark(Flag.SEEN);
      }
    }
  }
}
