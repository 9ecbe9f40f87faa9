// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.search.Query.not;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.SearchResult;
import dev.mailbox.search.SortOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Searches without a copy, of a server that can search. */
class MemorySearchTest {
  private static final FolderPath WORK = FolderPath.of("Work");
  private final TestRemote remote = TestRemote.onServer();
  private final Mailbox mailbox = StoreMailbox.open(StoreFixture.config().build(), remote);

  @AfterEach
  void close() {
    mailbox.close();
  }

  private void deliver(int count) {
    for (int i = 0; i < count; i++) {
      remote.server.deliver(dated("m" + i, i));
    }
  }

  private static String dated(String subject, int minute) {
    String time = String.format(java.util.Locale.ROOT, "%02d:%02d", 10 + minute / 60, minute % 60);
    return StoreFixture.mail(subject).replace("10:00:00", time + ":00");
  }

  private static List<String> subjects(SearchResult result) {
    return StoreFixture.subjects(result.stream().toList());
  }

  @Test
  void onlyHitsAreBrought() {
    deliver(20);
    SearchResult result = mailbox.inbox().search(subject("m7"));
    assertThat(subjects(result)).containsExactly("m7");
    assertThat(result.complete()).isTrue();
    assertThat(remote.search.brought).hasSize(1);
    assertThat(remote.syncs).hasValue(0);
    assertThat(result.stream()).noneMatch(Message::isDownloaded);
    assertThat(StoreFixture.raw(result.page(0, 1).get(0))).contains("Hello from m7");
  }

  @Test
  void textNeedsTheBodiesOfWhatMayMatch() {
    deliver(20);
    SearchResult result = mailbox.inbox().search(text("from m7"));
    assertThat(subjects(result)).containsExactly("m7");
    assertThat(result.stream()).allMatch(Message::isDownloaded);
    assertThat(result.complete()).isTrue();
    assertThat(remote.search.brought).hasSize(1);
    assertThat(mailbox.inbox().search(not(text("from m7"))).size()).isEqualTo(19);
    assertThat(mailbox.inbox().counts().notDownloaded()).isEqualTo(19);
  }

  @Test
  void newestAreBroughtFirstAndNoMoreThanNeeded() {
    deliver(180);
    SearchResult result = mailbox.inbox().search(all().limit(3));
    assertThat(subjects(result)).containsExactly("m179", "m178", "m177");
    assertThat(remote.search.chunks).containsExactly(50);
    remote.search.chunks.clear();
    assertThat(subjects(mailbox.inbox().search(subject("m").limit(60)))).hasSize(60);
    assertThat(remote.search.chunks).containsExactly(60);
    remote.search.chunks.clear();
    assertThat(subjects(mailbox.inbox().search(all().limit(2).sortedBy(SortOrder.OLDEST_FIRST))))
        .containsExactly("m0", "m1");
    assertThat(remote.search.chunks).containsExactly(180);
  }

  @Test
  void searchGoesOnUntilEnoughMatch() {
    remote.server.deliver(dated("oldest", 0), Flag.FLAGGED);
    deliver(120);
    SearchResult result =
        mailbox.inbox().search(dev.mailbox.search.Query.flagged(Flag.FLAGGED).limit(1));
    assertThat(subjects(result)).containsExactly("oldest");
    assertThat(remote.search.chunks).containsExactly(50, 50, 21);
  }

  @Test
  void whatChangedOnTheServerIsSeen() {
    String key = remote.server.deliver(StoreFixture.mail("gone"));
    String seen = remote.server.deliver(StoreFixture.mail("seen"));
    assertThat(mailbox.inbox().search(all()).size()).isEqualTo(2);
    remote.server.remove(FolderPath.INBOX, key);
    remote.server.put(
        FolderPath.INBOX,
        seen,
        new TestServer.Mail(StoreFixture.mail("seen"), java.util.Set.of(Flag.SEEN)));
    SearchResult result = mailbox.inbox().search(all());
    assertThat(subjects(result)).containsExactly("seen");
    assertThat(result.page(0, 1).get(0).has(Flag.SEEN)).isTrue();
  }

  @Test
  void allFoldersOfTheScopeAreSearched() {
    remote.server.deliver(WORK, StoreFixture.mail("here"));
    remote.server.deliver(StoreFixture.mail("here too"));
    remote.server.role(FolderRole.JUNK, FolderPath.of("Junk"));
    remote.server.deliver(FolderPath.of("Junk"), StoreFixture.mail("here as junk"));
    SearchResult result = mailbox.search(subject("here"));
    assertThat(subjects(result)).containsExactlyInAnyOrder("here", "here too");
    assertThat(result.complete()).isTrue();
    assertThat(mailbox.search(subject("here")).size()).isEqualTo(2);
    assertThat(remote.syncs).hasValue(1);
    assertThat(mailbox.folder(FolderRole.JUNK).orElseThrow().search(all()).size()).isEqualTo(1);
    assertThat(mailbox.search(subject("here")).size()).isEqualTo(2);
  }

  @Test
  void serverThatIsAwayLeavesWhatIsKnown() {
    deliver(2);
    mailbox.inbox().search(all());
    remote.offline = true;
    SearchResult result = mailbox.inbox().search(all());
    assertThat(result.size()).isEqualTo(2);
    assertThat(result.complete()).isFalse();
    assertThat(mailbox.search(all()).complete()).isFalse();
  }

  @Test
  void serverThatRefusesToSearchIsCopiedFrom() {
    deliver(3);
    remote.search.refuses = true;
    SearchResult result = mailbox.inbox().search(subject("m1"));
    assertThat(subjects(result)).containsExactly("m1");
    assertThat(result.complete()).isTrue();
    assertThat(remote.syncs).hasValue(1);
    assertThat(mailbox.inbox().await(subject("m2"), Duration.ofSeconds(10))).isPresent();
  }

  @Test
  void awaitCopiesNothingElse() {
    deliver(30);
    CompletableFuture<Optional<Message>> awaited =
        CompletableFuture.supplyAsync(
            () -> mailbox.inbox().await(subject("confirm"), Duration.ofSeconds(30)));
    StoreFixture.await(() -> !remote.search.asked.isEmpty());
    remote.server.deliver(StoreFixture.mail("confirm"));
    assertThat(awaited.join().orElseThrow().content().text()).contains("confirm");
    assertThat(remote.search.brought).hasSize(1);
    assertThat(remote.syncs).hasValue(0);
  }

  @Test
  void awaitEndsThoughTheServerDoesNotAnswer() {
    remote.search.silent = true;
    long start = System.nanoTime();
    assertThat(mailbox.inbox().await(subject("x"), Duration.ofMillis(100))).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void awaitTellsThatTheServerStaysAway() {
    remote.offline = true;
    assertThatThrownBy(() -> mailbox.inbox().await(subject("x"), Duration.ofMillis(300)))
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
  }

  @Test
  void closeEndsAnAwaitedSearch() {
    remote.search.silent = true;
    CompletableFuture<Optional<Message>> awaited =
        CompletableFuture.supplyAsync(
            () -> mailbox.inbox().await(subject("x"), Duration.ofSeconds(60)));
    StoreFixture.await(() -> !remote.search.asked.isEmpty());
    mailbox.close();
    assertThatThrownBy(awaited::join)
        .cause()
        .isInstanceOfSatisfying(
            ConnectionException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
  }
}
