// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.sync.SyncProblem;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.testkit.imap.ImapCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What breaks the session each time is found out, and comes last. */
class BreakingSessionTest {
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

  /** Whether a command asks for a message, alone or among others. */
  private static boolean isAskedFor(ImapCommand command, long uid) {
    for (String part : command.argument(0).split(",", -1)) {
      String[] bounds = part.split(":", -1);
      long first = Long.parseLong(bounds[0]);
      long last = Long.parseLong(bounds[bounds.length - 1]);
      if (Math.min(first, last) <= uid && uid <= Math.max(first, last)) {
        return true;
      }
    }
    return false;
  }

  /** One message at which the server ends the session, in each of its folders. */
  @ParameterizedTest
  @CsvSource({"BODY.PEEK[],3", "BODY.PEEK[],140", "BODY.PEEK[HEADER],140", "BODY.PEEK[HEADER],205"})
  void messageAtWhichTheSessionBreaksIsLeftOut(String item, long uid) {
    account.createFolder("Zoo");
    account.deliver("Zoo", "a tiger");
    account.deliver(200);
    int all = account.inbox().uids().size();
    boolean headers = item.contains("HEADER");
    if (headers) {
      account.onlyHeaders();
    }
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains(item) && isAskedFor(c, uid))
        .close();

    account.using(
        mailbox -> {
          for (int i = 0; i < 8; i++) {
            account.trying(Mailbox::sync, mailbox);
          }
          SyncReport report = mailbox.sync();
          assertThat(report.problems())
              .singleElement()
              .satisfies(p -> assertThat(p.serverKey()).isEqualTo("INBOX UID " + uid));
          assertThat(Account.messages(mailbox.inbox())).hasSize(headers ? all - 1 : all);
          assertThat(mailbox.inbox().counts().notDownloaded()).isEqualTo(headers ? all - 1 : 1);
          assertThat(Account.message(mailbox, "a tiger").isDownloaded()).isEqualTo(!headers);
        });
    account.verified();
  }

  /** Several messages at which the server ends the session. */
  @ParameterizedTest
  @CsvSource({"BODY.PEEK[],50,10,40", "BODY.PEEK[],300,50,250", "BODY.PEEK[HEADER],300,50,250"})
  void messagesAtWhichTheSessionBreaksAreLeftOut(String item, int count, long one, long other) {
    account.createFolder("Zoo");
    account.deliver("Zoo", "a tiger");
    account.deliver(count - 3);
    if (item.contains("HEADER")) {
      account.onlyHeaders();
    }
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains(item) && (isAskedFor(c, one) || isAskedFor(c, other)))
        .close();

    account.using(
        mailbox -> {
          for (int i = 0; i < 18; i++) {
            account.trying(Mailbox::sync, mailbox);
          }
          assertThat(mailbox.sync().problems())
              .extracting(SyncProblem::serverKey)
              .containsExactlyInAnyOrder("INBOX UID " + one, "INBOX UID " + other);
          assertThat(Account.message(mailbox, "a tiger").folder()).isEqualTo(FolderPath.of("Zoo"));
        });
    account.verified();
  }

  /** Its first pieces come each time, and a later one never. */
  @Test
  void largeMessageThatNeverEndsDoesNotKeepOtherFolders() {
    account.createFolder("Zoo");
    account.deliver("Zoo", "a tiger");
    String line = "so long a line, and so much to read, and no end to it at all\r\n";
    account.inbox().deliver(Account.raw("large", line.repeat(100_000)));
    account.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]<2097152")).close();

    account.using(
        mailbox -> {
          account.trying(Mailbox::sync, mailbox);
          account.trying(Mailbox::sync, mailbox);
          assertThat(Account.message(mailbox, "a tiger").folder()).isEqualTo(FolderPath.of("Zoo"));
          for (int i = 0; i < 5; i++) {
            account.trying(Mailbox::sync, mailbox);
          }
          assertThat(mailbox.sync().problems()).hasSize(1);
        });
    account.verified();
  }

  /** Where in a folder the session breaks. */
  enum Where {
    ENTERING,
    LISTING
  }

  @ParameterizedTest
  @EnumSource
  void folderAtWhichTheSessionBreaksIsLeftOut(Where where) {
    account.deliver("Archive", "archived");
    account.createFolder("Zoo");
    account.deliver("Zoo", "a tiger");
    switch (where) {
      case ENTERING ->
          account.imap().on("EXAMINE").where(c -> c.text().contains("Archive")).close();
      case LISTING ->
          account
              .imap()
              .on("EXAMINE")
              .where(c -> c.text().contains("Archive"))
              .run(() -> account.imap().on("UID FETCH").once().close());
    }
    for (int i = 0; i < 4; i++) {
      account.trying(Mailbox::sync);
    }

    account.using(
        mailbox -> {
          assertThat(mailbox.sync().problems())
              .singleElement()
              .satisfies(p -> assertThat(p.serverKey()).isEqualTo("Archive"));
          assertThat(Account.message(mailbox, "a tiger").folder()).isEqualTo(FolderPath.of("Zoo"));
          account.imap().heal();
          assertThat(account.folder(mailbox, "Archive").sync().problems()).isEmpty();
        });
    endsInStep();
  }

  /** Whatever is asked for in it, a folder that breaks for ever keeps back no other. */
  @Test
  void folderThatBrokeOnceComesBeforeOneThatAlwaysDoes() {
    account.createFolder("Zoo");
    for (int i = 0; i < 20; i++) {
      account.deliver("Archive", "archived " + i);
    }
    account
        .imap()
        .on("EXAMINE")
        .where(c -> c.text().contains("Archive"))
        .run(() -> account.imap().on("UID FETCH").where(c -> isBody(c)).once().close());
    account.trying(Mailbox::sync);
    account.trying(Mailbox::sync);
    account.deliver("Zoo", "a tiger");
    account
        .imap()
        .on("EXAMINE")
        .where(c -> c.text().contains("Zoo"))
        .once()
        .run(() -> account.imap().on("UID FETCH").where(c -> isBody(c)).once().close());
    account.trying(Mailbox::sync);

    account.trying(Mailbox::sync);

    account.using(
        mailbox ->
            assertThat(Account.message(mailbox, "a tiger").folder())
                .isEqualTo(FolderPath.of("Zoo")));
    account.verified();
  }

  private static boolean isBody(ImapCommand command) {
    return command.text().contains("BODY.PEEK[]");
  }

  /** In a quiet mailbox the only thing under way is the one new message. */
  @Test
  void connectionThatBreaksTwiceHidesNothing() {
    account.onlyHeaders();
    account.sync();
    account.deliver(1);
    for (int i = 0; i < 2; i++) {
      account.imap().on("UID FETCH").where(c -> c.text().contains("HEADER")).once().close();
      account.trying(Mailbox::sync);
      account.verified();
      account.imap().heal();
    }

    assertThat(account.sync().problems()).isEmpty();
    endsInStep();
  }

  /** What was under way at a break, and of which one is refused, is told one by one. */
  @Test
  void refusalAmongSuspectsIsOfOne() {
    account.onlyHeaders();
    account.deliver(200);
    account.imap().on("UID FETCH").where(c -> c.text().contains("HEADER")).once().close();
    account.trying(Mailbox::sync);
    account.verified();
    account.imap().heal();
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("HEADER") && isAskedFor(c, 150))
        .no("[SERVERBUG] cannot be read");

    SyncReport report = account.sync();

    assertThat(report.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.serverKey()).isEqualTo("INBOX UID 150"));
    assertThat(report.headersOnly()).isEqualTo(202);
  }

  /** A connection that breaks now and then costs no message. */
  @Test
  void breaksHereAndThereLeaveNothingOut() {
    account.deliver(200);
    for (int n = 1; n < 4; n++) {
      account
          .imap()
          .on("UID FETCH")
          .where(c -> c.text().contains("BODY.PEEK[]"))
          .nth(n)
          .closeAfter(2000);
      account.trying(Mailbox::sync);
      account.imap().heal();
    }

    assertThat(account.sync().problems()).isEmpty();
    endsInStep();
  }
}
