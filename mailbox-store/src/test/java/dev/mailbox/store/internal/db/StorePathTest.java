// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Reason;
import dev.mailbox.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space",
        "100%",
        "%20",
        "a#b",
        "a&cache=shared",
        "file:x",
        ":memory:",
        "a;b'c\"d",
        "Ümläut-日本語-😀"
      })
  void anyNameHoldsAStore(String name, @TempDir Path root) {
    Path directory = root.resolve(name);
    try (Database database = DbFixture.open(directory)) {
      database.writer().run(sql -> DbFixture.put(sql, "here"));
    }
    assertThat(directory.resolve("mailbox.db")).isRegularFile();
    assertThat(root.toFile().list()).containsExactly(name);
    try (Database database = DbFixture.open(directory)) {
      assertThat(DbFixture.has(database, "here")).isTrue();
    }
  }

  @Test
  void questionMarkIsRefusedByName(@TempDir Path root) {
    assertThatThrownBy(() -> DbFixture.open(root.resolve("what?mode=memory")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_UNSUPPORTED))
        .hasMessageContaining("'?'");
  }

  @Test
  void missingParentsAreMade(@TempDir Path root) {
    try (Database database = DbFixture.open(root.resolve("a/b/c"))) {
      assertThat(database.isOnDisk()).isTrue();
    }
  }

  @Test
  void fileInThePlaceOfTheDirectoryIsTold(@TempDir Path root) throws IOException {
    Path file = Files.createFile(root.resolve("file"));
    assertThatThrownBy(() -> DbFixture.open(file))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.reason()).isEqualTo(Reason.STORE_UNREADABLE))
        .hasMessageContaining(file.toString());
    assertThatThrownBy(() -> DbFixture.open(file.resolve("below")))
        .isInstanceOf(StoreException.class);
  }
}
