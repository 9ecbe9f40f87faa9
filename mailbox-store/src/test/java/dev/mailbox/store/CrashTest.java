// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Folder;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Residence;
import dev.mailbox.VerifyReport;
import dev.mailbox.search.Query;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes to a store, again and again, and looks at what is left. */
class CrashTest {
  private static final int KILLS = 30;

  @Test
  void whatWasToldDurableIsThereAfterEveryKill(@TempDir Path directory) {
    Random random = new Random(7);
    int promised = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> said = runAndKill(directory, kill, random);
      promised += check(directory, said);
    }
    assertThat(promised).isGreaterThan(KILLS);
  }

  /** However slow the machine is, some promises were made, and some time has passed since. */
  private static List<String> runAndKill(Path directory, int seed, Random random) {
    int lines = 1 + random.nextInt(6);
    int millis = random.nextInt(100);
    try (ChildProcess child =
        ChildProcess.start(
            CrashingProgram.class, List.of(), directory.toString(), String.valueOf(seed))) {
      StoreFixture.await(() -> child.lines().size() >= lines);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      child.kill();
      return child.lines();
    }
  }

  /** Looks for all that was promised, and returns how many messages that were. */
  private static int check(Path directory, List<String> said) {
    assertNothingIsHalf(directory);
    try (Mailbox mailbox = StoreFixture.offline(directory)) {
      VerifyReport report = mailbox.verify();
      assertThat(report.problems()).isEmpty();
      assertThat(report.damaged()).isEmpty();
      assertCounts(mailbox);
      return checkPromises(mailbox, said);
    }
  }

  private static int checkPromises(Mailbox mailbox, List<String> said) {
    Set<String> deleted = new HashSet<>();
    said.stream().filter(l -> l.startsWith("- ")).forEach(l -> deleted.add(l.substring(2)));
    int promised = 0;
    for (String line : said) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("+") && !deleted.contains(words[1])) {
        Optional<Message> message = mailbox.find(MessageId.parse(words[1]));
        assertThat(message).as(line).isPresent();
        assertThat(StoreFixture.raw(message.get()))
            .as(line)
            .isEqualTo(CrashingProgram.text(words[2], Integer.parseInt(words[3])));
        promised++;
      }
    }
    return promised;
  }

  private static void assertCounts(Mailbox mailbox) {
    int shown = 0;
    for (Folder folder : mailbox.folders()) {
      assertThat(folder.newest(100_000)).hasSize(folder.counts().total());
      shown += folder.counts().total();
    }
    assertThat(mailbox.search(Query.all()).size()).isEqualTo(shown);
  }

  /** After opening there is no chunk without its content, and no content without a placement. */
  private static void assertNothingIsHalf(Path directory) {
    MailboxConfig config = MailboxConfig.offline(directory).build();
    try (Store store = Store.open(config, Residence.LOCAL)) {
      for (String query :
          List.of(
              "SELECT count(*) FROM chunk WHERE (id >> 20) NOT IN (SELECT id FROM content)",
              "SELECT count(*) FROM content WHERE id NOT IN (SELECT content FROM placement)",
              "SELECT count(*) FROM placement WHERE content NOT IN (SELECT id FROM content)",
              "SELECT count(*) FROM placement WHERE folder NOT IN (SELECT id FROM folder)",
              "SELECT count(*) FROM entry WHERE placement NOT IN (SELECT id FROM placement)",
              "SELECT count(*) FROM filling")) {
        assertThat(store.<Long>read(sql -> sql.number(query))).as(query).isZero();
      }
    }
  }
}
