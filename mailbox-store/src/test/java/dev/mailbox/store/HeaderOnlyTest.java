// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.sync.BodyPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages whose bodies are only on the server, in several places. */
class HeaderOnlyTest {
  private static final FolderPath KEPT = FolderPath.of("Kept");
  private static final String TEXT = StoreFixture.mailOfSize("header", 300_000);
  private final TestRemote remote = TestRemote.local();
  private Mailbox mailbox;
  private String key;

  @BeforeEach
  void open(@TempDir Path directory) {
    remote.bodies = BodyPolicy.onDemand();
    key = remote.server.deliver(TEXT);
    mailbox = StoreFixture.open(directory, remote);
    mailbox.sync();
    mailbox.createFolder(KEPT);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private Message in(FolderPath folder) {
    return StoreFixture.only(mailbox.folder(folder).orElseThrow());
  }

  @Test
  void movedMessageGetsItsBody() {
    in(FolderPath.INBOX).moveTo(KEPT);
    FeedPosition before = mailbox.lastChange();

    assertThat(StoreFixture.raw(in(KEPT))).isEqualTo(TEXT);
    assertThat(mailbox.changes(before, 10))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.BodyArrived.class, change -> assertThat(change.folder()).isEqualTo(KEPT));
  }

  @Test
  void copyGetsTheBodyOfTheOriginal() {
    in(FolderPath.INBOX).copyTo(KEPT);
    FeedPosition before = mailbox.lastChange();

    assertThat(StoreFixture.raw(in(FolderPath.INBOX))).isEqualTo(TEXT);
    remote.offline = true;
    assertThat(StoreFixture.raw(in(KEPT))).isEqualTo(TEXT);
    assertThat(StoreFixture.kinds(mailbox, before)).containsExactly("BodyArrived", "BodyArrived");
  }

  @Test
  void copyCanFetchTheBodyItself() {
    in(FolderPath.INBOX).copyTo(KEPT);

    assertThat(StoreFixture.raw(in(KEPT))).isEqualTo(TEXT);
    assertThat(in(FolderPath.INBOX).isDownloaded()).isTrue();
  }

  @Test
  void serverKeepsTheBodyOfACopyWhenTheOriginalIsDeleted() {
    in(FolderPath.INBOX).copyTo(KEPT);
    in(FolderPath.INBOX).delete();
    mailbox.sync();

    assertThat(remote.server.inbox()).containsKey(key);
    assertThat(StoreFixture.raw(in(KEPT))).isEqualTo(TEXT);
  }

  @Test
  void deletingTheLastCopyIsToldToTheServer() {
    in(FolderPath.INBOX).copyTo(KEPT);
    in(FolderPath.INBOX).delete();
    in(KEPT).delete();
    mailbox.sync();

    assertThat(remote.server.inbox()).isEmpty();
  }

  @Test
  void copiesGoWithTheHeaderThatTheServerNoLongerLists() {
    in(FolderPath.INBOX).copyTo(KEPT);
    remote.server.remove(FolderPath.INBOX, key);
    mailbox.sync();

    assertThat(mailbox.inbox().counts().total()).isZero();
    assertThat(mailbox.folder(KEPT).orElseThrow().counts().total()).isZero();
  }

  @Test
  void deletedFolderTakesItsHeadersFromTheServer() {
    in(FolderPath.INBOX).moveTo(KEPT);
    mailbox.folder(KEPT).orElseThrow().delete();
    mailbox.sync();

    assertThat(remote.server.inbox()).isEmpty();
  }

  @Test
  void deletingSeveralTimesOverDeletesOnce() {
    Message message = in(FolderPath.INBOX);
    FeedPosition before = mailbox.lastChange();
    mailbox.messages(List.of(message.id(), message.id())).delete();

    assertThat(StoreFixture.kinds(mailbox, before)).containsExactly("Removed");
  }
}
