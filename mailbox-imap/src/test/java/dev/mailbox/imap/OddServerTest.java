// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.testkit.ImapOverride;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that can do little, or say what is not so, without meaning harm. */
class OddServerTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  private static final UnaryOperator<byte[]> UID_BEHIND_BODY =
      replacing("(?s)\\(UID (\\d+) (BODY\\[\\] \\{\\d+\\}\r\n.*?)\\)\r\n", "($2 UID $1)\r\n");

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

  static UnaryOperator<byte[]> replacing(String regex, String by) {
    Pattern pattern = Pattern.compile(regex);
    return reply ->
        pattern
            .matcher(new String(reply, StandardCharsets.ISO_8859_1))
            .replaceAll(by)
            .getBytes(StandardCharsets.ISO_8859_1);
  }

  private ImapOverride bodies() {
    return account.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[]"));
  }

  private ImapOverride listings() {
    return account.imap().on("UID FETCH").where(c -> c.text().contains("FLAGS"));
  }

  /** Everything that a user does, with outcomes that must be true. */
  private void useAll() {
    account.createFolder("Archive");
    account.deliver(6);
    account.sync();
    account.using(
        mailbox -> {
          Account.message(mailbox, "message 1").mark(Flag.SEEN, Flag.keyword("todo"));
          Account.message(mailbox, "message 2").moveTo(ARCHIVE);
          Account.message(mailbox, "message 3").copyTo(ARCHIVE);
          Account.message(mailbox, "message 4").delete();
          mailbox
              .inbox()
              .append(
                  new ByteArrayInputStream(Account.raw("appended", "text\r\n")),
                  Instant.parse("2026-01-05T10:00:00Z"),
                  Set.of(Flag.SEEN));
          mailbox.createFolder(FolderPath.of("New", "Below"));
          mailbox.folder(FolderPath.of("New")).orElseThrow().rename(FolderPath.of("Other"));
          mailbox.folder(FolderPath.of("Other", "Below")).orElseThrow().delete();
          assertThat(mailbox.flush(Duration.ofSeconds(20))).isTrue();
          assertThat(mailbox.failedActions()).isEmpty();
        });
    account.endsInStep();
    account.using(
        mailbox -> {
          assertThat(subjects(mailbox, "INBOX"))
              .containsExactlyInAnyOrder(
                  "message 1", "message 3", "message 5", "message 6", "appended");
          assertThat(subjects(mailbox, "Archive"))
              .containsExactlyInAnyOrder("message 2", "message 3");
          assertThat(mailbox.folder(FolderPath.of("Other"))).isPresent();
        });
  }

  private static List<String> subjects(Mailbox mailbox, String folder) {
    return Account.messages(mailbox.folder(FolderPath.parse(folder)).orElseThrow()).stream()
        .map(m -> m.envelope().subject())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UIDPLUS",
        "MOVE",
        "UIDPLUS,MOVE",
        "NAMESPACE",
        "SPECIAL-USE",
        "LITERAL+",
        "IDLE",
        "UNSELECT",
        "ENABLE",
        "ID",
        "CHILDREN",
        "SASL-IR",
        "UIDPLUS,MOVE,NAMESPACE,SPECIAL-USE,LITERAL+,IDLE,UNSELECT,ENABLE,ID,CHILDREN,SASL-IR"
      })
  void serverWithoutAnExtensionDoesAll(String missing) {
    account.imap().without(missing.split(",", -1));

    useAll();

    account.verified();
  }

  @Test
  void serverThatTellsNoNextUidDoesAll() {
    for (String command : List.of("EXAMINE", "SELECT")) {
      account.imap().on(command).rewrite(replacing("\\* OK \\[UIDNEXT \\d+\\][^\r]*\r\n", ""));
    }

    useAll();

    account.verified();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "nonsense", "99999999999999999999", ""})
  void nextUidThatIsNoneIsAsIfItWasNotTold(String nextUid) {
    for (String command : List.of("EXAMINE", "SELECT")) {
      account.imap().on(command).rewrite(replacing("UIDNEXT \\d+", "UIDNEXT " + nextUid));
    }

    useAll();

    account.verified();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "", "32-Jan-2026 99:99:99 +0000", " 1-Xxx-2026 00:00:00 Z"})
  void unreadableArrivalDoesNotMatter(String date) {
    listings().rewrite(replacing("INTERNALDATE \"[^\"]*\"", "INTERNALDATE \"" + date + "\""));

    useAll();

    account.verified();
  }

  @Test
  void arrivalThatIsNilDoesNotMatter() {
    listings().rewrite(replacing("INTERNALDATE \"[^\"]*\"", "INTERNALDATE NIL"));

    useAll();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "77", "999999", "4294967295", "9223372036854775807"})
  void sizesThatLieDoNotMatter(String size) {
    listings().rewrite(replacing("RFC822.SIZE \\d+", "RFC822.SIZE " + size));
    account.with(config -> config.maxMessageBytes(Long.MAX_VALUE));

    account.deliver(8);
    account.sync();

    account.endsInStep();
  }

  @Test
  void uidBehindTheBodyIsTheSame() {
    bodies().rewrite(UID_BEHIND_BODY);

    account.deliver(20);
    account.sync();

    account.endsInStep();
    account.verified();
  }

  @Test
  void uidBehindALargeBodyIsTheSame() {
    account.inbox().deliver(Account.raw("large", "0123456789\r\n".repeat(150_000)));
    account.deliver(3);
    bodies().rewrite(UID_BEHIND_BODY);

    account.sync();

    account.endsInStep();
    account.verified();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXAMINE",
        "SELECT",
        "UID FETCH",
        "UID STORE",
        "UID COPY",
        "UID MOVE",
        "UID EXPUNGE",
        "APPEND",
        "LIST",
        "CREATE",
        "RENAME",
        "DELETE",
        "NAMESPACE",
        "ID"
      })
  void whatNobodyAskedForDoesNotMatter(String command) {
    account
        .imap()
        .on(command)
        .untaggedFirst(
            "* 1 FETCH (FLAGS (\\Answered))",
            "* OK [ALERT] hear me",
            "* NO not so good",
            "* FLAGS (\\Seen x)",
            "* 0 RECENT",
            "* STATUS other (MESSAGES 17)",
            "* XWHAT (a (b \"c)\") {3}",
            "}}} d)",
            "* 2 XFETCH 9",
            "* SEARCH 3",
            "* LSUB () \"/\" Nowhere");

    useAll();

    account.verified();
  }

  @Test
  void flagsThatAreToldWithUidByThemselvesDoNotMatter() {
    account.deliver(5);
    bodies().untaggedFirst("* 3 FETCH (UID 3 FLAGS (\\Answered))");
    account.sync();

    account.endsInStep();
  }

  @Test
  void messagesThatGoAndComeDuringEverythingAreInStepInTheEnd() {
    account.createFolder("Archive");
    account.deliver(30);
    long[] next = {1};
    account
        .imap()
        .on("UID FETCH")
        .run(
            () -> {
              account.inbox().expunge(next[0]);
              next[0] += 2;
              account.deliver(1);
              account.inbox().flag(30, "\\Flagged");
              account.inbox().unflag(30, "\\Flagged");
            });
    for (int i = 0; i < 5; i++) {
      account.sync();
    }
    account.imap().heal();

    account.endsInStep();
    account.verified();
  }

  @Test
  void numbersThatMoveWhileAnActionIsDoneHitNoOther() {
    account.createFolder("Archive");
    account.deliver(10);
    account.sync();
    account.using(
        mailbox -> {
          Account.message(mailbox, "message 9").mark(Flag.SEEN);
          account.inbox().expunge(1, 2, 3);
          Account.message(mailbox, "message 8").mark(Flag.FLAGGED);
          account.inbox().expunge(4);
          Account.message(mailbox, "message 7").delete();
          Account.message(mailbox, "message 10").moveTo(ARCHIVE);
        });

    account.endsInStep();
    account.expungedOnly(7L);
    assertThat(account.inbox().uids()).containsExactly(5L, 6L, 8L, 9L);
    assertThat(account.inbox().message(8).flags()).containsExactly("\\Flagged");
  }

  @Test
  void messagesLeftOutOfAListingAreNotTakenForGone() {
    account.deliver(10);
    account.sync();
    listings().rewrite(replacing("\\* [3-6] FETCH [^\r]*\r\n", ""));
    account.using(
        mailbox -> {
          mailbox.sync();
          assertThat(Account.messages(mailbox.inbox())).hasSize(10);
        });

    account.imap().heal();
    account.endsInStep();
  }

  @Test
  void newMessagesLeftOutOfAListingComeLater() {
    account.deliver(3);
    listings().once().rewrite(replacing("\\* 2 FETCH [^\r]*\r\n", ""));
    account.sync();
    account.verified();

    account.endsInStep();
  }

  @Test
  void bodiesLeftOutComeLater() {
    account.deliver(5);
    bodies().once().rewrite(replacing("(?s)\\* 2 FETCH .*?(?=\\* 3)", ""));
    account.sync();
    account.verified();

    account.endsInStep();
  }

  @Test
  void messageWithoutFlagsOrSizeInTheListingIsNotLost() {
    account.deliver(4);
    listings()
        .once()
        .rewrite(replacing("(\\* 2 FETCH \\(UID 2 FLAGS \\(\\\\Recent\\)) [^\r]*\r\n", "$1)\r\n"));
    account.sync();
    account.verified();

    account.endsInStep();
  }

  @Test
  void messagesThatOthersMarkedAsDeletedStayThere() {
    account.createFolder("Archive");
    account.deliver(5);
    account.inbox().flag(2, "\\Deleted");
    account.sync();
    account.using(
        mailbox -> {
          Account.message(mailbox, "message 1").delete();
          Account.message(mailbox, "message 3").moveTo(ARCHIVE);
          account.inbox().flag(4, "\\Deleted");
          Account.message(mailbox, "message 5").delete();
          mailbox.sync();
        });

    assertThat(account.inbox().uids()).containsExactly(2L, 4L);
    account.expungedOnly(1L, 5L);
    account.endsInStep();
  }

  @Test
  void serverThatCannotExpungeOneMessageLosesNone() {
    account.imap().without("UIDPLUS", "MOVE");
    account.createFolder("Archive");
    account.deliver(4);
    account.inbox().flag(2, "\\Deleted");
    account.sync();
    account.using(
        mailbox -> {
          Account.message(mailbox, "message 1").delete();
          Account.message(mailbox, "message 3").moveTo(ARCHIVE);
        });

    assertThat(account.inbox().uids()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(account.imap().count("UID EXPUNGE")).isZero();
    account.endsInStep();
  }

  @Test
  void keywordThatTheServerWouldForgetIsRefused() {
    account
        .imap()
        .on("SELECT")
        .rewrite(replacing("PERMANENTFLAGS \\([^)]*\\)", "PERMANENTFLAGS (\\\\Seen)"));
    account.deliver(1);
    account.sync();

    account.using(
        mailbox -> {
          assertThatThrownBy(() -> Account.message(mailbox, "message 1").mark(Flag.keyword("todo")))
              .isInstanceOfSatisfying(
                  RejectedException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.IMPOSSIBLE));
          assertThat(Account.message(mailbox, "message 1").flags()).isEmpty();
          assertThat(Account.message(mailbox, "message 1").mark(Flag.SEEN))
              .isEqualTo(Outcome.ON_SERVER);
        });
    account.endsInStep();
  }

  @Test
  void greatestUidsAreNumbersLikeOthers() {
    account.createFolder("Archive").uidNext(4_294_967_290L);
    account.inbox().uidNext(4_294_967_290L);

    account.deliver(5);
    account.sync();

    assertThat(account.inbox().uids()).endsWith(4_294_967_294L);
    account.using(
        mailbox -> {
          Account.message(mailbox, "message 5").mark(Flag.SEEN);
          Account.message(mailbox, "message 4").moveTo(ARCHIVE);
          Account.message(mailbox, "message 3").delete();
        });
    account.endsInStep();
  }

  @Test
  void greatestUidOfAllIsANumberLikeOthers() {
    account.inbox().uidNext(4_294_967_295L);
    account.deliver(1);

    account.sync();

    account.endsInStep();
  }
}
