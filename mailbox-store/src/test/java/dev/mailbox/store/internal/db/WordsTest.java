// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.content.Envelope;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {
  private Database database;

  @BeforeEach
  void open(@TempDir Path directory) {
    database = DbFixture.open(directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static ContentRow content(long id) {
    Envelope nothing =
        new Envelope(
            "",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            "",
            List.of(),
            List.of());
    return new ContentRow(id, new byte[] {(byte) id}, new byte[] {(byte) id}, 1, 0, true, nothing);
  }

  private void store(long id) {
    database
        .writer()
        .run(
            sql -> {
              Contents.insert(sql, content(id));
              Words.late(sql, id);
            });
  }

  private void index(List<Long> ids) {
    database
        .writer()
        .run(
            sql ->
                Words.add(
                    sql,
                    ids,
                    ids.stream().map(id -> new Words.Entry(id, "word", "", "", "")).toList()));
  }

  private Set<Long> found() {
    return database.read(sql -> Words.search(sql, "word"));
  }

  private List<Long> next() {
    return database.read(sql -> Words.next(sql, 50));
  }

  @Test
  void contentsAreTakenInOnce() {
    store(1);
    store(2);
    assertThat(next()).containsExactly(1L, 2L);
    index(next());
    assertThat(next()).isEmpty();
    assertThat(database.<Integer>read(Words::missing)).isZero();
    assertThat(found()).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void contentThatWasStoredLateIsTakenIn() {
    store(5);
    index(next());
    store(3);
    assertThat(next()).containsExactly(3L);
    assertThat(database.<Integer>read(Words::missing)).isEqualTo(1);
    index(next());
    assertThat(next()).isEmpty();
  }

  @Test
  void contentStoredWhileOthersAreTakenInIsNotMissed() {
    store(5);
    store(7);
    List<Long> ids = next();
    store(6);
    index(ids);
    assertThat(next()).containsExactly(6L);
    index(next());
    assertThat(found()).contains(5L, 6L, 7L);
  }

  @Test
  void contentRemovedWhileItIsTakenInIsNotFound() {
    store(1);
    List<Long> ids = next();
    database.writer().run(sql -> Contents.deleteIfUnused(sql, 1));
    index(ids);
    assertThat(found()).isEmpty();
    assertThat(next()).isEmpty();
  }
}
