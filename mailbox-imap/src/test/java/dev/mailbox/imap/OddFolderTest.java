// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.search.Query;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that arrange and name their folders in other ways. */
class OddFolderTest {
  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
  }

  @AfterEach
  void stop() {
    account.expungedOnly();
    account.close();
  }

  @Test
  void specialUseIsFoundByNameWhereItIsNotTold() {
    account.server().without("SPECIAL-USE").createFolder("Sent");

    account.sync();

    account.using(
        mailbox ->
            assertThat(mailbox.folder(FolderRole.SENT).orElseThrow().path())
                .isEqualTo(FolderPath.of("Sent")));
  }

  @Test
  void foldersBelowTheInboxAreShownWithoutIt() {
    account.server().delimiter('.').namespace("INBOX.");
    account.server().createFolder("INBOX.Work.Ünïcode");
    account.deliver("INBOX.Work.Ünïcode", "deep");

    account.sync();

    account.using(
        mailbox -> {
          assertThat(Account.message(mailbox, "deep").folder())
              .isEqualTo(FolderPath.of("Work", "Ünïcode"));
          mailbox.createFolder(FolderPath.of("Play"));
          Account.message(mailbox, "deep").moveTo(FolderPath.of("Play"));
          assertThatThrownBy(() -> mailbox.createFolder(FolderPath.of("a.b")))
              .isInstanceOfSatisfying(
                  RejectedException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.IMPOSSIBLE));
        });
    assertThat(account.server().folders()).contains("INBOX.Play");
    assertThat(account.server().folder("INBOX.Play").messages()).hasSize(1);
    account.verified();
  }

  @Test
  void serverWithoutAHierarchyHasFlatFolders() {
    account.server().on("NAMESPACE").reply("* NAMESPACE ((\"\" NIL)) NIL NIL");
    account.server().on("LIST").rewrite(OddServerTest.replacing("\\) \"/\" ", ") NIL "));
    account.server().createFolder("Flat");
    account.deliver("Flat", "flat");

    account.sync();

    account.using(
        mailbox -> {
          assertThat(Account.message(mailbox, "flat").folder()).isEqualTo(FolderPath.of("Flat"));
          assertThatThrownBy(() -> mailbox.createFolder(FolderPath.of("Flat", "Below")))
              .isInstanceOf(RejectedException.class);
        });
    assertThat(account.server().count("CREATE")).isZero();
  }

  @Test
  void emptyFolderIsSearchedAndSynchronized() {
    account.server().createFolder("Empty");
    account.onlyHeaders();
    account.sync();

    account.using(
        mailbox -> {
          assertThat(mailbox.search(Query.text("anything")).isEmpty()).isTrue();
          assertThat(mailbox.inbox().newest(5)).isEmpty();
        });
    account.endsInStep();
  }
}
