// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store.internal.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.MessageId;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedTest {
  private Database database;

  @BeforeEach
  void open(@TempDir Path directory) {
    database = DbFixture.open(directory);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void add(int count) {
    database
        .writer()
        .run(
            sql -> {
              for (int i = 0; i < count; i++) {
                Feed.add(sql, Feed.Kind.ARRIVED, (long) i, FolderPath.INBOX, null);
              }
            });
  }

  private List<Change> after(long position, int limit) {
    return database.read(
        sql -> Feed.after(sql, new FeedPosition(position), limit, n -> new MessageId("m-" + n)));
  }

  private FeedPosition last() {
    return database.read(Feed::last);
  }

  @Test
  void rowsAreReadInPages() {
    add(25);
    assertThat(after(0, 10)).hasSize(10).extracting(c -> c.position().value()).startsWith(1L);
    assertThat(after(20, 10)).hasSize(5);
    assertThat(after(25, 10)).isEmpty();
    assertThat(last()).isEqualTo(new FeedPosition(25));
  }

  @Test
  void readerThatWasPrunedPastGetsAGapAndReadsOn() {
    add(25);
    database.writer().run(sql -> Feed.prune(sql, 10));
    List<Change> changes = after(3, 10);
    assertThat(changes).singleElement().isInstanceOf(Change.Gap.class);
    long position = changes.get(0).position().value();
    assertThat(position).isEqualTo(15);
    assertThat(after(position, 100)).hasSize(10);
  }

  @Test
  void readerThatIsFarEnoughGetsNoGap() {
    add(25);
    database.writer().run(sql -> Feed.prune(sql, 10));
    assertThat(after(15, 100)).hasSize(10).noneMatch(Change.Gap.class::isInstance);
  }

  @Test
  void nothingIsPrunedBeforeTwiceAsManyHaveGathered() {
    add(20);
    database.writer().run(sql -> Feed.prune(sql, 10));
    assertThat(after(0, 100)).hasSize(20);
  }

  @Test
  void positionsAreNeverUsedTwice() {
    add(30);
    database
        .writer()
        .run(
            sql -> {
              Feed.prune(sql, 10);
              sql.update("DELETE FROM feed");
            });
    add(1);
    assertThat(last().value()).isEqualTo(31);
  }

  @Test
  void namesOfFoldersAreData() {
    FolderPath hostile = FolderPath.of("a/b\\c'; DROP TABLE feed; --", "日本語");
    database
        .writer()
        .run(
            sql ->
                Feed.add(
                    sql, Feed.Kind.FOLDER_RENAMED, null, hostile, FolderPath.INBOX.toString()));
    assertThat(after(0, 10))
        .containsExactly(new Change.FolderRenamed(new FeedPosition(1), FolderPath.INBOX, hostile));
  }
}
