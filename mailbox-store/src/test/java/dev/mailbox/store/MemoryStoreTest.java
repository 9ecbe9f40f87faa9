// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
  private final TestRemote remote = TestRemote.local();
  private final Mailbox mailbox = StoreMailbox.open(StoreFixture.config().build(), remote);

  @AfterEach
  void close() {
    mailbox.close();
  }

  @Test
  void searchAsksTheServerAndFetchesBodiesWhenTheyAreNeeded() {
    remote.server.deliver(StoreFixture.mail("asked", "the needle\r\n"));
    remote.server.deliver(StoreFixture.mail("other"));
    SearchResult bySubject = mailbox.inbox().search(Query.subject("asked"));
    assertThat(bySubject.stream().map(Message::isDownloaded)).containsExactly(false);
    assertThat(bySubject.complete()).isTrue();
    assertThat(StoreFixture.raw(bySubject.page(0, 1).get(0))).contains("the needle");
    SearchResult byText = mailbox.inbox().search(Query.text("needle"));
    assertThat(StoreFixture.subjects(byText.stream().toList())).containsExactly("asked");
    assertThat(byText.complete()).isTrue();
  }

  @Test
  void searchWithoutTheServerSaysThatItIsIncomplete() {
    remote.server.deliver(StoreFixture.mail("known"));
    mailbox.sync();
    remote.offline = true;
    SearchResult result = mailbox.inbox().search(Query.all());
    assertThat(result.size()).isEqualTo(1);
    assertThat(result.complete()).isFalse();
    assertThat(mailbox.inbox().search(Query.all().localOnly()).size()).isEqualTo(1);
  }

  @Test
  void serverLosesNothingOfWhatIsOnlyInMemory() {
    remote.removal = dev.mailbox.sync.Removal.afterDownload();
    remote.server.deliver(StoreFixture.mail("kept"));
    mailbox.sync();
    assertThat(remote.server.inbox()).hasSize(1);
  }

  @Test
  void nothingIsWrittenToDisk() throws IOException {
    Path work = Path.of("").toAbsolutePath();
    List<Path> before = list(work);
    remote.server.deliver(StoreFixture.mailOfSize("large", 3 << 20));
    mailbox.sync();
    mailbox.inbox().search(Query.subject("large"));
    assertThat(list(work)).isEqualTo(before);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void restingMailboxUsesNoProcessor() {
    List<Change> changes = new CopyOnWriteArrayList<>();
    mailbox.watch(changes::add);
    remote.server.deliver(StoreFixture.mail("one"));
    mailbox.sync();
    StoreFixture.await(() -> changes.size() == 1);
    try {
      StoreFixture.await(() -> busy().isEmpty());
    } catch (AssertionError e) {
      assertThat(busy()).isEmpty();
    }
  }

  /** The threads that follow the feed and do something else than to wait to be told. */
  private static List<String> busy() {
    return Stream.of(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
        .filter(t -> List.of("mailbox-indexer", "mailbox-feed").contains(t.getThreadName()))
        .filter(
            t ->
                t.getThreadState() != Thread.State.WAITING
                    || !t.getLockName().contains("ConditionObject"))
        .map(Object::toString)
        .toList();
  }

  @Test
  void feedStartsAnewWithEachMailbox() {
    assertThat(mailbox.lastChange()).isEqualTo(FeedPosition.START);
    StoreFixture.append(mailbox.inbox(), StoreFixture.mail("x"));
    assertThat(mailbox.lastChange()).isEqualTo(new FeedPosition(1));
    assertThat(StoreFixture.kinds(mailbox, FeedPosition.START)).containsExactly("Arrived");
  }

  @Test
  void awaitFindsWhatArrives() {
    remote.server.deliver(StoreFixture.mail("confirm"));
    Message found =
        mailbox.inbox().await(Query.subject("confirm"), Duration.ofSeconds(10)).orElseThrow();
    assertThat(found.content().text()).contains("confirm");
    assertThat(remote.syncs).hasValue(1);
  }

  @Test
  void removalThatNeedsADiskIsRefused() {
    MailboxConfig.Builder config =
        StoreFixture.config().removal(dev.mailbox.sync.Removal.afterDownload());
    assertThatThrownBy(config::build).isInstanceOf(IllegalStateException.class);
  }
}
