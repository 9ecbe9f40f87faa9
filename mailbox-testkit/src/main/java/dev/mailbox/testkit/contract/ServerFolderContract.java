// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.FolderPath.INBOX;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static dev.mailbox.testkit.contract.There.OFFICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.Residence;
import dev.mailbox.change.Change;
import dev.mailbox.change.FeedPosition;
import dev.mailbox.sync.SyncScope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Folders of the server: found, followed, and changed from here. */
public interface ServerFolderContract extends ResidentSubject {
  @Test
  default void foldersOfTheServerAreFoundWithTheirMessages() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      there.mailbox().createFolder(OFFICE);
      there.deliver(OFFICE, Mail.of("deep"));

      Mailbox mailbox = account.synced(Mail.of("one"));

      assertThat(mailbox.folders())
          .extracting(Folder::path)
          .containsExactlyInAnyOrder(INBOX, FolderPath.of("Arbeit & Büro"), OFFICE);
      Folder office = mailbox.folder(OFFICE).orElseThrow();
      assertThat(office.residence()).isEqualTo(Residence.SERVER);
      assertThat(subjects(office.newest(10))).containsExactly("deep");
    }
  }

  @Test
  default void foldersOfAnotherClientAppearAndGoAndAreTold() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      There there = There.of(this, account);
      FolderPath work = FolderPath.of("Work");

      FeedPosition start = mailbox.lastChange();
      there.mailbox().createFolder(work);
      there.deliver(work, Mail.of("task"));
      mailbox.sync();
      assertThat(subjects(mailbox.folder(work).orElseThrow().newest(10))).containsExactly("task");
      List<Change> changes = mailbox.changes(start, 100);
      assertThat(changes).hasSize(2);
      assertThat(changes.get(0)).isInstanceOf(Change.FolderCreated.class);
      assertThat(changes.get(1)).isInstanceOf(Change.Arrived.class);

      start = mailbox.lastChange();
      there.mailbox().deleteFolder(work);
      mailbox.sync();
      assertThat(mailbox.folder(work)).isEmpty();
      changes = mailbox.changes(start, 100);
      assertThat(changes).hasSize(2);
      assertThat(changes.get(0))
          .isInstanceOfSatisfying(
              Change.Removed.class,
              c -> assertThat(c.cause()).isEqualTo(Change.Cause.REMOVED_ON_SERVER));
      assertThat(changes.get(1)).isEqualTo(new Change.FolderDeleted(mailbox.lastChange(), work));
    }
  }

  @Test
  default void folderThatAnotherClientRenamedIsThereUnderItsNewName() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      there.mailbox().createFolder(FolderPath.of("Work", "Deep"));
      there.deliver(FolderPath.of("Work", "Deep"), Mail.of("task"));
      Mailbox mailbox = account.synced(Mail.of("one"));

      there.mailbox().renameFolder(FolderPath.of("Work"), FolderPath.of("Job"));
      mailbox.sync();

      assertThat(mailbox.folders())
          .extracting(Folder::path)
          .containsExactlyInAnyOrder(INBOX, FolderPath.of("Job"), FolderPath.of("Job", "Deep"));
      Folder deep = mailbox.folder(FolderPath.of("Job", "Deep")).orElseThrow();
      assertThat(subjects(deep.newest(10))).containsExactly("task");
    }
  }

  @Test
  default void rolesOfTheServerAreKnown() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      List<FolderRole> roles =
          List.of(
              FolderRole.ARCHIVE,
              FolderRole.DRAFTS,
              FolderRole.JUNK,
              FolderRole.SENT,
              FolderRole.TRASH);
      List<FolderPath> paths = roles.stream().map(there.mailbox()::createFolder).toList();

      Mailbox mailbox = account.synced();

      for (int i = 0; i < roles.size(); i++) {
        assertThat(mailbox.folder(roles.get(i)).map(Folder::path)).contains(paths.get(i));
        assertThat(mailbox.folder(paths.get(i)).orElseThrow().role()).contains(roles.get(i));
      }
      assertThat(mailbox.folder(FolderRole.INBOX).map(Folder::path)).contains(INBOX);
    }
  }

  @Test
  default void foldersAreMadeRenamedAndDeletedThere() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      There there = There.of(this, account);

      Folder office = mailbox.createFolder(OFFICE);
      assertThat(office.residence()).isEqualTo(Residence.SERVER);
      assertThat(there.mailbox().folders()).contains(OFFICE);

      FolderPath other = FolderPath.of("Café");
      assertThat(office.rename(other)).isEqualTo(Outcome.ON_SERVER);
      assertThat(there.mailbox().folders()).contains(other).doesNotContain(OFFICE);

      assertThat(mailbox.folder(other).orElseThrow().delete()).isEqualTo(Outcome.ON_SERVER);
      assertThat(there.mailbox().folders()).doesNotContain(other);
    }
  }

  @Test
  default void renamingHereKeepsIdsAndDownloadsNothing() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      FolderPath work = FolderPath.of("Work");
      there.mailbox().createFolder(work);
      there.deliver(work, Mail.of("task"));
      Mailbox mailbox = account.synced();
      var id = mailbox.folder(work).orElseThrow().newest(1).get(0).id();

      mailbox.folder(work).orElseThrow().rename(FolderPath.of("Job"));

      assertThat(mailbox.sync().downloaded()).isZero();
      assertThat(mailbox.find(id).orElseThrow().folder()).isEqualTo(FolderPath.of("Job"));
      assertThat(there.subjects(FolderPath.of("Job"))).containsExactly("task");
    }
  }

  @Test
  default void nameThatAnotherClientTookMeanwhileIsRejected() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      Folder work = mailbox.createFolder(FolderPath.of("Work"));
      There.of(this, account).mailbox().createFolder(FolderPath.of("Job"));

      assertThatThrownBy(() -> work.rename(FolderPath.of("Job")))
          .isInstanceOfSatisfying(
              RejectedException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_EXISTS));

      assertThat(mailbox.folder(FolderPath.of("Work"))).isPresent();
    }
  }

  @Test
  default void trashAndJunkAreOutOfTheDefaultScopeAndInOneThatNamesThem() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      FolderPath junk = there.mailbox().createFolder(FolderRole.JUNK);
      FolderPath trash = there.mailbox().createFolder(FolderRole.TRASH);
      FolderPath sent = there.mailbox().createFolder(FolderRole.SENT);
      for (FolderPath folder : List.of(junk, trash, sent)) {
        there.deliver(folder, Mail.of("in " + folder));
      }
      Mailbox mailbox = account.synced();

      assertThat(subjects(mailbox.folder(sent).orElseThrow().newest(10))).hasSize(1);
      assertThat(mailbox.folder(junk).orElseThrow().newest(10)).isEmpty();
      assertThat(mailbox.folder(trash).orElseThrow().newest(10)).isEmpty();
      mailbox.close();

      Mailbox wider =
          account.open(account.config().scope(SyncScope.everything().folders(Set.of(junk))));
      wider.sync();
      assertThat(subjects(wider.folder(junk).orElseThrow().newest(10))).hasSize(1);
    }
  }

  @Test
  default void folderThatIsGoneMeanwhileDoesNotHoldUpTheOthers() {
    try (Account account = Account.of(this)) {
      There there = There.of(this, account);
      FolderPath work = FolderPath.of("Work");
      there.mailbox().createFolder(work);
      there.deliver(work, Mail.of("task"));
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder view = mailbox.folder(work).orElseThrow();

      there.mailbox().deleteFolder(work);
      account.deliver(Mail.of("two"));
      try {
        assertThat(view.sync().downloaded()).isZero();
      } catch (RejectedException e) {
        assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND);
      }
      mailbox.sync();

      assertThat(mailbox.folder(work)).isEmpty();
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("two", "one");
    }
  }
}
