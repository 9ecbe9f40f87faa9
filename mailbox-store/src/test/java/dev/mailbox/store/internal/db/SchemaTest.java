// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Reason;
import dev.mailbox.Residence;
import dev.mailbox.StoreException;
import dev.mailbox.content.Envelope;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

class SchemaTest {
  private static final FolderPath KEPT = FolderPath.of("Kept");
  private Path directory;
  private Path file;

  @BeforeEach
  void name(@TempDir Path temporary) {
    directory = temporary;
    file = temporary.resolve("mailbox.db");
  }

  private void sqlite(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void assertRefused(Reason reason) {
    assertThatThrownBy(() -> DbFixture.open(directory))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private void makeStore() {
    try (Database database = DbFixture.open(directory)) {
      database
          .writer()
          .run(
              sql -> {
                for (int i = 0; i < 200; i++) {
                  Meta.put(sql, "name" + i, "x".repeat(500));
                }
              });
    }
  }

  @Test
  void emptyFileBecomesAStore() throws IOException {
    Files.createFile(file);
    try (Database database = DbFixture.open(directory)) {
      assertThat(database.<Long>read(sql -> sql.number("PRAGMA user_version"))).isEqualTo(3);
    }
  }

  @Test
  void storeIsOpenedAgain() {
    makeStore();
    try (Database database = DbFixture.open(directory)) {
      assertThat(DbFixture.has(database, "name199")).isTrue();
    }
  }

  @Test
  void newerStoreIsRefusedAndLeftAlone() throws SQLException {
    makeStore();
    sqlite("PRAGMA user_version=99");
    assertRefused(Reason.STORE_TOO_NEW);
    sqlite("PRAGMA user_version=3");
    try (Database database = DbFixture.open(directory)) {
      assertThat(DbFixture.has(database, "name0")).isTrue();
    }
  }

  @Test
  void databaseOfAnotherProgramIsRefused() throws SQLException {
    sqlite("CREATE TABLE theirs (x)");
    assertRefused(Reason.STORE_CORRUPT);
    sqlite("PRAGMA user_version=1");
    assertRefused(Reason.STORE_CORRUPT);
    sqlite("INSERT INTO theirs VALUES (1)");
  }

  @Test
  void fileThatIsNoDatabaseIsRefused() throws IOException {
    Files.write(file, "From: nobody\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII));
    assertRefused(Reason.STORE_CORRUPT);
    assertThat(file).hasSize(14_000);
  }

  @Test
  void truncatedStoreIsToldDamaged() throws IOException {
    makeStore();
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.setLength(3 * 8192 + 100);
    }
    assertThatThrownBy(
            () -> {
              try (Database database = DbFixture.open(directory)) {
                database.read(sql -> sql.list("SELECT * FROM meta", r -> r.getString(2)));
              }
            })
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_CORRUPT));
  }

  @Test
  void refusedStoreIsNotLeftLocked() throws SQLException {
    sqlite("CREATE TABLE theirs (x)");
    assertRefused(Reason.STORE_CORRUPT);
    sqlite("DROP TABLE theirs");
    DbFixture.open(directory).close();
  }

  @Test
  void migrationThatFailsLeavesTheFileAsItWas() throws SQLException {
    makeStore();
    sqlite("PRAGMA user_version=0", "PRAGMA application_id=0");
    assertRefused(Reason.STORE_CORRUPT);
    sqlite("PRAGMA user_version=3", "PRAGMA application_id=" + 0x4d424f58);
    try (Database database = DbFixture.open(directory)) {
      assertThat(DbFixture.has(database, "name0")).isTrue();
    }
  }

  @Test
  void fileOfTheFirstVersionIsTakenOver() throws SQLException {
    makeVersionOne("INSERT INTO meta VALUES ('last_sync', 'x'), ('not_here', '7')");
    try (Database database = DbFixture.open(directory)) {
      assertThat(database.<Long>read(sql -> sql.number("PRAGMA user_version"))).isEqualTo(3);
      FolderRow inbox = database.read(sql -> Folders.find(sql, FolderPath.INBOX)).orElseThrow();
      assertThat(inbox.leftOut()).hasValue(7);
      FolderRow kept = database.read(sql -> Folders.find(sql, KEPT)).orElseThrow();
      assertThat(kept.leftOut()).isEmpty();
      MessageRow message = database.read(sql -> Placements.find(sql, 1)).orElseThrow();
      assertThat(message.residence()).isEqualTo(Residence.LOCAL);
      assertThat(message.flags().toSet()).containsExactly(Flag.SEEN, Flag.keyword("k"));
      assertThat(message.content().envelope().subject()).isEqualTo("old");
      assertThat(database.read(sql -> Contents.chunk(sql, 1, 0)).isPresent()).isTrue();
      assertThat(database.read(sql -> Entries.placement(sql, inbox.id(), "key")).orElseThrow())
          .isEqualTo(1);
      assertThat(database.read(sql -> ActionQueue.next(sql, 0)).orElseThrow().kind())
          .isEqualTo(QueuedAction.Kind.FLAGS);
      assertThat(DbFixture.has(database, "not_here")).isFalse();
      assertThat(database.read(Integrity::problems)).isEmpty();
    }
  }

  @Test
  void folderOfTheServerThatWasInStepStaysSo() throws SQLException {
    makeVersionOne("INSERT INTO meta VALUES ('last_sync', 'x')");
    sqlite("UPDATE folder SET on_server = 1 WHERE path = 'Kept'");
    try (Database database = DbFixture.open(directory)) {
      assertThat(database.read(sql -> Folders.find(sql, KEPT)).orElseThrow().leftOut()).hasValue(0);
    }
  }

  @Test
  void fileThatWasNeverInStepIsNotTakenForOneThatIs() throws SQLException {
    makeVersionOne();
    try (Database database = DbFixture.open(directory)) {
      assertThat(database.read(sql -> Folders.find(sql, FolderPath.INBOX)).orElseThrow().leftOut())
          .isEmpty();
    }
  }

  @Test
  void versionsThatFilesMayHaveAreNotChanged() throws NoSuchAlgorithmException {
    byte[] first = Schema.MIGRATIONS.get(0).getBytes(StandardCharsets.UTF_8);
    assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(first)))
        .isEqualTo("5dd1612889e10e6213c768339549fc243c36b1d1f25f8763f02fd438165efcf9");
  }

  /** Makes a file as the first version did, with mail in it. */
  private void makeVersionOne(String... more) throws SQLException {
    Sql sql = new Sql(Jdbc.connect(file, new SQLiteConfig()));
    Schema.migrate(sql, Schema.MIGRATIONS.subList(0, 1));
    sql.close();
    Envelope envelope = EnvelopeText.parse("old" + "\u001e".repeat(10), Optional.empty());
    sqlite(
        "INSERT INTO folder (path, role, on_server) VALUES ('INBOX', 'INBOX', 0)",
        "INSERT INTO folder (path, on_server) VALUES ('Kept', 0)",
        "INSERT INTO content (identity, ordinal, sha256, size, chunks, whole, envelope)"
            + " VALUES (x'00', 0, x'11', 5, 1, 1, '"
            + EnvelopeText.of(envelope)
            + "')",
        "INSERT INTO chunk VALUES (1048576, x'68656c6c6f')",
        "INSERT INTO placement (folder, content, received_at, flags, keywords)"
            + " VALUES (2, 1, 1000, 1, 'k')",
        "INSERT INTO entry VALUES (1, 'key', 5, 1, x'', 1000, 1)",
        "INSERT INTO action (kind, folder, folder_id) VALUES ('FLAGS', 'INBOX', 1)");
    sqlite(more);
  }
}
