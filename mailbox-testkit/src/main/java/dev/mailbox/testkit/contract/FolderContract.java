// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.bySubject;
import static dev.mailbox.testkit.contract.Reading.now;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.Folder;
import dev.mailbox.FolderCounts;
import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.search.Query;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Folders: found, made, renamed and deleted, and what they say of themselves. */
public interface FolderContract extends ContractSubject {
  @Test
  default void inboxIsAlwaysThere() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.open(account.unreachable());

      assertThat(mailbox.inbox().path()).isEqualTo(FolderPath.INBOX);
      assertThat(mailbox.inbox().role()).contains(FolderRole.INBOX);
      assertThat(mailbox.folder(FolderPath.of("inbox"))).isPresent();
      assertThat(mailbox.folder(FolderRole.INBOX).map(Folder::path)).contains(FolderPath.INBOX);
      assertThat(mailbox.folders()).filteredOn(f -> f.path().equals(FolderPath.INBOX)).hasSize(1);
    }
  }

  @Test
  default void foldersSayWhereTheyLive() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      Folder folder = mailbox.createFolder(FolderPath.of("Work"));

      assertThat(mailbox.inbox().residence()).isEqualTo(server().residence());
      assertThat(folder.residence()).isEqualTo(server().residence());
    }
  }

  @Test
  default void folderIsMadeWithTheFoldersAboveIt() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();

      Folder made = mailbox.createFolder(FolderPath.of("Work", "Clients", "Acme"));

      assertThat(made.path()).isEqualTo(FolderPath.of("Work", "Clients", "Acme"));
      assertThat(mailbox.folder(FolderPath.of("Work"))).isPresent();
      assertThat(mailbox.folder(FolderPath.of("Work", "Clients"))).isPresent();
      assertThat(made.counts()).isEqualTo(new FolderCounts(0, 0, 0));
    }
  }

  @Test
  default void makingAFolderThatExistsGivesItAsItIs() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder folder = mailbox.createFolder(FolderPath.of("Work"));
      bySubject(mailbox, "one").moveTo(folder.path());

      Folder again = mailbox.createFolder(FolderPath.of("Work"));

      assertThat(subjects(again.newest(10))).containsExactly("one");
      assertThat(mailbox.createFolder(FolderPath.INBOX).path()).isEqualTo(FolderPath.INBOX);
    }
  }

  @Test
  default void foldersAreListedInboxFirstThenByPath() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      mailbox.createFolder(FolderPath.of("Zoo"));
      mailbox.createFolder(FolderPath.of("Archive", "2026"));
      mailbox.createFolder(FolderPath.of("Archive", "2025"));

      List<FolderPath> paths = mailbox.folders().stream().map(Folder::path).toList();

      assertThat(paths).startsWith(FolderPath.INBOX).doesNotHaveDuplicates();
      assertThat(paths)
          .containsSubsequence(
              FolderPath.of("Archive"),
              FolderPath.of("Archive", "2025"),
              FolderPath.of("Archive", "2026"),
              FolderPath.of("Zoo"));
    }
  }

  @Test
  default void folderThatIsNotThereIsEmpty() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();

      assertThat(mailbox.folder(FolderPath.of("Nowhere"))).isEmpty();
      assertThat(mailbox.folder(FolderPath.of("INBOX", "Nowhere"))).isEmpty();
    }
  }

  @Test
  default void countsFollowWhatHappens() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(3));
      assertThat(mailbox.inbox().counts()).isEqualTo(new FolderCounts(3, 3, 0));

      bySubject(mailbox, "message 1").mark(Flag.SEEN);
      assertThat(mailbox.inbox().counts()).isEqualTo(new FolderCounts(3, 2, 0));

      bySubject(mailbox, "message 2").delete();
      assertThat(mailbox.inbox().counts()).isEqualTo(new FolderCounts(2, 1, 0));

      bySubject(mailbox, "message 1").unmark(Flag.SEEN);
      assertThat(mailbox.inbox().counts()).isEqualTo(new FolderCounts(2, 2, 0));
    }
  }

  @Test
  default void renamingKeepsMessagesIdsAndFoldersBelow() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Folder work = mailbox.createFolder(FolderPath.of("Work"));
      Folder below = mailbox.createFolder(FolderPath.of("Work", "Deep", "Deeper"));
      Message first = bySubject(mailbox, "message 1");
      Message second = bySubject(mailbox, "message 2");
      first.moveTo(work.path());
      second.moveTo(below.path());

      work.rename(FolderPath.of("Job"));

      assertThat(now(mailbox, first).folder()).isEqualTo(FolderPath.of("Job"));
      assertThat(now(mailbox, second).folder()).isEqualTo(FolderPath.of("Job", "Deep", "Deeper"));
      assertThat(mailbox.folder(FolderPath.of("Work"))).isEmpty();
      assertThat(mailbox.folder(FolderPath.of("Work", "Deep"))).isEmpty();
      assertThat(mailbox.folder(FolderPath.of("Job", "Deep"))).isPresent();
    }
  }

  @Test
  default void renamingLeavesFoldersAloneWhoseNamesOnlyBeginAlike() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      Folder work = mailbox.createFolder(FolderPath.of("Work"));
      mailbox.createFolder(FolderPath.of("Works", "Old"));

      work.rename(FolderPath.of("Job"));

      assertThat(mailbox.folder(FolderPath.of("Works", "Old"))).isPresent();
      assertThat(mailbox.folder(FolderPath.of("Jobs"))).isEmpty();
    }
  }

  @Test
  default void nameThatIsTakenIsRejected() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      Folder work = mailbox.createFolder(FolderPath.of("Work"));
      mailbox.createFolder(FolderPath.of("Job"));

      assertRejected(Reason.ALREADY_EXISTS, () -> work.rename(FolderPath.of("Job")));

      assertThat(mailbox.folder(FolderPath.of("Work"))).isPresent();
      assertThat(mailbox.folder(FolderPath.of("Job"))).isPresent();
    }
  }

  @Test
  default void inboxCanNeitherBeRenamedNorDeleted() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));

      assertThatThrownBy(() -> mailbox.inbox().rename(FolderPath.of("Old")))
          .isInstanceOf(RejectedException.class);
      assertThatThrownBy(() -> mailbox.inbox().delete()).isInstanceOf(RejectedException.class);

      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("one");
      assertThat(mailbox.folder(FolderPath.of("Old"))).isEmpty();
    }
  }

  @Test
  default void deletedFolderIsGoneWithItsMessages() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.several(2));
      Folder work = mailbox.createFolder(FolderPath.of("Work"));
      Message message = bySubject(mailbox, "message 1");
      message.moveTo(work.path());

      work.delete();
      mailbox.sync();

      assertThat(mailbox.folder(FolderPath.of("Work"))).isEmpty();
      assertThat(mailbox.find(message.id())).isEmpty();
      assertThat(subjects(mailbox.inbox().newest(10))).containsExactly("message 2");
    }
  }

  @Test
  default void foldersBelowADeletedFolderStay() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced(Mail.of("one"));
      Folder below = mailbox.createFolder(FolderPath.of("Work", "Clients"));
      bySubject(mailbox, "one").moveTo(below.path());

      mailbox.folder(FolderPath.of("Work")).orElseThrow().delete();

      Folder stayed = mailbox.folder(FolderPath.of("Work", "Clients")).orElseThrow();
      assertThat(subjects(stayed.newest(10))).containsExactly("one");
      assertThat(mailbox.folder(FolderPath.of("Work"))).isEmpty();
    }
  }

  @Test
  default void viewOfAFolderThatIsGoneIsRejectedAsNotFound() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      Folder deleted = mailbox.createFolder(FolderPath.of("Deleted"));
      Folder renamed = mailbox.createFolder(FolderPath.of("Renamed"));

      deleted.delete();
      renamed.rename(FolderPath.of("Other"));

      for (Folder gone : List.of(deleted, renamed)) {
        assertRejected(Reason.NOT_FOUND, gone::counts);
        assertRejected(Reason.NOT_FOUND, () -> gone.newest(1));
        assertRejected(Reason.NOT_FOUND, () -> gone.search(Query.all()));
        assertRejected(Reason.NOT_FOUND, gone::delete);
        assertRejected(Reason.NOT_FOUND, () -> gone.rename(FolderPath.of("Again")));
      }
    }
  }

  @Test
  default void foldersSurviveSyncAndReopen() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      mailbox.createFolder(FolderPath.of("Work", "Clients"));
      mailbox.sync();
      mailbox.close();

      Mailbox reopened = account.open();
      reopened.sync();

      assertThat(reopened.folder(FolderPath.of("Work", "Clients"))).isPresent();
    }
  }

  private static void assertRejected(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            RejectedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
