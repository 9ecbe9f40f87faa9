// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.search.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes a ticket of each message, exactly once: the position in the change feed is kept in the
 * application's own database, and moves in the transaction that writes the tickets.
 */
public record IngestIntoDatabase(Mailbox mailbox, Connection tickets) {
  /** Handles what has arrived since the last run; after a crash, what was not committed. */
  public void run() throws SQLException {
    tickets.setAutoCommit(false);
    List<Change> changes = mailbox.changes(position(), 100);
    while (!changes.isEmpty()) {
      for (Change change : changes) {
        for (Message mail : news(change).toList()) {
          String sql = "INSERT OR IGNORE INTO tickets (mail, subject, body) VALUES (?, ?, ?)";
          update(sql, mail.id().toString(), mail.envelope().subject(), mail.content().text());
        }
      }
      FeedPosition position = changes.get(changes.size() - 1).position();
      update("UPDATE mail_feed SET position = ?", position.value());
      tickets.commit();
      changes = mailbox.changes(position, 100);
    }
  }

  private Stream<Message> news(Change change) {
    if (change instanceof Change.Arrived arrived) {
      return mailbox.find(arrived.message()).stream();
    }
    return change instanceof Change.Gap ? mailbox.search(Query.all()).stream() : Stream.empty();
  }

  private FeedPosition position() throws SQLException {
    try (var statement = tickets.prepareStatement("SELECT position FROM mail_feed");
        var row = statement.executeQuery()) {
      return new FeedPosition(row.getLong(1));
    }
  }

  private void update(String sql, Object... values) throws SQLException {
    try (var statement = tickets.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
