// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueCrashTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 9, 23, 40})
  void whatIsShownAndWhatIsQueuedStayTogether(int lines, @TempDir Path directory) {
    int acted;
    try (ChildProcess child =
        ChildProcess.start(QueueingProgram.class, List.of(), directory.toString())) {
      StoreFixture.await(() -> child.lines().size() >= lines);
      child.kill();
      acted = child.lines().size() - 1;
    }
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      int keywords = StoreFixture.bySubject(mailbox, "two").flags().size();
      int queued = mailbox.status().queuedActions();
      boolean moved = !StoreFixture.bySubject(mailbox, "one").folder().equals(FolderPath.INBOX);
      assertThat(keywords).isBetween(acted, acted + 1);
      int moves = queued - keywords;
      assertThat(moves).isBetween(keywords, keywords + 1);
      assertThat(moved).isEqualTo(moves % 2 == 1);
    }
  }
}
