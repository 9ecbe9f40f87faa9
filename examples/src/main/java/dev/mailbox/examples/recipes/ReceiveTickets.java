// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.Mailbox;
import dev.mailbox.delivery.Delivery;
import dev.mailbox.delivery.Receiver;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes a ticket of each message, for months: what arrives is handed over until its ticket is
 * written, and with {@code removal(Removal.afterHandled())} the server keeps it as long. A message
 * that comes once more after a crash has the same key, and makes no second ticket.
 */
public record ReceiveTickets(Mailbox mailbox, Connection tickets) {
  /** Goes on until the mailbox is closed. */
  public void run() {
    try (Receiver receiver = mailbox.receiver("tickets")) {
      receiver.handle(this::insert);
    }
  }

  /** Makes tickets of what is there now, as a program does that is run every hour. */
  public int runOnce() {
    try (Receiver receiver = mailbox.receiver("tickets")) {
      return receiver.handlePending(this::insert);
    }
  }

  private void insert(Delivery delivery) throws SQLException {
    try (var statement =
        tickets.prepareStatement(
            "INSERT OR IGNORE INTO tickets (mail, subject, body) VALUES (?, ?, ?)")) {
      statement.setString(1, delivery.key().toString());
      statement.setString(2, delivery.message().envelope().subject());
      statement.setString(3, delivery.message().content().text());
      statement.executeUpdate();
    }
  }
}
