// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.search.Query.all;
import static dev.mailbox.search.Query.not;
import static dev.mailbox.search.Query.subject;
import static dev.mailbox.search.Query.text;
import static dev.mailbox.search.Query.unread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.SyncScope;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches of a copy on disk, whose server can search. */
class ServerSearchTest {
  private static final FolderPath TRASH = FolderPath.of("Trash");
  private final TestRemote remote = TestRemote.onServer();
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    remote.bodies = BodyPolicy.onDemand();
    for (int i = 0; i < 10; i++) {
      remote.server.deliver(StoreFixture.mail("m" + i, i == 3 ? "a needle\r\n" : "hay\r\n"));
    }
    remote.server.role(FolderRole.TRASH, TRASH);
    remote.server.deliver(TRASH, StoreFixture.mail("thrown away", "needle\r\n"));
    mailbox = StoreFixture.open(directory, remote);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private Folder trash() {
    return mailbox.folder(TRASH).orElseThrow();
  }

  private long bodies() {
    return mailbox.search(all().localOnly()).stream().filter(Message::isDownloaded).count();
  }

  private static List<String> subjects(SearchResult result) {
    return StoreFixture.subjects(result.stream().toList());
  }

  @Test
  void copyInStepAnswersWithoutTheServer() {
    mailbox.sync();
    remote.offline = true;
    SearchResult result = mailbox.inbox().search(subject("m3"));
    assertThat(subjects(result)).containsExactly("m3");
    assertThat(result.complete()).isTrue();
    assertThat(remote.search.asked).isEmpty();
    assertThat(mailbox.search(subject("m3")).complete()).isTrue();
  }

  @Test
  void onlyBodiesThatMayMatchAreDownloaded() {
    mailbox.sync();
    SearchResult result = mailbox.inbox().search(text("needle"));
    assertThat(subjects(result)).containsExactly("m3");
    assertThat(result.complete()).isTrue();
    assertThat(bodies()).isEqualTo(1);
    assertThat(mailbox.inbox().search(text("needle")).size()).isEqualTo(1);
  }

  @Test
  void serverIsAskedForTheTextsWhereTheirAbsenceMatches() {
    mailbox.sync();
    SearchResult result = mailbox.inbox().search(not(text("needle")).and(unread()));
    assertThat(result.size()).isEqualTo(9);
    assertThat(result.complete()).isTrue();
    assertThat(bodies()).isEqualTo(1);
    assertThat(remote.search.asked).containsExactly(new Query.InText("needle"));
  }

  @Test
  void serverIsAskedWholeQueriesWhereTextsAreWanted() {
    mailbox.sync();
    Query query = subject("m3").and(text("hay").or(text("needle")));
    assertThat(subjects(mailbox.inbox().search(query))).containsExactly("m3");
    assertThat(remote.search.asked).containsExactly(query);
    assertThat(bodies()).isEqualTo(1);
  }

  @Test
  void offlineOrLocalSearchSaysWhatItLacks() {
    mailbox.sync();
    assertThat(mailbox.inbox().search(text("needle").localOnly()).complete()).isFalse();
    remote.offline = true;
    SearchResult result = mailbox.inbox().search(text("needle"));
    assertThat(result.isEmpty()).isTrue();
    assertThat(result.complete()).isFalse();
    assertThat(mailbox.search(text("needle")).complete()).isFalse();
  }

  @Test
  void folderThatIsNotKeptInStepIsAsked() {
    mailbox.sync();
    SearchResult local = trash().search(all().localOnly());
    assertThat(local.isEmpty()).isTrue();
    assertThat(local.complete()).isFalse();
    SearchResult result = trash().search(subject("thrown"));
    assertThat(subjects(result)).containsExactly("thrown away");
    assertThat(result.complete()).isTrue();
    assertThat(bodies()).isZero();
    assertThat(trash().search(text("needle")).size()).isEqualTo(1);
    assertThat(bodies()).isEqualTo(1);
    remote.offline = true;
    assertThat(trash().search(subject("thrown")).complete()).isFalse();
  }

  @Test
  void searchOfAllFoldersDoesNotMissThoseThatAreNotKeptInStep() {
    mailbox.sync();
    remote.search.asked.clear();
    SearchResult result = mailbox.search(subject("thrown"));
    assertThat(result.isEmpty()).isTrue();
    assertThat(result.complete()).isTrue();
    assertThat(remote.search.asked).isEmpty();
  }

  @Test
  void searchOfAllFoldersIsIncompleteWhileTheFoldersAreNotKnown() {
    assertThat(mailbox.search(all().localOnly()).complete()).isFalse();
    assertThat(mailbox.search(subject("m3")).complete()).isFalse();
  }

  @Test
  void whatTheLastSyncLeftOutIsAskedFor(@TempDir Path other) {
    SyncScope scope = SyncScope.everything().newest(2);
    try (Mailbox few =
        StoreMailbox.open(
            StoreFixture.config().keepIn(other).scope(scope).build(), remote.again())) {
      few.sync();
      assertThat(few.inbox().counts().total()).isEqualTo(2);
      SearchResult local = few.inbox().search(subject("m3").localOnly());
      assertThat(local.complete()).isFalse();
      SearchResult result = few.inbox().search(subject("m3"));
      assertThat(subjects(result)).containsExactly("m3");
      assertThat(result.complete()).isTrue();
      assertThat(few.inbox().counts().total()).isEqualTo(3);
      assertThat(few.search(subject("m4")).complete()).isTrue();
      assertThat(few.inbox().counts().total()).isEqualTo(4);
    }
  }

  @Test
  void folderThatLacksSomethingMakesTheWholeIncomplete() {
    remote.missing = 1;
    mailbox.sync();
    remote.offline = true;
    assertThat(mailbox.inbox().search(all()).complete()).isFalse();
    assertThat(mailbox.search(all()).complete()).isFalse();
    remote.offline = false;
    remote.missing = 0;
    mailbox.sync();
    remote.offline = true;
    assertThat(mailbox.search(all()).complete()).isTrue();
  }

  @Test
  void serverThatRefusesToSearchIsDoneWithout() {
    mailbox.sync();
    remote.search.refuses = true;
    SearchResult result = mailbox.inbox().search(text("needle"));
    assertThat(subjects(result)).containsExactly("m3");
    assertThat(result.complete()).isTrue();
    assertThat(trash().search(subject("thrown")).complete()).isFalse();
  }

  @Test
  void serverLearnsOfQueuedActionsBeforeItIsAsked() {
    mailbox.sync();
    remote.offline = true;
    StoreFixture.bySubject(mailbox, "m3").mark(Flag.SEEN);
    remote.offline = false;
    assertThat(subjects(mailbox.inbox().search(text("needle").and(not(unread())))))
        .containsExactly("m3");
    assertThat(mailbox.status().queuedActions()).isZero();
  }
}
