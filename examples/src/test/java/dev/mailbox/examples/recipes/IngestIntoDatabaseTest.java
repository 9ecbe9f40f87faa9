// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.examples.Protocol;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class IngestIntoDatabaseTest {
  private static final String[] SCHEMA = {
    "CREATE TABLE tickets (mail TEXT PRIMARY KEY, subject TEXT, body TEXT)",
    "CREATE TABLE mail_feed (position INTEGER NOT NULL)",
    "INSERT INTO mail_feed VALUES (0)"
  };

  private final Path directory;

  IngestIntoDatabaseTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("tickets.db"));
  }

  private void execute(String... statements) throws SQLException {
    try (Connection database = database();
        Statement statement = database.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> tickets() throws SQLException {
    List<String> subjects = new ArrayList<>();
    try (Connection database = database();
        Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT subject FROM tickets ORDER BY subject")) {
      while (rows.next()) {
        subjects.add(rows.getString(1));
      }
    }
    return subjects;
  }

  private void ingest(Protocol protocol, FakeMailServer server) throws SQLException {
    MailboxConfig config = protocol.at(server, "desk").keepIn(directory.resolve("mail")).build();
    try (Mailbox mailbox = Mailbox.open(config);
        Connection tickets = database()) {
      mailbox.inbox().sync();
      new IngestIntoDatabase(mailbox, tickets).run();
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachMessageBecomesOneTicket(Protocol protocol, FakeMailServer server) throws SQLException {
    execute(SCHEMA);
    ServerFolder inbox = server.user("desk", "secret").inbox();
    inbox.deliver(mail("a"));
    inbox.deliver(mail("b"));
    ingest(protocol, server);
    ingest(protocol, server);
    inbox.deliver(mail("c"));
    ingest(protocol, server);

    assertThat(tickets()).containsExactly("a", "b", "c");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureInTheMiddleLosesNothingAndDoublesNothing(Protocol protocol, FakeMailServer server)
      throws SQLException {
    execute(SCHEMA);
    execute(
        "CREATE TRIGGER crash BEFORE INSERT ON tickets WHEN new.subject = 'c'"
            + " BEGIN SELECT RAISE(ABORT, 'no'); END");
    ServerFolder inbox = server.user("desk", "secret").inbox();
    for (String subject : List.of("a", "b", "c", "d")) {
      inbox.deliver(mail(subject));
    }

    assertThatThrownBy(() -> ingest(protocol, server)).isInstanceOf(SQLException.class);
    assertThat(tickets()).isEmpty();
    execute("DROP TRIGGER crash");
    ingest(protocol, server);

    assertThat(tickets()).containsExactly("a", "b", "c", "d");
    assertThat(inbox.count()).isEqualTo(protocol.left(4));
  }
}
