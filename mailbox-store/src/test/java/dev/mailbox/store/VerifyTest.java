// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Mailbox;
import dev.mailbox.MessageId;
import dev.mailbox.VerifyReport;
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

class VerifyTest {
  private static final String MARK = "THE-BYTES-TO-BE-DAMAGED";
  private Path directory;
  private MessageId victim;

  @BeforeEach
  void fill(@TempDir Path temporary) {
    directory = temporary;
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      for (int i = 0; i < 20; i++) {
        StoreFixture.append(mailbox.inbox(), StoreFixture.mailOfSize("sound " + i, 50_000));
      }
      victim = StoreFixture.append(mailbox.inbox(), StoreFixture.mail("victim", MARK + "\r\n"));
    }
  }

  private VerifyReport verify() {
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      return mailbox.verify();
    }
  }

  private void damage(long position, int bytes) throws IOException {
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("mailbox.db").toFile(), "rw")) {
      file.seek(position);
      file.write("x".repeat(bytes).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private long find(String text) throws IOException {
    byte[] file = Files.readAllBytes(directory.resolve("mailbox.db"));
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  private void sqlite(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("mailbox.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void soundStoreIsSound() {
    VerifyReport report = verify();
    assertThat(report.isSound()).isTrue();
    assertThat(report.messages()).isEqualTo(21);
    assertThat(report.bytes()).isGreaterThan(1_000_000);
  }

  @Test
  void flippedByteOfABodyIsFound() throws IOException {
    damage(find(MARK), 1);
    assertThat(verify().damaged()).containsExactly(victim);
  }

  @Test
  void missingChunkIsFound() throws SQLException {
    sqlite("DELETE FROM chunk WHERE id = (SELECT max(id) FROM chunk)");
    assertThat(verify().damaged()).containsExactly(victim);
  }

  @Test
  void wreckedPagesAreReportedAndNotThrown() throws IOException {
    long page = find(MARK) / 8192;
    damage(page * 8192, 8192);
    VerifyReport report = verify();
    assertThat(report.isSound()).isFalse();
    assertThat(report.problems()).isNotEmpty();
    assertThat(report.damaged()).contains(victim);
  }
}
