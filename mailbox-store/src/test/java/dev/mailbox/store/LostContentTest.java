// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.store.ServerFixture.WORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A message that waits to be put on the server, and whose bytes the store has lost. */
class LostContentTest {
  private static final String MARK = "a text like no other";
  private static final int PAGE = 8192;

  private Path file;
  private ServerFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    file = directory.resolve("mailbox.db");
    fixture = new ServerFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** How they were lost. */
  enum Damage {
    MISSING(Reason.MESSAGE_GONE),
    WRECKED(Reason.STORE_CORRUPT);

    private final Reason reason;

    Damage(Reason reason) {
      this.reason = reason;
    }

    private void wreak(Path file) throws IOException, SQLException {
      switch (this) {
        case MISSING -> {
          try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
              Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM chunk WHERE id = (SELECT max(id) FROM chunk)");
          }
        }
        case WRECKED -> {
          String all = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
          try (RandomAccessFile store = new RandomAccessFile(file.toFile(), "rw")) {
            store.seek((long) all.indexOf(MARK) / PAGE * PAGE);
            store.write("x".repeat(PAGE).getBytes(StandardCharsets.US_ASCII));
          }
        }
      }
    }
  }

  private Outcome append() {
    return fixture
        .mailbox
        .folder(WORK)
        .orElseThrow()
        .append(
            StoreFixture.stream(StoreFixture.mail("draft", MARK + "\r\n")),
            StoreFixture.NOON,
            Set.of())
        .outcome();
  }

  private void damageAndReopen(Damage damage) throws IOException, SQLException {
    fixture.mailbox.close();
    damage.wreak(file);
    fixture.reopen();
  }

  private void requireRefused(Reason reason) {
    fixture.mailbox.sync();
    assertThat(fixture.mailbox.status().queuedActions()).isZero();
    assertThat(fixture.mailbox.failedActions())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.reason()).isEqualTo(reason);
              assertThat(failed.description()).isEqualTo("append 1 message to Work");
            });
    assertThat(fixture.onServer(WORK)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void appendIsRefusedAndTheRestGoesOn(Damage damage) throws Exception {
    fixture.goOffline();
    assertThat(append()).isEqualTo(Outcome.QUEUED);
    assertThat(fixture.message("one").mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
    damageAndReopen(damage);

    requireRefused(damage.reason);

    assertThat(fixture.serverFlags("one")).containsExactly(Flag.SEEN);
    assertThat(fixture.message("one").mark(Flag.FLAGGED)).isEqualTo(Outcome.ON_SERVER);
  }

  /** It cannot be looked for either. */
  @Test
  void appendWhoseAnswerWasLostIsRefused() throws Exception {
    fixture.actions.loseNextAction();
    assertThat(append()).isEqualTo(Outcome.QUEUED);
    damageAndReopen(Damage.MISSING);

    requireRefused(Reason.MESSAGE_GONE);
  }
}
