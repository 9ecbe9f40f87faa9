// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  @Test
  void whatWasAppendedIsKeptAndStillSent(@TempDir Path directory) {
    int told;
    try (ChildProcess child =
        ChildProcess.start(AppendingProgram.class, List.of(), directory.toString())) {
      StoreFixture.await(() -> child.lines().size() >= 6);
      child.kill();
      told = child.lines().size() - 1;
    }
    TestRemote remote = TestRemote.onServer();
    try (Mailbox mailbox = StoreFixture.open(directory, remote)) {
      int here = mailbox.inbox().counts().total();
      assertThat(here).isBetween(told, told + 1);
      assertThat(mailbox.status().queuedActions()).isEqualTo(here);
      remote.actions.refuseNext();
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
      assertThat(remote.server.inbox()).hasSize(here - 1);
      assertThat(mailbox.failedActions()).hasSize(1);
      mailbox.sync();
      assertThat(mailbox.inbox().counts().total()).isEqualTo(here);
      assertThat(mailbox.verify().damaged()).isEmpty();
    }
  }
}
