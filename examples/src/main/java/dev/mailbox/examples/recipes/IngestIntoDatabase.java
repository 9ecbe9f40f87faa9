// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.search.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes a ticket of each message, exactly once: the position in the change feed is kept in the
 * application's own database, and moves in the transaction that writes the tickets.
 */
public record IngestIntoDatabase(Mailbox mailbox, Connection tickets) {
  /** Handles what has arrived since the last run; after a crash, what was not committed. */
  public void run() throws SQLException {
    tickets.setAutoCommit(false);
    try {
      FeedPosition position = position();
      for (List<Change> next; !(next = mailbox.changes(position, 100)).isEmpty(); ) {
        for (Change change : next) {
          handle(change);
        }
        position = next.get(next.size() - 1).position();
        update("UPDATE mail_feed SET position = ?", position.value());
        tickets.commit();
      }
    } finally {
      tickets.rollback();
    }
  }

  private void handle(Change change) throws SQLException {
    if (change instanceof Change.Arrived arrived) {
      var message = mailbox.find(arrived.message());
      if (message.isPresent()) {
        insert(message.get());
      }
    } else if (change instanceof Change.Gap) {
      for (Message message : mailbox.search(Query.all())) {
        insert(message);
      }
    }
  }

  private void insert(Message mail) throws SQLException {
    String text = mail.content().text();
    String sql = "INSERT OR IGNORE INTO tickets (mail, subject, body) VALUES (?, ?, ?)";
    update(sql, mail.id().toString(), mail.envelope().subject(), text);
  }

  private void update(String sql, Object... values) throws SQLException {
    try (var statement = tickets.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private FeedPosition position() throws SQLException {
    try (Statement statement = tickets.createStatement();
        var row = statement.executeQuery("SELECT position FROM mail_feed")) {
      return new FeedPosition(row.getLong(1));
    }
  }
}
