// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.testkit.contract;

import static dev.mailbox.testkit.contract.Reading.onlyOne;
import static dev.mailbox.testkit.contract.Reading.subjects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mailbox.Folder;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.RejectedException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Names of folders: kept to the letter, or refused; never bent into something else. */
public interface FolderNameContract extends ContractSubject {
  @Test
  default void namesOfAllScriptsAreKept() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      for (String name : List.of("Entwürfe", "Отправленные", "受信箱", "نامه", "📬 post", "a&b")) {
        mailbox.createFolder(FolderPath.of(name));
      }
      mailbox.sync();

      assertThat(mailbox.folders().stream().map(folder -> folder.path().name()))
          .contains("Entwürfe", "Отправленные", "受信箱", "نامه", "📬 post", "a&b");
    }
  }

  @Test
  default void namesOfAnyCharactersAreKeptOrRejected() {
    for (String name :
        List.of(
            "a/b",
            "a\\b",
            "a.b",
            "100%",
            "a*b",
            "a_b",
            "\"quoted\"",
            "it's",
            "{5}",
            "~",
            "#news",
            " leading",
            "trailing ",
            "two  spaces",
            "..",
            ".",
            "a;DROP TABLE message;--",
            "\u00a0")) {
      try (Account account = Account.of(this)) {
        Mailbox mailbox = account.synced(Mail.of("one"));
        Optional<Folder> made = createUnlessRejected(mailbox, FolderPath.of(name));

        made.ifPresent(folder -> assertHoldsWhatIsMovedThere(mailbox, folder, name));
        assertThat(made.isPresent() || account.livesOnServer()).as(name).isTrue();
        assertThat(mailbox.folders())
            .as(name)
            .hasSizeGreaterThanOrEqualTo(made.isPresent() ? 2 : 1);
      }
    }
  }

  private static Optional<Folder> createUnlessRejected(Mailbox mailbox, FolderPath path) {
    try {
      return Optional.of(mailbox.createFolder(path));
    } catch (RejectedException e) {
      assertThat(mailbox.folder(path)).isEmpty();
      return Optional.empty();
    }
  }

  private static void assertHoldsWhatIsMovedThere(Mailbox mailbox, Folder folder, String name) {
    onlyOne(mailbox).moveTo(folder.path());

    assertThat(folder.path().segments()).containsExactly(name);
    assertThat(subjects(mailbox.folder(FolderPath.of(name)).orElseThrow().newest(10)))
        .as(name)
        .containsExactly("one");
  }

  @Test
  default void namesThatDifferOnlyInASeparatorAreDifferentFolders() {
    try (Account account = Account.of(this)) {
      Mailbox mailbox = account.synced();
      mailbox.createFolder(FolderPath.of("a", "b"));
      Optional<Folder> joined = createUnlessRejected(mailbox, FolderPath.of("a/b"));

      assertThat(mailbox.folder(FolderPath.of("a", "b"))).isPresent();
      assertThat(mailbox.folder(FolderPath.of("a/b")).isPresent()).isEqualTo(joined.isPresent());
      assertThat(joined.map(Folder::path)).isNotEqualTo(Optional.of(FolderPath.of("a", "b")));
    }
  }

  @Test
  default void pathIsReadBackAsItWasPrinted() {
    for (FolderPath path :
        List.of(
            FolderPath.of("a/b", "c\\d"),
            FolderPath.of("\\", "/"),
            FolderPath.of("trailing "),
            FolderPath.of("Entwürfe", "..", "."))) {
      assertThat(FolderPath.parse(path.toString())).isEqualTo(path);
    }
  }

  @Test
  default void inboxIsTheSameInAnyCase() {
    assertThat(FolderPath.of("iNbOx")).isEqualTo(FolderPath.INBOX);
    assertThat(FolderPath.of("Work", "inbox").segments()).containsExactly("Work", "inbox");
  }

  @Test
  default void controlCharactersInANameAreRefused() {
    for (String name : List.of("a\rb", "a\nb", "a\r\nA1 LOGOUT", "a\0b", "a\tb", "\u0085", "")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FolderPath.of(name))
          .withMessageContaining("folder name");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FolderPath.INBOX.child(name))
          .withMessageContaining("folder name");
    }
  }

  @Test
  default void emptySegmentsAndOverlongNamesAreRefused() {
    for (String text : List.of("", "/", "a//b", "/a", "a/", "x".repeat(256))) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> FolderPath.parse(text));
    }
  }
}
