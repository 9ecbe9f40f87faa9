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
import dev.mailbox.connect.AuthenticationException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.ImapOverride;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a refusal is called, what is rolled back by it, and what waits. */
class RefusedActionTest {
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

  private Reason rejected(Consumer<Mailbox> work) {
    Map<String, List<String>> before = account.held();
    Reason[] reason = new Reason[1];
    account.using(
        mailbox -> {
          assertThatThrownBy(() -> work.accept(mailbox))
              .isInstanceOfSatisfying(RejectedException.class, e -> reason[0] = e.reason());
          assertThat(Account.copied(mailbox)).isEqualTo(before);
          assertThat(mailbox.failedActions()).isEmpty();
          assertThat(mailbox.status().queuedActions()).isZero();
        });
    assertThat(account.held()).isEqualTo(before);
    account.verified();
    account.imap().heal();
    account.endsInStep();
    return reason[0];
  }

  private static Message second(Mailbox mailbox) {
    return Account.message(mailbox, "message 2");
  }

  private static void append(Mailbox mailbox, String subject) {
    mailbox
        .inbox()
        .append(
            new ByteArrayInputStream(Account.raw(subject, "text\r\n")),
            Instant.parse("2026-01-05T10:00:00Z"),
            Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    "[NOPERM] no right,NO_PERMISSION",
    "[CANNOT] never,IMPOSSIBLE",
    "[SERVERBUG] oops,PERMANENT",
    "no,REFUSED_BY_SERVER"
  })
  void refusedFlagIsTakenBack(String text, Reason reason) {
    account.imap().on("UID STORE").no(text);

    assertThat(rejected(mailbox -> second(mailbox).mark(Flag.SEEN))).isEqualTo(reason);
  }

  @Test
  void refusedMoveIsTakenBack() {
    account.imap().on("UID MOVE").no("[NOPERM] no right");

    assertThat(rejected(mailbox -> second(mailbox).moveTo(ARCHIVE)))
        .isEqualTo(Reason.NO_PERMISSION);
  }

  @Test
  void refusedDeletionIsTakenBack() {
    account.imap().on("UID STORE").no("[NOPERM] no right");

    assertThat(rejected(mailbox -> second(mailbox).delete())).isEqualTo(Reason.NO_PERMISSION);
    assertThat(account.imap().count("UID EXPUNGE")).isZero();
  }

  @Test
  void copyOverQuotaIsTakenBack() {
    account.alice().quota(1);

    assertThat(rejected(mailbox -> second(mailbox).copyTo(ARCHIVE))).isEqualTo(Reason.OVER_QUOTA);
  }

  @Test
  void moveByCopyOverQuotaLeavesTheOriginal() {
    account.imap().without("MOVE");
    account.alice().quota(1);

    assertThat(rejected(mailbox -> second(mailbox).moveTo(ARCHIVE))).isEqualTo(Reason.OVER_QUOTA);
    assertThat(account.imap().count("UID STORE")).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void appendOverQuotaIsTakenBack(boolean atOnce) {
    account.alice().quota(1);
    if (!atOnce) {
      account.imap().without("LITERAL+");
    }

    assertThat(rejected(mailbox -> append(mailbox, "too much"))).isEqualTo(Reason.OVER_QUOTA);
  }

  @Test
  void appendThatIsRefusedBeforeItsLiteralIsTakenBack() {
    account.imap().without("LITERAL+").on("APPEND").refuseLiteral("NO [TOOBIG] too large");

    assertThat(rejected(mailbox -> append(mailbox, "too large"))).isEqualTo(Reason.OVER_QUOTA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UID COPY", "UID MOVE"})
  void targetThatIsGoneIsNotFound(String command) {
    account.imap().on(command).no("[TRYCREATE] make it first");

    assertThat(
            rejected(
                mailbox -> {
                  if (command.endsWith("COPY")) {
                    second(mailbox).copyTo(ARCHIVE);
                  } else {
                    second(mailbox).moveTo(ARCHIVE);
                  }
                }))
        .isEqualTo(Reason.NOT_FOUND);
    assertThat(account.imap().count("CREATE")).isZero();
  }

  @Test
  void folderThatOnlyReadsRefusesChanges() {
    account.inbox().readOnly(true);

    assertThat(rejected(mailbox -> second(mailbox).mark(Flag.SEEN)))
        .isEqualTo(Reason.NO_PERMISSION);
    assertThat(account.imap().count("UID STORE")).isZero();
  }

  @Test
  void folderThatTurnsReadOnlyRefusesChanges() {
    account.using(
        mailbox -> {
          assertThat(second(mailbox).mark(Flag.SEEN)).isEqualTo(Outcome.ON_SERVER);
          account.imap().on("UID STORE").no("[READ-ONLY] from now on");
          assertThatThrownBy(() -> second(mailbox).unmark(Flag.SEEN))
              .isInstanceOfSatisfying(
                  RejectedException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.NO_PERMISSION));
          assertThat(second(mailbox).has(Flag.SEEN)).isTrue();
        });
    account.imap().heal();
    account.endsInStep();
  }

  @Test
  void folderThatExistsAlreadyIsAsWanted() {
    account.createFolder("Other");

    account.using(
        mailbox ->
            assertThat(mailbox.createFolder(FolderPath.of("Other")).path())
                .isEqualTo(FolderPath.of("Other")));

    account.endsInStep();
  }

  @Test
  void renameToANameThatIsTakenIsTakenBack() {
    account.createFolder("Taken");

    assertThat(
            rejectedRename(
                mailbox -> mailbox.folder(ARCHIVE).orElseThrow().rename(FolderPath.of("Taken"))))
        .isEqualTo(Reason.ALREADY_EXISTS);
  }

  /** The copy does not know yet of the folder that is in the way. */
  private Reason rejectedRename(Consumer<Mailbox> work) {
    RejectedException e = account.failing(RejectedException.class, work);
    account.endsInStep();
    return e.reason();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[UNAVAILABLE] in a moment", "[INUSE] locked"})
  void passingRefusalWaitsInTheQueue(String text) {
    account.imap().on("UID STORE").once().no(text);
    account.using(
        mailbox -> {
          Outcome outcome = second(mailbox).mark(Flag.SEEN);

          assertThat(outcome).isEqualTo(Outcome.QUEUED);
          assertThat(second(mailbox).has(Flag.SEEN)).isTrue();
        });
    account.verified();

    account.endsInStep();

    assertThat(account.inbox().message(2).flags()).containsExactly("\\Seen");
  }

  /** A limit of the server's own does not pass, and holds nothing up. */
  @Test
  void limitOfTheServerIsARefusal() {
    account.imap().on("UID STORE").no("[LIMIT] too many keywords");

    RejectedException e =
        account.failing(
            RejectedException.class, mailbox -> second(mailbox).mark(Flag.keyword("one-more")));

    assertThat(e.reason()).isEqualTo(Reason.LIMIT);
    account.deliver(1);
    assertThat(account.sync().problemCount()).isZero();
    account.using(mailbox -> assertThat(mailbox.status().queuedActions()).isZero());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UID COPY", "UID MOVE", "APPEND"})
  void passingRefusalDoublesNothing(String command) {
    account.imap().on(command).first(2).no("[UNAVAILABLE] in a moment");
    account.using(
        mailbox -> {
          switch (command) {
            case "UID COPY" ->
                assertThat(second(mailbox).copyTo(ARCHIVE)).isEqualTo(Outcome.QUEUED);
            case "UID MOVE" ->
                assertThat(second(mailbox).moveTo(ARCHIVE)).isEqualTo(Outcome.QUEUED);
            default -> append(mailbox, "appended");
          }
          flushed(mailbox);
        });
    account.verified();

    account.endsInStep();

    assertThat(account.held().get("Archive").size() + account.held().get("INBOX").size())
        .isEqualTo(command.equals("UID MOVE") ? 3 : 4);
  }

  @Test
  void actionThatIsPutOffDoesNotHoldUpTheSynchronization() {
    account.imap().on("UID MOVE").no("[INUSE] the archive is being packed");
    account.deliver("INBOX", "new");
    account.using(
        mailbox -> {
          assertThat(second(mailbox).moveTo(ARCHIVE)).isEqualTo(Outcome.QUEUED);

          mailbox.sync();

          assertThat(Account.message(mailbox, "new").folder()).isEqualTo(FolderPath.INBOX);
          assertThat(second(mailbox).folder()).isEqualTo(ARCHIVE);
        });
    account.imap().heal();
    account.endsInStep();
    assertThat(account.held().get("Archive")).hasSize(1);
  }

  @Test
  void moveByCopyWhoseDeletionHasToWaitDoublesNothing() {
    account.imap().without("MOVE").on("UID STORE").once().no("[UNAVAILABLE] in a moment");
    account.using(mailbox -> assertThat(second(mailbox).moveTo(ARCHIVE)).isEqualTo(Outcome.QUEUED));
    account.verified();

    account.endsInStep();

    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.held().get("INBOX")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UID COPY", "UID MOVE"})
  void secondPartOfManyThatHasToWaitDoublesNothing(String command) {
    account.deliver(597);
    for (long uid = 2; uid <= 600; uid += 2) {
      account.inbox().expunge(uid);
    }
    account.sync();
    account.imap().on(command).nth(2).no("[UNAVAILABLE] in a moment");
    account.using(
        mailbox -> {
          SearchResult all = mailbox.inbox().search(Query.all().localOnly());
          assertThat(all).hasSize(300);
          assertThat(command.endsWith("COPY") ? all.copyTo(ARCHIVE) : all.moveTo(ARCHIVE))
              .isEqualTo(Outcome.QUEUED);
        });
    account.verified();

    account.endsInStep();

    assertThat(account.held().get("Archive")).hasSize(300).doesNotHaveDuplicates();
    assertThat(account.held().get("INBOX")).hasSize(command.endsWith("COPY") ? 300 : 0);
  }

  @Test
  void lookUpThatIsRefusedIsNoProofOfAMove() {
    account.imap().on("UID MOVE").once().close();
    account.using(mailbox -> assertThat(second(mailbox).moveTo(ARCHIVE)).isEqualTo(Outcome.QUEUED));
    account.verified();
    account.imap().heal().on("UID SEARCH").once().no("[UNAVAILABLE] in a moment");
    account.using(RefusedActionTest::flushed);
    account.verified();

    account.endsInStep();

    assertThat(account.held().get("Archive")).hasSize(1);
    assertThat(account.held().get("INBOX")).hasSize(2);
  }

  private static void flushed(Mailbox mailbox) {
    try {
      assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
    } catch (ConnectionException e) {
      assertThat(e.reason()).isEqualTo(Reason.TEMPORARY);
    }
  }

  @Test
  void refusalOfAQueuedActionIsKeptForTheUser() {
    account.imap().on("UID STORE").once().no("[UNAVAILABLE] in a moment");
    account.using(
        mailbox -> {
          assertThat(second(mailbox).mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
          account.imap().on("UID STORE").no("[NOPERM] after all");
          flushed(mailbox);
          mailbox.flush(Duration.ofSeconds(20));

          assertThat(second(mailbox).has(Flag.SEEN)).isFalse();
          assertThat(mailbox.failedActions())
              .hasSize(1)
              .allMatch(failed -> failed.reason() == Reason.NO_PERMISSION);
        });
  }

  @Test
  void refusedLoginIsNotTriedAgainByTheQueue() {
    account.password("another");
    account.using(
        mailbox -> {
          assertThat(second(mailbox).mark(Flag.SEEN)).isEqualTo(Outcome.QUEUED);
          assertThat(second(mailbox).mark(Flag.FLAGGED)).isEqualTo(Outcome.QUEUED);
          assertThatThrownBy(mailbox::sync).isInstanceOf(AuthenticationException.class);
        });
    int refused = account.imap().count("AUTHENTICATE");
    assertThat(refused).isLessThanOrEqualTo(4);

    account.password("secret");
    account.endsInStep();
  }

  @Test
  void folderThatVanishesWhileItIsListedKeepsNoOtherBack() {
    account.createFolder("Vanishing");
    account.createFolder("Zebra");
    account.deliver("Zebra", "zebra");
    account
        .imap()
        .on("EXAMINE")
        .where(c -> c.argument(0).equals("Vanishing"))
        .once()
        .run(() -> account.alice().deleteFolder("Vanishing"));

    SyncReport report = account.sync();

    account.verified();
    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0).serverKey()).isEqualTo("Vanishing");
    assertThat(report.problems().get(0).reason()).isEqualTo(Reason.NOT_FOUND);
    account.using(mailbox -> assertThat(Account.message(mailbox, "zebra")).isNotNull());
    account.endsInStep();
  }

  /** Of a message that is to come whole the header is not asked for, so nothing of it is here. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void messageThatDidNotComeMakesSearchesIncomplete(boolean refused) {
    account.deliver("INBOX", "unreadable");
    ImapOverride body = account.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK"));
    if (refused) {
      body.no("[SERVERBUG] cannot be read");
    } else {
      body.reply();
    }
    account.using(
        mailbox -> {
          SyncReport report = mailbox.inbox().sync();

          assertThat(report.problemCount()).isOne();
          SearchResult result = mailbox.inbox().search(Query.all().localOnly());
          assertThat(result).hasSize(3);
          assertThat(result.complete()).isFalse();
        });
    account.verified();
    account.imap().heal();
    account.endsInStep();
    account.using(
        mailbox -> assertThat(mailbox.inbox().search(Query.all().localOnly()).complete()).isTrue());
  }

  @Test
  void messageThatTheServerCannotGiveKeepsNoOtherBack() {
    account.deliver(5);
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("BODY.PEEK[]") && names(c.argument(0), 5))
        .no("[CORRUPTION] damaged on disk");

    SyncReport report = account.sync();

    account.verified();
    assertThat(report.problems()).hasSize(1);
    assertThat(report.problems().get(0).reason()).isEqualTo(Reason.PERMANENT);
    account.using(mailbox -> assertThat(Account.messages(mailbox.inbox())).hasSize(7));
    account.imap().heal();
    account.endsInStep();
  }

  private static boolean names(String set, long uid) {
    for (String range : set.split(",", -1)) {
      String[] ends = range.split(":", -1);
      if (Long.parseLong(ends[0]) <= uid && uid <= Long.parseLong(ends[ends.length - 1])) {
        return true;
      }
    }
    return false;
  }

  @Test
  void bodyThatIsRefusedOnReadingIsToldWhoReads() {
    account.onlyHeaders();
    account.deliver("INBOX", "late");
    account.sync();
    account.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]")).no("[NOPERM] no");

    RejectedException e =
        account.failing(
            RejectedException.class, mailbox -> Account.message(mailbox, "late").content());

    assertThat(e.reason()).isEqualTo(Reason.NO_PERMISSION);
    account.imap().heal();
    account.using(
        mailbox -> assertThat(Account.text(Account.message(mailbox, "late"))).contains("late"));
  }
}
