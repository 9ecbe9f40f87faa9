// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.search.Query.unread;

import dev.mailbox.Flag;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import java.util.function.Consumer;

/** Makes a ticket of each unread mail; its test shows how such a program is tested. */
public final class MakeTickets {
  private MakeTickets() {}

  /**
   * Synchronizes, makes the tickets, and marks the mails as read.
   *
   * @param config the mailbox
   * @param tickets is told the subject of each mail
   */
  public static void run(MailboxConfig config, Consumer<String> tickets) {
    try (Mailbox mailbox = Mailbox.open(config)) {
      mailbox.inbox().sync();
      for (Message message : mailbox.inbox().search(unread())) {
        tickets.accept(message.envelope().subject());
        message.mark(Flag.SEEN);
      }
    }
  }
}
