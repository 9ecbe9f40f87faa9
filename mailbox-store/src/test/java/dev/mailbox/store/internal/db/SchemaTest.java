// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
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
      assertThat(database.<Long>read(sql -> sql.number("PRAGMA user_version"))).isEqualTo(2);
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
    sqlite("PRAGMA user_version=2");
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
    sqlite("PRAGMA user_version=2", "PRAGMA application_id=" + 0x4d424f58);
    try (Database database = DbFixture.open(directory)) {
      assertThat(DbFixture.has(database, "name0")).isTrue();
    }
  }
}
