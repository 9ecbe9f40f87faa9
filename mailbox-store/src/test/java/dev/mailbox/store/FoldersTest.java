// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.change.FeedPosition;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  private Mailbox mailbox;

  @BeforeEach
  void open(@TempDir Path directory) {
    mailbox = StoreFixture.offline(directory);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  private static FolderPath path(String text) {
    return FolderPath.parse(text);
  }

  private Folder create(String path) {
    return mailbox.createFolder(path(path));
  }

  private Folder folder(String path) {
    return mailbox.folder(path(path)).orElseThrow();
  }

  private void assertRejected(Reason reason, ThrowingCallable work) {
    FeedPosition before = mailbox.lastChange();
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(mailbox.lastChange()).isEqualTo(before);
  }

  @Test
  void inboxIsThereFromTheStart() {
    assertThat(mailbox.folders()).extracting(Folder::path).containsExactly(FolderPath.INBOX);
    assertThat(mailbox.inbox().role()).contains(FolderRole.INBOX);
    assertThat(mailbox.folder(FolderRole.INBOX).orElseThrow().path()).isEqualTo(FolderPath.INBOX);
    assertThat(mailbox.inbox().residence()).isEqualTo(Residence.LOCAL);
    assertThat(mailbox.folder(path("inbox"))).isPresent();
  }

  @Test
  void missingParentsAreMade() {
    create("a/b/c");
    assertThat(mailbox.folders())
        .extracting(f -> f.path().toString())
        .containsExactly("INBOX", "a", "a/b", "a/b/c");
    assertThat(StoreFixture.kinds(mailbox, FeedPosition.START))
        .containsExactly("FolderCreated", "FolderCreated", "FolderCreated");
  }

  @Test
  void folderThatExistsIsReturned() {
    create("a");
    FeedPosition before = mailbox.lastChange();
    assertThat(create("a").path()).isEqualTo(path("a"));
    assertThat(mailbox.lastChange()).isEqualTo(before);
  }

  @Test
  void foldersAreListedInboxFirstThenByPath() {
    create("b");
    create("A");
    create("a/x");
    create("Z");
    assertThat(mailbox.folders())
        .extracting(f -> f.path().toString())
        .containsExactly("INBOX", "A", "a", "a/x", "b", "Z");
  }

  @Test
  void renameTakesTheTreeAlongAndMessagesKeepTheirIds() {
    create("a/b");
    MessageId id = StoreFixture.append(folder("a/b"), StoreFixture.mail("kept"));
    FeedPosition before = mailbox.lastChange();
    assertThat(folder("a").rename(path("x/y"))).isEqualTo(Outcome.LOCAL);
    assertThat(mailbox.folders())
        .extracting(f -> f.path().toString())
        .containsExactly("INBOX", "x", "x/y", "x/y/b");
    assertThat(mailbox.find(id).orElseThrow().folder()).isEqualTo(path("x/y/b"));
    assertThat(StoreFixture.kinds(mailbox, before))
        .containsExactly("FolderCreated", "FolderRenamed", "FolderRenamed");
  }

  @Test
  void impossibleRenamesAreRefused() {
    create("a/b");
    create("c");
    assertRejected(Reason.ALREADY_EXISTS, () -> folder("a").rename(path("c")));
    assertRejected(Reason.ALREADY_EXISTS, () -> folder("a").rename(path("a")));
    assertRejected(Reason.IMPOSSIBLE, () -> folder("a").rename(path("a/b/c")));
    assertRejected(Reason.IMPOSSIBLE, () -> mailbox.inbox().rename(path("d")));
    assertRejected(Reason.ALREADY_EXISTS, () -> folder("a").rename(FolderPath.INBOX));
    assertRejected(Reason.IMPOSSIBLE, () -> mailbox.inbox().delete());
  }

  @Test
  void renameOntoTheChildrenOfADeletedFolderIsRefused() {
    create("a/b");
    create("c/b");
    folder("c").delete();
    assertRejected(Reason.ALREADY_EXISTS, () -> folder("a").rename(path("c")));
    assertThat(folder("a/b").counts().total()).isZero();
  }

  @Test
  void deletedFolderTakesItsMessagesAndLeavesThoseBelow() {
    create("a/b");
    MessageId id = StoreFixture.append(folder("a"), StoreFixture.mail("gone"));
    MessageId below = StoreFixture.append(folder("a/b"), StoreFixture.mail("stays"));
    FeedPosition before = mailbox.lastChange();
    Folder deleted = folder("a");
    assertThat(deleted.delete()).isEqualTo(Outcome.LOCAL);
    assertThat(mailbox.find(id)).isEmpty();
    assertThat(mailbox.find(below)).isPresent();
    assertThat(StoreFixture.kinds(mailbox, before)).containsExactly("Removed", "FolderDeleted");
    assertRejected(Reason.NOT_FOUND, deleted::counts);
    assertRejected(Reason.NOT_FOUND, () -> deleted.newest(1));
    assertRejected(Reason.NOT_FOUND, deleted::delete);
    assertRejected(Reason.NOT_FOUND, () -> deleted.rename(path("z")));
    assertRejected(Reason.NOT_FOUND, deleted::residence);
    assertRejected(Reason.NOT_FOUND, deleted::role);
    assertRejected(Reason.NOT_FOUND, deleted::sync);
    assertRejected(Reason.NOT_FOUND, () -> deleted.search(dev.mailbox.search.Query.all()));
  }

  @Test
  void folderOfTheSameNameIsEmptyAfterADeletion() {
    StoreFixture.append(create("a"), StoreFixture.mail("gone"));
    folder("a").delete();
    assertThat(create("a").counts().total()).isZero();
  }

  @Test
  void hostileNamesAreNames() {
    for (String name :
        new String[] {"'; DROP TABLE folder; --", "a/b", "\\", "%", "日本", "..", "."}) {
      Folder folder = mailbox.createFolder(FolderPath.of(name));
      StoreFixture.append(folder, StoreFixture.mail("in"));
      assertThat(mailbox.folder(FolderPath.of(name)).orElseThrow().counts().total()).isEqualTo(1);
    }
    assertThat(mailbox.folders()).hasSize(8);
  }
}
