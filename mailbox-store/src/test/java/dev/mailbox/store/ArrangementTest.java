// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.store;

import static dev.mailbox.store.ReplicaFixture.INBOX;
import static dev.mailbox.store.ReplicaFixture.folder;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Outcome;
import dev.mailbox.Residence;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.spi.ListedFolder;
import dev.mailbox.spi.RemoteFolder;
import dev.mailbox.spi.ReplicaBatch;
import dev.mailbox.store.internal.db.ActionQueue;
import dev.mailbox.store.internal.db.Folders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders of a server, as the copy shows them. */
class ArrangementTest {
  private static final FolderPath WORK = FolderPath.of("Work");
  private static final FolderPath NEW = FolderPath.of("New");
  private final FolderChanges changes = new FolderChanges(Residence.SERVER);
  private ReplicaFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = new ReplicaFixture(directory);
    fixture.arrange(folder("INBOX"), folder("Work"));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Optional<FolderRole> role(String path) {
    return fixture.row(FolderPath.parse(path)).role();
  }

  @Test
  void foldersAreMadeAndToldOf() {
    FeedPosition before = fixture.last();
    fixture.arrange(folder("INBOX"), folder("Work"), folder("a/b"));
    assertThat(fixture.folders()).containsExactly("INBOX", "a/b", "Work");
    assertThat(fixture.kinds(before)).containsExactly("FolderCreated");
    assertThat(fixture.replica.folders())
        .extracting(RemoteFolder::path)
        .containsExactly(INBOX, FolderPath.parse("a/b"), WORK);
  }

  @Test
  void unchangedListWritesNothing() {
    ListedFolder[] listed = {folder("INBOX", FolderRole.INBOX), folder("Work", FolderRole.SENT)};
    fixture.arrange(listed);
    long before = fixture.writes();
    fixture.arrange(listed);
    assertThat(fixture.writes()).isEqualTo(before);
  }

  @Test
  void folderThatIsGoneGoesWithItsMessages() {
    fixture.bring(WORK, "one");
    fixture.delete(fixture.bring(WORK, "deleted"));
    FeedPosition before = fixture.last();
    fixture.arrange(folder("INBOX"));
    assertThat(fixture.folders()).containsExactly("INBOX");
    assertThat(fixture.kinds(before)).containsExactly("Removed", "FolderDeleted");
  }

  @Test
  void inboxNeverGoes() {
    fixture.bring(INBOX, "one");
    fixture.arrange();
    assertThat(fixture.folders()).containsExactly("INBOX");
    assertThat(fixture.subjects(INBOX)).containsExactly("one");
    assertThat(role("INBOX")).contains(FolderRole.INBOX);
  }

  @Test
  void rolesAreTheServers() {
    fixture.arrange(folder("Work", FolderRole.DRAFTS), folder("Sent", FolderRole.SENT));
    assertThat(role("Work")).contains(FolderRole.DRAFTS);
    fixture.arrange(folder("Work", FolderRole.SENT), folder("Sent"));
    assertThat(role("Work")).contains(FolderRole.SENT);
    assertThat(role("Sent")).isEmpty();
    fixture.arrange(folder("Work"), folder("INBOX", FolderRole.ARCHIVE));
    assertThat(role("Work")).isEmpty();
    assertThat(role("INBOX")).contains(FolderRole.INBOX);
  }

  @Test
  void roleThatWasGivenHereStaysUntilTheServerGivesIt() {
    long one = fixture.bring(INBOX, "one");
    fixture.queue(sql -> new LocalActions(Residence.SERVER).trash(sql, List.of(one)));
    fixture.arrange(folder("Trash"));
    fixture.arrange(folder("Trash"));
    assertThat(role("Trash")).contains(FolderRole.TRASH);
    fixture.arrange(folder("Trash"), folder("Bin", FolderRole.TRASH));
    assertThat(role("Trash")).isEmpty();
    assertThat(role("Bin")).contains(FolderRole.TRASH);
  }

  @Test
  void roleThatTheServerHasConfirmedIsTheServersFromThenOn() {
    long one = fixture.bring(INBOX, "one");
    fixture.queue(sql -> new LocalActions(Residence.SERVER).trash(sql, List.of(one)));
    fixture.arrange(folder("Trash", FolderRole.TRASH));
    fixture.arrange(folder("Trash"));
    assertThat(role("Trash")).isEmpty();
  }

  @Test
  void whatOnlyTheCopyHoldsStaysInAFolderThatLivesHere() {
    fixture.bring(WORK, "lost");
    long kept = fixture.bring(WORK, "kept");
    fixture.batch(WORK, batch -> batch.released("kept"));
    FeedPosition before = fixture.last();
    fixture.arrange(folder("INBOX"));
    assertThat(fixture.row(WORK).residence()).isEqualTo(Residence.LOCAL);
    assertThat(fixture.subjects(WORK)).containsExactly("kept");
    assertThat(fixture.kinds(before)).containsExactly("Removed");
    long writes = fixture.writes();
    fixture.arrange(folder("INBOX"));
    assertThat(fixture.writes()).isEqualTo(writes);
    assertThat(fixture.row(kept).orElseThrow().residence()).isEqualTo(Residence.LOCAL);
  }

  @Test
  void folderThatComesBackTakesInWhatStayedHere() {
    long kept = fixture.bring(WORK, "kept");
    fixture.batch(WORK, batch -> batch.released("kept"));
    fixture.arrange(folder("INBOX"));
    fixture.arrange(folder("INBOX"), folder("Work"));
    assertThat(fixture.row(WORK).residence()).isEqualTo(Residence.SERVER);
    assertThat(fixture.row(kept).orElseThrow().residence()).isEqualTo(Residence.LOCAL);
    fixture.bring(WORK, "k2", StoreFixture.mail("kept"));
    assertThat(fixture.subjects(WORK)).containsExactly("kept", "kept");
  }

  @Test
  void queuedChangesOfFoldersCountAsDone() {
    fixture.bring(WORK, "one");
    fixture.arrange(folder("Work"), folder("Work/below"), folder("Old"));
    fixture.queue(sql -> changes.create(sql, NEW));
    fixture.queue(sql -> changes.rename(sql, WORK, FolderPath.of("Jobs")));
    fixture.queue(sql -> changes.delete(sql, FolderPath.of("Old")));
    FeedPosition before = fixture.last();
    fixture.arrange(folder("Work"), folder("Work/below"), folder("Old"));
    assertThat(fixture.folders()).containsExactly("INBOX", "Jobs", "Jobs/below", "New");
    assertThat(fixture.subjects(FolderPath.of("Jobs"))).containsExactly("one");
    assertThat(fixture.kinds(before)).isEmpty();
  }

  @Test
  void folderThatReplacesADeletedOneIsLeftAlone() {
    fixture.bring(WORK, "old");
    fixture.queue(sql -> changes.delete(sql, WORK));
    fixture.queue(sql -> changes.create(sql, WORK));
    fixture.arrange(folder("Work"));
    assertThat(fixture.subjects(WORK)).isEmpty();
    assertThat(fixture.folders()).containsExactly("INBOX", "Work");
  }

  @Test
  void messagesOnTheirWayToALostFolderStayWhereTheyWere() {
    long moved = fixture.bring(INBOX, "moved");
    long copied = fixture.bring(INBOX, "copied");
    long away = fixture.bring(WORK, "away");
    fixture.move(moved, WORK);
    fixture.copy(copied, WORK);
    fixture.move(away, INBOX);
    fixture.arrange(folder("INBOX"));
    assertThat(fixture.folders()).containsExactly("INBOX");
    assertThat(fixture.subjects(INBOX)).containsExactly("copied", "moved");
    assertThat(fixture.row(moved).orElseThrow().folder()).isEqualTo(INBOX);
    assertThat(fixture.store.read(ActionQueue::failureCount)).isEqualTo(2);
  }

  @Test
  void appendToALostFolderIsNotLost() {
    new Appender(fixture.store, (queued, placement) -> Outcome.QUEUED)
        .append(WORK, StoreFixture.stream(StoreFixture.mail("draft")), StoreFixture.NOON, Set.of());
    fixture.arrange(folder("INBOX"));
    assertThat(fixture.row(WORK).residence()).isEqualTo(Residence.LOCAL);
    assertThat(fixture.subjects(WORK)).containsExactly("draft");
    assertThat(fixture.store.read(ActionQueue::count)).isZero();
  }

  @Test
  void folderOfAnotherProtocolsTimeBecomesTheServers() {
    FolderPath kept = FolderPath.of("Kept");
    fixture.store.change(sql -> Folders.insert(sql, kept, null, Residence.LOCAL));
    try (ReplicaBatch batch = fixture.replica.batch(kept)) {
      TestRemote.give(batch, "k", new TestServer.Mail(StoreFixture.mail("k"), Set.of()), false);
      batch.commit().awaitDurable();
    }
    fixture.arrange(folder("Kept"));
    assertThat(fixture.row(kept).residence()).isEqualTo(Residence.SERVER);
    assertThat(fixture.number(kept, "k")).isEmpty();
    assertThat(fixture.subjects(kept)).containsExactly("k");
  }
}
