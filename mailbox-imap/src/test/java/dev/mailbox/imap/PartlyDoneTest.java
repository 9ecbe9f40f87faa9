// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.ImapFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that does a part of what it is asked for, or says that it did and did not. */
class PartlyDoneTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.deliver(3);
    account.sync();
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private void endsInStep() {
    account.imap().heal();
    account.endsInStep();
  }

  private RejectedException rejected(Consumer<Mailbox> work) {
    return account.failing(RejectedException.class, work);
  }

  private void scatter() {
    account.deliver(597);
    for (long uid = 2; uid <= 600; uid += 2) {
      account.inbox().expunge(uid);
    }
    account.sync();
  }

  private List<Long> marked() {
    return account.inbox().messages().stream()
        .filter(m -> m.flags().contains("\\Deleted"))
        .map(m -> m.uid())
        .toList();
  }

  private static SearchResult all(Mailbox mailbox) {
    return mailbox.inbox().search(Query.all().localOnly());
  }

  @ParameterizedTest
  @CsvSource({"UID COPY,MOVE", "UID COPY,''", "UID MOVE,''"})
  void whatWasDoneBeforeARefusalStays(String command, String missing) {
    scatter();
    boolean moves = command.equals("UID MOVE") || missing.equals("MOVE");
    if (!missing.isEmpty()) {
      account.imap().without(missing);
    }
    account.imap().on(command).nth(2).no("[OVERQUOTA] full");

    RejectedException e =
        rejected(
            mailbox -> {
              if (moves) {
                all(mailbox).moveTo(ARCHIVE);
              } else {
                all(mailbox).copyTo(ARCHIVE);
              }
            });

    account.verified();
    assertThat(e.reason()).isEqualTo(Reason.OVER_QUOTA);
    int there = account.held().get("Archive").size();
    assertThat(there).isBetween(1, 299);
    account.using(
        mailbox -> {
          assertThat(mailbox.status().queuedActions()).isZero();
          assertThat(Account.copied(mailbox).get("Archive")).hasSize(there);
          assertThat(Account.copied(mailbox).get("INBOX")).hasSize(moves ? 300 - there : 300);
        });
    endsInStep();
    assertThat(account.held().get("Archive")).hasSize(there).doesNotHaveDuplicates();
    assertThat(account.held().get("INBOX")).hasSize(moves ? 300 - there : 300);
  }

  /** RFC 6851 section 3.3: a move that fails may have moved some messages already. */
  @Test
  void whatAMoveDidBeforeItWasPutOffIsKnown() {
    ImapFolder archive = account.folder("Archive");
    ImapFolder inbox = account.inbox();
    account
        .imap()
        .on("UID MOVE")
        .once()
        .run(
            () -> {
              archive.deliver(Account.raw("message 1", "text of message 1\r\n"));
              inbox.expunge(1);
            });
    account
        .imap()
        .on("UID MOVE")
        .once()
        .replyRaw(
            "* OK [COPYUID "
                + archive.uidValidity()
                + " 1 1] moved\r\n* 1 EXPUNGE\r\n{tag} NO [UNAVAILABLE] the rest later\r\n");

    account.using(
        mailbox -> {
          assertThat(all(mailbox).moveTo(ARCHIVE)).isEqualTo(Outcome.QUEUED);
          assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
          assertThat(mailbox.failedActions()).isEmpty();
        });

    endsInStep();
    assertThat(account.held().get("Archive")).hasSize(3).doesNotHaveDuplicates();
    assertThat(account.held().get("INBOX")).isEmpty();
  }

  @Test
  void copyThatCannotBeFoundAgainIsACopy() {
    account.imap().without("UIDPLUS", "MOVE");
    account.imap().on("UID FETCH").where(c -> c.text().contains("HEADER")).no("[NOPERM] no");

    account.using(
        mailbox ->
            assertThat(Account.message(mailbox, "message 2").copyTo(ARCHIVE))
                .isEqualTo(Outcome.ON_SERVER));

    endsInStep();
    assertThat(account.held().get("Archive")).hasSize(1);
  }

  @Test
  void moveOfWhichTheCopyCannotBeSeenSaysThatItWasCopied() {
    account.imap().without("UIDPLUS", "MOVE");
    account.imap().on("UID FETCH").where(c -> c.text().contains("HEADER")).no("[NOPERM] no");

    RejectedException e =
        rejected(mailbox -> Account.message(mailbox, "message 2").moveTo(ARCHIVE));

    assertThat(e).hasMessageContaining("it was copied, and the original stays");
    endsInStep();
    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.held().get("INBOX")).hasSize(3);
  }

  @Test
  void refusedExpungeLeavesNoMark() {
    account.imap().on("UID EXPUNGE").no("[NOPERM] no right");

    RejectedException e = rejected(mailbox -> Account.message(mailbox, "message 2").delete());

    assertThat(e.reason()).isEqualTo(Reason.NO_PERMISSION);
    assertThat(marked()).isEmpty();
    endsInStep();
    assertThat(account.held().get("INBOX")).hasSize(3);
  }

  @Test
  void refusedExpungeOfManyEndsTheDeletion() {
    scatter();
    account.imap().on("UID EXPUNGE").nth(2).no("[NOPERM] no right");

    RejectedException e = rejected(mailbox -> all(mailbox).delete());

    assertThat(e.reason()).isEqualTo(Reason.NO_PERMISSION);
    assertThat(marked()).isEmpty();
    assertThat(account.imap().count("UID EXPUNGE")).isEqualTo(2);
    int left = account.inbox().uids().size();
    assertThat(left).isBetween(1, 299);
    account.using(mailbox -> assertThat(all(mailbox)).hasSize(left));
    endsInStep();
    assertThat(account.held().get("INBOX")).hasSize(left);
  }

  @Test
  void oneThatStaysDoesNotKeepTheOthers() {
    scatter();
    account.imap().on("UID EXPUNGE").once().reply();

    rejected(mailbox -> all(mailbox).delete());

    assertThat(account.imap().count("UID EXPUNGE")).isGreaterThan(1);
    int left = account.inbox().uids().size();
    assertThat(left).isBetween(1, 299);
    assertThat(marked()).isEmpty();
    account.using(mailbox -> assertThat(all(mailbox)).hasSize(left));
    endsInStep();
  }

  @Test
  void removalThatIsRefusedLeavesNoMark() {
    account.imap().on("UID EXPUNGE").no("[NOPERM] no right");
    account.with(config -> config.removal(Removal.afterDownload()));

    account.sync();

    account.verified();
    assertThat(account.inbox().uids()).hasSize(3);
    assertThat(marked()).isEmpty();
  }

  @Test
  void nextUidThatCannotBeIsNoFailureOfTheApplication() {
    account.imap().without("UIDPLUS", "MOVE");
    account.imap().on("STATUS").reply("* STATUS \"Archive\" (UIDNEXT 9999999999)");

    account.trying(mailbox -> Account.message(mailbox, "message 2").copyTo(ARCHIVE));

    endsInStep();
    assertThat(account.held().get("Archive")).hasSize(1);
  }

  /** The server says that it has removed them, and has not. */
  @Test
  void expungeThatRemovesNothingIsARefusal() {
    account.imap().on("UID EXPUNGE").reply();

    RejectedException e = rejected(mailbox -> Account.message(mailbox, "message 2").delete());

    assertThat(e.reason()).isEqualTo(Reason.REFUSED_BY_SERVER);
    assertThat(marked()).isEmpty();
    endsInStep();
    assertThat(account.held().get("INBOX")).hasSize(3);
  }

  private void withoutDeletedFlag() {
    for (String command : List.of("SELECT", "EXAMINE")) {
      account
          .imap()
          .on(command)
          .rewrite(OddServerTest.replacing("(PERMANENTFLAGS \\([^)]*)\\\\Deleted ?", "$1"));
    }
  }

  @Test
  void folderThatCannotKeepTheMarkLosesNothing() {
    withoutDeletedFlag();

    RejectedException e = rejected(mailbox -> Account.message(mailbox, "message 2").delete());

    assertThat(e.reason()).isEqualTo(Reason.IMPOSSIBLE);
    assertThat(account.imap().count("UID STORE")).isZero();
    endsInStep();
    assertThat(account.held().get("INBOX")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void removalThatRemovesNothingIsNotBelieved(boolean lies) {
    if (lies) {
      account.imap().on("UID EXPUNGE").reply();
    } else {
      withoutDeletedFlag();
    }
    account.with(config -> config.removal(Removal.afterDownload()));
    account.using(
        mailbox -> {
          SyncReport report = mailbox.sync();

          assertThat(report.deleted()).isZero();
          assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
        });

    account.onlyHeaders();
    account.using(
        mailbox -> {
          mailbox.sync();
          assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
        });
    account.imap().heal();
    account.using(
        mailbox -> {
          SyncReport report = mailbox.sync();

          assertThat(report.deleted()).isEqualTo(3);
          assertThat(mailbox.inbox().counts().total()).isEqualTo(3);
          assertThat(mailbox.verify().damaged()).isEmpty();
        });
    assertThat(account.inbox().uids()).isEmpty();
  }

  /** A copy that the server says it made, and did not: the original is all that there is. */
  @ParameterizedTest
  @ValueSource(strings = {"MOVE", "MOVE,UIDPLUS"})
  void originalStaysUntilItsCopyIsSeen(String missing) {
    account.imap().without(missing.split(","));
    account.sync();
    account.imap().on("UID COPY").once().reply();

    account.trying(mailbox -> Account.message(mailbox, "message 2").moveTo(ARCHIVE));

    account.verified();
    assertThat(account.inbox().uids()).containsExactly(1L, 2L, 3L);
    assertThat(marked()).isEmpty();
    endsInStep();
    assertThat(account.held().get("Archive").size() + account.held().get("INBOX").size())
        .isEqualTo(3);
  }

  /** Another client was faster. */
  @ParameterizedTest
  @ValueSource(strings = {"NONE", "MOVE", "UIDPLUS", "MOVE,UIDPLUS"})
  void messageThatWasGoneLeavesNoGhost(String missing) {
    if (!missing.equals("NONE")) {
      account.imap().without(missing.split(","));
    }
    account.sync();
    account.inbox().expunge(2);

    account.trying(
        mailbox -> {
          Outcome outcome = Account.message(mailbox, "message 2").moveTo(ARCHIVE);

          assertThat(outcome).isNotEqualTo(Outcome.ON_SERVER);
        });
    endsInStep();

    assertThat(account.held().get("Archive")).isEmpty();
    assertThat(account.held().get("INBOX")).hasSize(2);
  }

  @Test
  void interruptedConnectionLeavesTheMarksToBeExpungedLater() {
    account.imap().on("UID EXPUNGE").once().no("[UNAVAILABLE] in a moment");

    account.using(
        mailbox -> {
          try {
            assertThat(Account.message(mailbox, "message 2").delete()).isEqualTo(Outcome.QUEUED);
          } catch (ConnectionException e) {
            throw new AssertionError(e);
          }
        });
    endsInStep();

    assertThat(account.inbox().uids()).containsExactly(1L, 3L);
  }
}
