// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.examples.recipes;

import static dev.mailbox.testkit.mail.MailFixtures.mail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.examples.Protocol;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ServerFolder;
import dev.mailbox.testkit.junit.MailServerTest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@MailServerTest
class ReceiveTicketsTest {
  private static final String SCHEMA =
      "CREATE TABLE IF NOT EXISTS tickets (mail TEXT PRIMARY KEY, subject TEXT, body TEXT)";

  private final Path directory;

  ReceiveTicketsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  private Connection database() throws SQLException {
    Connection database =
        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("tickets.db"));
    try (Statement statement = database.createStatement()) {
      statement.execute(SCHEMA);
    }
    return database;
  }

  private static long count(Connection database) throws SQLException {
    try (var rows = database.createStatement().executeQuery("SELECT count(*) FROM tickets")) {
      return rows.getLong(1);
    }
  }

  private Mailbox open(Protocol protocol, FakeMailServer server, String store) {
    MailboxConfig config =
        protocol
            .at(server, "desk")
            .keepIn(directory.resolve(store))
            .scope(SyncScope.everything().bodies(BodyPolicy.all()))
            .removal(Removal.afterHandled())
            .build();
    return Mailbox.open(config);
  }

  @ParameterizedTest
  @EnumSource
  void eachMessageBecomesOneTicketAndLeavesTheServer(Protocol protocol, FakeMailServer server)
      throws SQLException {
    ServerFolder inbox = server.user("desk", "secret").inbox();
    inbox.deliver(mail("a"));
    inbox.deliver(mail("b"));

    try (Connection database = database();
        Mailbox mailbox = open(protocol, server, "mail")) {
      assertThat(new ReceiveTickets(mailbox, database).runOnce()).isEqualTo(2);
      assertThat(new ReceiveTickets(mailbox, database).runOnce()).isZero();
      assertThat(count(database)).isEqualTo(2);
    }
    assertThat(inbox.messages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void lostStoreMakesNoTicketTwice(Protocol protocol, FakeMailServer server) throws SQLException {
    ServerFolder inbox = server.user("desk", "secret").inbox();
    try (Connection database = database()) {
      inbox.deliver(mail("a"));
      try (Mailbox mailbox = open(protocol, server, "mail")) {
        mailbox.sync();
        assertThat(inbox.messages()).hasSize(1);
      }
      try (Mailbox mailbox = open(protocol, server, "another")) {
        new ReceiveTickets(mailbox, database).runOnce();
      }
      try (Mailbox mailbox = open(protocol, server, "mail")) {
        assertThat(new ReceiveTickets(mailbox, database).runOnce())
            .isEqualTo(protocol == Protocol.POP3 ? 1 : 0);
      }

      assertThat(count(database)).isEqualTo(1);
    }
  }
}
