// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.FolderPath;
import dev.mailbox.FolderRole;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.search.Query;
import dev.mailbox.sync.BodyPolicy;
import dev.mailbox.sync.Progress;
import dev.mailbox.sync.SyncScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    account.imap().without("SPECIAL-USE");
    account.createFolder("Sent");

    account.sync();

    account.using(
        mailbox ->
            assertThat(mailbox.folder(FolderRole.SENT).orElseThrow().path())
                .isEqualTo(FolderPath.of("Sent")));
  }

  /** A program may never synchronize anything but the inbox. */
  @Test
  void foldersAreKnownAfterTheSyncOfOne() {
    account.createFolder("Deleted Items").attributes("\\Trash");
    account.createFolder("Archive");
    account.deliver(2);

    account.using(
        mailbox -> {
          mailbox.inbox().sync();
          Account.message(mailbox, "message 1").moveTo(FolderPath.of("Archive"));
          Account.message(mailbox, "message 2").trash();
        });

    account.verified();
    assertThat(account.alice().folders()).containsExactly("Archive", "Deleted Items", "INBOX");
    assertThat(account.folder("Archive").messages()).hasSize(1);
    assertThat(account.folder("Deleted Items").messages()).hasSize(1);
    assertThat(account.imap().count("LIST")).isOne();
  }

  /** In memory, what a search brings comes without a synchronization. */
  @Test
  void trashOfTheServerIsFoundBeforeOneIsMade() {
    account.createFolder("Deleted Items").attributes("\\Trash");
    account.deliver(1);
    MailboxConfig config =
        MailboxConfig.at(account.server().imapUrl())
            .tls(TlsMode.NONE)
            .login("alice", "secret")
            .timeouts(Account.TIMEOUTS)
            .build();
    try (Mailbox mailbox = Mailbox.open(config)) {
      mailbox.inbox().search(Query.subject("message 1")).trash();
    }

    assertThat(account.alice().folders()).containsExactly("Deleted Items", "INBOX");
    assertThat(account.folder("Deleted Items").messages()).hasSize(1);
  }

  @Test
  void folderOfTheScopeThatIsMissingIsTold() {
    account.with(
        config ->
            config.scope(
                SyncScope.everything().folders(Set.of(FolderPath.INBOX, FolderPath.of("Nope")))));

    assertThat(account.sync().notes()).singleElement().asString().contains("Nope");
  }

  /** A message is one, whether its header comes first or not. */
  @ParameterizedTest
  @EnumSource
  void progressCountsMessagesOnce(Bodies bodies) {
    account.deliver(300);
    account.with(config -> config.scope(SyncScope.everything().bodies(bodies.policy())));
    List<Progress> told = new CopyOnWriteArrayList<>();

    account.using(mailbox -> mailbox.sync(told::add));

    Progress last =
        told.stream()
            .filter(p -> p.phase() == Progress.Phase.DOWNLOADING)
            .reduce((first, second) -> second)
            .orElseThrow();
    assertThat(last.total()).isEqualTo(300);
    assertThat(told).allMatch(p -> p.total() <= 300);
  }

  /** Which bodies come ahead. */
  enum Bodies {
    ALL,
    NONE,
    RECENT;

    private BodyPolicy policy() {
      return switch (this) {
        case ALL -> BodyPolicy.all();
        case NONE -> BodyPolicy.onDemand();
        case RECENT -> BodyPolicy.recent(Duration.ofDays(1));
      };
    }
  }

  @Test
  void foldersBelowTheInboxAreShownWithoutIt() {
    account.alice().delimiter('.');
    account.imap().namespace("INBOX.");
    account.createFolder("INBOX.Work.Ünïcode");
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
    assertThat(account.alice().folders()).contains("INBOX.Play");
    assertThat(account.folder("INBOX.Play").messages()).hasSize(1);
    account.verified();
  }

  @Test
  void serverWithoutAHierarchyHasFlatFolders() {
    account.imap().on("NAMESPACE").reply("* NAMESPACE ((\"\" NIL)) NIL NIL");
    account.imap().on("LIST").rewrite(OddServerTest.replacing("\\) \"/\" ", ") NIL "));
    account.createFolder("Flat");
    account.deliver("Flat", "flat");

    account.sync();

    account.using(
        mailbox -> {
          assertThat(Account.message(mailbox, "flat").folder()).isEqualTo(FolderPath.of("Flat"));
          assertThatThrownBy(() -> mailbox.createFolder(FolderPath.of("Flat", "Below")))
              .isInstanceOf(RejectedException.class);
        });
    assertThat(account.imap().count("CREATE")).isZero();
  }

  @Test
  void emptyFolderIsSearchedAndSynchronized() {
    account.createFolder("Empty");
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
