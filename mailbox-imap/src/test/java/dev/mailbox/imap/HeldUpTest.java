// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Message;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.search.Query;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.ImapOverride;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What one message or one folder cannot have must not hold up all the others. */
class HeldUpTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.deliver(5);
    account.inbox().expunge(1, 2);
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private static Outcome perform(ValidityTest.Action action, Message message) {
    return switch (action) {
      case MARK -> message.mark(Flag.SEEN);
      case MOVE -> message.moveTo(ARCHIVE);
      case COPY -> message.copyTo(ARCHIVE);
      case DELETE -> message.delete();
    };
  }

  private void endsInStep() {
    account.verified();
    account.imap().heal();
    account.endsInStep();
    account.using(
        mailbox -> {
          assertThat(mailbox.failedActions()).isEmpty();
          assertThat(mailbox.status().queuedActions()).isZero();
        });
  }

  private static void requireDone(Account account, ValidityTest.Action action) {
    boolean stays = action == ValidityTest.Action.MARK || action == ValidityTest.Action.COPY;
    boolean comes = action == ValidityTest.Action.MOVE || action == ValidityTest.Action.COPY;
    assertThat(account.inbox().uids()).hasSize(stays ? 3 : 2);
    assertThat(account.folder("Archive").uids()).hasSize(comes ? 1 : 0);
  }

  private ImapOverride lookAtSizes() {
    return account.imap().on("UID FETCH").where(c -> c.text().contains("(UID RFC822.SIZE FLAGS)"));
  }

  /** Renumbers, and lets the synchronization find out what the newest message is, and no more. */
  private void renumberAllButTheNewest() {
    account.inbox().renumber();
    account.with(config -> config.scope(SyncScope.everything().newest(1)));
    lookAtSizes().once().no("[SERVERBUG] cannot be read");
    account.sync();
    account.verified();
    account.imap().heal();
  }

  /** It keeps its old number for as long as a synchronization cannot look at it. */
  @ParameterizedTest
  @EnumSource
  void messageOutOfScopeIsActedOnUnderItsNewNumber(ValidityTest.Action action) {
    account.sync();
    renumberAllButTheNewest();

    account.using(
        mailbox ->
            assertThat(perform(action, Account.message(mailbox, "message 3")))
                .isEqualTo(Outcome.ON_SERVER));

    account.verified();
    requireDone(account, action);
    account.with(config -> config.scope(SyncScope.everything()));
    endsInStep();
  }

  /** A folder that is not synchronized by itself has new numbers. */
  @Test
  void folderOutOfScopeIsActedInUnderItsNewNumbers() {
    account.createFolder("Trash").attributes("\\Trash");
    account.deliver("Trash", "thrown away");
    account.deliver("Trash", "thrown away too");
    account.using(
        mailbox -> {
          mailbox.sync();
          account.folder(mailbox, "Trash").sync();
        });
    account.folder("Trash").expunge(1);
    account.deliver("Trash", "thrown away again");
    account.folder("Trash").renumber();

    account.using(
        mailbox -> {
          assertThat(Account.message(mailbox, "thrown away too").delete())
              .isEqualTo(Outcome.ON_SERVER);
          assertThat(Account.message(mailbox, "message 3").mark(Flag.SEEN))
              .isEqualTo(Outcome.ON_SERVER);
        });

    account.verified();
    assertThat(account.held().get("Trash"))
        .singleElement()
        .asString()
        .contains("thrown away again");
  }

  @ParameterizedTest
  @EnumSource
  void serverThatNumbersAnewEachTimeIsActedOn(ValidityTest.Action action) {
    account.sync();
    for (String command : List.of("SELECT", "EXAMINE")) {
      account
          .imap()
          .on(command)
          .where(c -> c.text().contains("INBOX"))
          .run(() -> account.inbox().renumber());
    }

    account.using(
        mailbox ->
            assertThat(perform(action, Account.message(mailbox, "message 4")))
                .isEqualTo(Outcome.ON_SERVER));

    requireDone(account, action);
    account.imap().heal();
    endsInStep();
  }

  /** Of two that are alike, one that is known by its present number is not the other. */
  @Test
  void messageKnownByItsNumberIsNotTakenForOneThatIsNot() {
    account.inbox().deliver(Account.raw("message 3", "text of message 3\r\n"));
    account.sync();
    renumberAllButTheNewest();

    account.using(
        mailbox -> {
          List<Message> alike =
              Account.messages(mailbox.inbox()).stream()
                  .filter(m -> m.envelope().subject().equals("message 3"))
                  .toList();
          assertThat(alike).hasSize(2);
          alike.forEach(m -> assertThat(m.delete()).isEqualTo(Outcome.ON_SERVER));
        });

    assertThat(account.inbox().uids()).hasSize(2);
    account.with(config -> config.scope(SyncScope.everything()));
    endsInStep();
  }

  /** What cannot be named is told, and what comes after it is done. */
  @ParameterizedTest
  @EnumSource
  void messageThatCannotBeFoundAgainIsRefusedAlone(ValidityTest.Action action) {
    account.sync();
    renumberAllButTheNewest();
    account.inbox().expunge(1);

    account.using(
        mailbox -> {
          Message lost = Account.message(mailbox, "message 3");
          if (action == ValidityTest.Action.DELETE) {
            // What is not there need not go.
            assertThat(perform(action, lost)).isEqualTo(Outcome.ON_SERVER);
          } else {
            assertThatThrownBy(() -> perform(action, lost))
                .isInstanceOfSatisfying(
                    RejectedException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
          }
          assertThat(Account.message(mailbox, "message 4").mark(Flag.FLAGGED))
              .isEqualTo(Outcome.ON_SERVER);
          assertThat(mailbox.status().queuedActions()).isZero();
        });
    account.with(config -> config.scope(SyncScope.everything()));
    endsInStep();
  }

  private void scatter() {
    account.deliver(595);
    for (long uid = 4; uid <= 600; uid += 2) {
      account.inbox().expunge(uid);
    }
    account.sync();
  }

  /** The server has done the first command, and the answer to the second is lost. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void copyThatWasDoneInPartIsEndedUnderNewNumbers(boolean second) {
    scatter();
    int all = account.inbox().uids().size();
    ImapOverride lost = account.imap().on("UID COPY").nth(2);
    if (second) {
      lost.closeAfter(0);
    } else {
      lost.close();
    }
    account.using(
        mailbox ->
            assertThat(mailbox.inbox().search(Query.all().localOnly()).copyTo(ARCHIVE))
                .isEqualTo(Outcome.QUEUED));
    account.verified();
    account.imap().heal();
    account.inbox().renumber();

    endsInStep();

    assertThat(account.held().get("Archive")).hasSize(all).doesNotHaveDuplicates();
    assertThat(account.held().get("INBOX")).hasSize(all);
  }

  /** How a folder fails that let itself be entered. */
  enum Failing {
    LISTING,
    SEARCH,
    DELETED,
    DELETED_HERE
  }

  private void fail(Failing how, Mailbox mailbox) {
    Runnable inTheFolder =
        switch (how) {
          case LISTING -> () -> account.imap().on("UID FETCH").once().no("[SERVERBUG] no index");
          case SEARCH -> this::failToSearch;
          case DELETED -> () -> account.alice().deleteFolder("Archive");
          case DELETED_HERE -> () -> account.folder(mailbox, "Archive").delete();
        };
    account.imap().on("EXAMINE").where(c -> c.text().contains("Archive")).once().run(inTheFolder);
  }

  /** A message is left out of the listing, and is looked for. */
  private void failToSearch() {
    account.imap().on("UID FETCH").once().reply();
    account.imap().on("UID SEARCH").once().no("[SERVERBUG] no index");
  }

  @ParameterizedTest
  @EnumSource
  void folderThatFailsWithinDoesNotKeepTheOthers(Failing how) {
    account.deliver("Archive", "archived");
    account.createFolder("Zoo");
    account.using(
        mailbox -> {
          if (how == Failing.DELETED_HERE || how == Failing.SEARCH) {
            mailbox.sync();
          }
          account.deliver("Zoo", "a tiger");
          fail(how, mailbox);

          SyncReport report = mailbox.sync();

          assertThat(report.problems())
              .extracting(SyncProblem::serverKey)
              .containsExactly("Archive");
          assertThat(Account.message(mailbox, "a tiger").folder()).isEqualTo(FolderPath.of("Zoo"));
        });
    account.verified();
    account.imap().heal();
    endsInStep();
  }

  @Test
  void folderThatWasAskedForByNameTellsItsFailure() {
    account.deliver("Archive", "archived");
    account.sync();
    account.using(
        mailbox -> {
          fail(Failing.LISTING, mailbox);
          assertThatThrownBy(() -> account.folder(mailbox, "Archive").sync())
              .isInstanceOf(RejectedException.class);
        });
  }

  /** A server whose sizes are all wrong, and a connection that breaks again and again. */
  @Test
  void wrongSizesDoNotKeepBodiesFromBecomingDurable() {
    String text = "so long a line, and so much to read\r\n".repeat(200);
    for (int i = 0; i < 700; i++) {
      account.inbox().deliver(Account.raw("long " + i, text));
    }
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("INTERNALDATE"))
        .rewrite(OddServerTest.replacing("RFC822.SIZE (\\d+)", "RFC822.SIZE 1$1"));
    account.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]")).nth(24).close();

    account.trying(Mailbox::sync);

    account.verified();
    account.imap().heal();
    SyncReport report = account.sync();
    assertThat(report.downloaded()).isLessThan(500);
    endsInStep();
  }

  /** Single messages are refused, so that no doubt is ever settled. */
  @Test
  void doubtsThatCannotBeSettledAreNotAskedForAgainAndAgain() {
    for (int i = 0; i < 1000; i++) {
      account.inbox().deliver(Account.raw("m" + i, "t\r\n"));
    }
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("INTERNALDATE"))
        .rewrite(OddServerTest.replacing("RFC822.SIZE (\\d+)", "RFC822.SIZE 1$1"));
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("BODY.PEEK[]") && c.argument(0).matches("\\d+"))
        .no("[SERVERBUG] no");

    account.trying(Mailbox::sync);

    assertThat(account.imap().count("UID FETCH")).isLessThan(3500);
  }

  /** The target puts off what is asked of it, again and again. */
  @Test
  void lookUpThatIsPutOffHoldsNoSyncUp() {
    account.sync();
    account.imap().on("UID MOVE").once().closeAfter(0);
    account.using(
        mailbox ->
            assertThat(Account.message(mailbox, "message 4").moveTo(ARCHIVE))
                .isEqualTo(Outcome.QUEUED));
    account.imap().heal();
    ImapOverride later = account.imap().on("EXAMINE").where(c -> c.text().contains("Archive"));
    later.no("[UNAVAILABLE] try later");
    account.deliver(1);

    account.using(
        mailbox -> {
          mailbox.inbox().sync();
          assertThat(Account.message(mailbox, "message 6").folder()).isEqualTo(FolderPath.INBOX);
          assertThat(mailbox.status().queuedActions()).isOne();
          for (int i = 0; i < 20; i++) {
            account.trying(m -> m.flush(Duration.ofSeconds(20)), mailbox);
          }
          assertThat(mailbox.status().queuedActions()).isZero();
          assertThat(mailbox.failedActions())
              .singleElement()
              .satisfies(failed -> assertThat(failed.serverText()).contains("nobody can tell"));
        });

    account.imap().heal();
    account.endsInStep();
    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.held().get("INBOX")).hasSize(3);
  }

  /** A folder that is left out of a listing is asked for by name before its copy goes. */
  @ParameterizedTest
  @ValueSource(strings = {"", "* LIST () \"/\" INBOX"})
  void listingThatIsCutShortLosesNoFolder(String line) {
    account.deliver("Archive", "archived");
    account.sync();
    ImapOverride all = account.imap().on("LIST").where(c -> c.text().contains("*")).once();
    if (line.isEmpty()) {
      all.reply();
    } else {
      all.reply(line);
    }

    SyncReport report = account.sync();

    account.verified();
    assertThat(report.problems()).isEmpty();
    account.using(
        mailbox ->
            assertThat(Account.text(Account.message(mailbox, "archived"))).contains("archived"));
    endsInStep();
  }

  /** The name is not what would be sent for the path of the folder. */
  @Test
  void oddlyNamedFolderIsFoundByTheFirstActionAfterARestart() {
    account.createFolder("R&D");
    account.imap().on("LIST").rewrite(OddServerTest.replacing("R&-D", "R&D"));
    account.sync();

    account.trying(mailbox -> mailbox.createFolder(FolderPath.of("R&D", "Plans")));

    assertThat(account.imap().commands("CREATE"))
        .extracting(c -> c.argument(0))
        .containsExactly("R&D/Plans");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NONE", "MOVE", "UIDPLUS", "MOVE,UIDPLUS"})
  void moveOfWhatIsGoneIsRefusedAtOnce(String missing) {
    if (!missing.equals("NONE")) {
      account.imap().without(missing.split(","));
    }
    account.sync();
    account.inbox().expunge(4);

    account.using(
        mailbox -> {
          Message gone = Account.message(mailbox, "message 4");
          assertThatThrownBy(() -> gone.moveTo(ARCHIVE))
              .isInstanceOfSatisfying(
                  RejectedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND));
          assertThat(mailbox.sync().problems()).isEmpty();
        });

    endsInStep();
    assertThat(account.held().get("Archive")).isEmpty();
  }

  @Test
  void moveThatTheServerOnlySaysItDidIsRefused() {
    account.sync();
    account.imap().on("UID MOVE").reply();

    account.using(
        mailbox -> {
          Message there = Account.message(mailbox, "message 4");
          assertThatThrownBy(() -> there.moveTo(ARCHIVE))
              .isInstanceOfSatisfying(
                  RejectedException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED_BY_SERVER));
        });

    assertThat(account.imap().count("UID MOVE")).isOne();
    endsInStep();
    assertThat(account.held().get("INBOX")).hasSize(3);
  }

  /** The look-up comes after a listing that left out what the action had made. */
  @Test
  void whatAScopeLeftOutMeanwhileIsNotAppendedAgain() {
    Instant then = Instant.parse("2026-01-05T10:00:00Z");
    account.with(config -> config.scope(SyncScope.everything().since(then.plusSeconds(3600))));
    account.sync();
    account.imap().on("APPEND").once().closeAfter(0);
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("(UID RFC822.SIZE FLAGS)"))
        .once()
        .no("[SERVERBUG] a message cannot be read");
    account.using(
        mailbox -> {
          var raw = new ByteArrayInputStream(Account.raw("appended", "text\r\n"));
          assertThat(account.folder(mailbox, "Archive").append(raw, then, Set.of()).outcome())
              .isEqualTo(Outcome.QUEUED);
          mailbox.sync();
          mailbox.flush(Duration.ofSeconds(20));
        });

    account.verified();
    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.imap().count("APPEND")).isOne();
    account.with(config -> config.scope(SyncScope.everything()));
    endsInStep();
  }

  /** The first command was done, the second refused. */
  @Test
  void flagsThatWereSetBeforeARefusalStay() {
    scatter();
    account.imap().on("UID STORE").nth(2).no("[NOPERM] not these");

    account.using(
        mailbox ->
            assertThatThrownBy(
                    () -> mailbox.inbox().search(Query.all().localOnly()).mark(Flag.SEEN))
                .isInstanceOf(RejectedException.class));

    account.verified();
    long seen =
        account.inbox().messages().stream().filter(m -> m.flags().contains("\\Seen")).count();
    assertThat(seen).isBetween(1L, 299L);
    account.using(
        mailbox ->
            assertThat(Account.messages(mailbox.inbox()))
                .filteredOn(m -> m.has(Flag.SEEN))
                .hasSize((int) seen));
    account.imap().heal();
    account.endsInStep();
  }

  @Test
  void folderThatIsThereAlreadyIsNoReasonNotToMakeOneBelowIt() {
    account.createFolder("Work").selectable(false);
    account.sync();
    account.imap().on("CREATE").where(c -> c.argument(0).equals("Work")).no("it exists");

    account.using(
        mailbox -> {
          mailbox.createFolder(FolderPath.of("Work", "2024"));
          assertThat(mailbox.status().queuedActions()).isZero();
          mailbox.sync();
          assertThat(mailbox.folder(FolderPath.of("Work", "2024"))).isPresent();
        });

    account.verified();
    assertThat(account.alice().folders()).contains("Work/2024");
  }
}
