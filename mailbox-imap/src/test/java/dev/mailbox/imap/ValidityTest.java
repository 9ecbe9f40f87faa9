// SPDX-License-Identifier: Apache-2.0
package dev.mailbox.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mailbox.Flag;
import dev.mailbox.FolderPath;
import dev.mailbox.Mailbox;
import dev.mailbox.MailboxConfig;
import dev.mailbox.Message;
import dev.mailbox.MessageId;
import dev.mailbox.Outcome;
import dev.mailbox.Reason;
import dev.mailbox.RejectedException;
import dev.mailbox.connect.ConnectionException;
import dev.mailbox.connect.TlsMode;
import dev.mailbox.search.Query;
import dev.mailbox.search.SearchResult;
import dev.mailbox.sync.Removal;
import dev.mailbox.sync.SyncReport;
import dev.mailbox.sync.SyncScope;
import dev.mailbox.testkit.FakeMailServer;
import dev.mailbox.testkit.ImapOverride;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers whose numbers of messages do not last (RFC 9051 section 2.3.1.1). */
class ValidityTest {
  private static final FolderPath ARCHIVE = FolderPath.of("Archive");

  @TempDir Path directory;
  private Account account;

  @BeforeEach
  void start() {
    account = new Account(directory);
    account.createFolder("Archive");
    account.deliver(8);
    account.inbox().expunge(1, 2, 3);
  }

  @AfterEach
  void stop() {
    account.close();
  }

  private Map<String, MessageId> ids() {
    return account.in(ValidityTest::ids);
  }

  private static Map<String, MessageId> ids(Mailbox mailbox) {
    Map<String, MessageId> ids = new HashMap<>();
    Account.messages(mailbox.inbox()).forEach(m -> ids.put(m.envelope().subject(), m.id()));
    return ids;
  }

  @Test
  void idsAndBodiesOutlastANewNumbering() {
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().renumber();

    SyncReport report = account.sync();

    assertThat(report.downloaded()).isZero();
    assertThat(ids()).isEqualTo(before);
    account.endsInStep();
    account.verified();
  }

  @Test
  void newNumberingWhileTheMailboxIsOpenIsFound() {
    account.using(
        mailbox -> {
          mailbox.sync();
          Map<String, MessageId> before = new HashMap<>();
          Account.messages(mailbox.inbox())
              .forEach(m -> before.put(m.envelope().subject(), m.id()));
          account.inbox().renumber();
          account.deliver(1);
          account.trying(Mailbox::sync, mailbox);
          mailbox.sync();
          before.forEach(
              (subject, id) -> assertThat(Account.message(mailbox, subject).id()).isEqualTo(id));
        });

    account.endsInStep();
  }

  /** What can be done with a message. */
  enum Action {
    MARK,
    MOVE,
    COPY,
    DELETE
  }

  private static Outcome perform(Action action, Message message) {
    return switch (action) {
      case MARK -> message.mark(Flag.SEEN);
      case MOVE -> message.moveTo(ARCHIVE);
      case COPY -> message.copyTo(ARCHIVE);
      case DELETE -> message.delete();
    };
  }

  @ParameterizedTest
  @EnumSource
  void actionOnAnOldNumberHitsTheMessageThatWasMeant(Action action) {
    account.sync();
    account.inbox().renumber();
    account.using(
        mailbox -> {
          Outcome outcome = perform(action, Account.message(mailbox, "message 5"));

          assertThat(outcome).isEqualTo(Outcome.ON_SERVER);
        });

    account.endsInStep();

    boolean stays = action == Action.MARK || action == Action.COPY;
    assertThat(account.inbox().uids()).hasSize(stays ? 5 : 4);
    account.using(
        mailbox -> {
          assertThat(Account.messages(account.folder(mailbox, "Archive")))
              .hasSize(action == Action.MOVE || action == Action.COPY ? 1 : 0);
          if (action == Action.MARK) {
            assertThat(Account.message(mailbox, "message 5").has(Flag.SEEN)).isTrue();
          }
        });
    account.verified();
  }

  @Test
  void moveOfUnknownFateIsNotTakenForDoneUnderOtherNumbers() {
    account.sync();
    account.imap().on("UID MOVE").once().close();
    account.using(
        mailbox ->
            assertThat(Account.message(mailbox, "message 5").moveTo(ARCHIVE))
                .isEqualTo(Outcome.QUEUED));
    account.verified();
    account.imap().heal();
    account.inbox().renumber();

    account.endsInStep();

    assertThat(account.folder("Archive").uids()).hasSize(1);
    assertThat(account.inbox().uids()).hasSize(4);
  }

  @Test
  void bodyUnderAnOldNumberIsNotTakenForGone() {
    account.onlyHeaders();
    account.sync();
    MessageId id = ids().get("message 5");
    account.inbox().renumber();
    account.using(
        mailbox -> {
          Message message = Account.message(mailbox, "message 5");
          assertThatThrownBy(message::content)
              .isInstanceOfSatisfying(
                  ConnectionException.class,
                  e -> assertThat(e.reason()).isEqualTo(Reason.TEMPORARY));

          mailbox.sync();

          assertThat(Account.text(mailbox.find(id).orElseThrow())).contains("message 5");
        });
    account.verified();
  }

  private void withoutValidity(String change) {
    for (String command : List.of("EXAMINE", "SELECT")) {
      account.imap().on(command).rewrite(OddServerTest.replacing("UIDVALIDITY \\d+", change));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"XVALIDITY 1", "UIDVALIDITY 0", "UIDVALIDITY x", "UIDVALIDITY"})
  void folderWithoutValidityIsNotCopied(String change) {
    account.deliver("Archive", "archived");
    withoutValidity(change);

    SyncReport report = account.sync();

    assertThat(report.downloaded()).isZero();
    assertThat(report.problems())
        .hasSize(2)
        .allMatch(p -> p.reason() == Reason.IMPOSSIBLE && p.description().contains("UIDVALIDITY"));
    RejectedException e =
        account.failing(RejectedException.class, mailbox -> mailbox.inbox().sync());
    assertThat(e.reason()).isEqualTo(Reason.IMPOSSIBLE);
    account.imap().heal();
    account.endsInStep();
  }

  /** Within one visit its numbers hold, and the message is found by what it looks like. */
  @Test
  void validityThatGoesAwayChangesNothing() {
    account.sync();
    Map<String, MessageId> before = ids();
    withoutValidity("UIDVALIDITY 0");
    account.deliver(1);

    account.using(
        mailbox -> {
          assertThat(mailbox.sync().problems()).hasSize(2);
          assertThat(ids(mailbox)).isEqualTo(before);
          assertThat(Account.message(mailbox, "message 5").delete()).isEqualTo(Outcome.ON_SERVER);
        });

    assertThat(account.inbox().messages())
        .hasSize(5)
        .noneMatch(m -> new String(m.raw(), StandardCharsets.US_ASCII).contains("message 5"));
    account.imap().heal();
    account.endsInStep();
    before.remove("message 5");
    assertThat(ids()).containsAllEntriesOf(before).hasSize(5);
  }

  @Test
  void folderWithoutValidityIsNotSearched() {
    withoutValidity("UIDVALIDITY 0");
    account.onlyHeaders();
    account.using(
        mailbox -> {
          SearchResult result = mailbox.inbox().search(Query.text("text"));

          assertThat(result).isEmpty();
          assertThat(result.complete()).isFalse();
        });

    assertThat(account.imap().count("UID SEARCH")).isZero();
  }

  /** How a header is not given. */
  enum Withheld {
    REFUSED,
    LEFT_OUT
  }

  private void withhold(Withheld how) {
    ImapOverride header =
        account.imap().on("UID FETCH").where(c -> c.text().contains("BODY.PEEK[HEADER]"));
    switch (how) {
      case REFUSED -> header.no("[SERVERBUG] cannot be read");
      case LEFT_OUT -> header.reply();
    }
  }

  /** The server still has it, so it is no message that was removed. */
  @ParameterizedTest
  @EnumSource(Withheld.class)
  void messageWhoseHeaderIsWithheldStaysHere(Withheld how) {
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().renumber();
    withhold(how);

    account.trying(mailbox -> mailbox.inbox().sync());

    assertThat(ids()).containsAllEntriesOf(before);
    account.using(
        mailbox ->
            before.forEach(
                (subject, id) ->
                    assertThat(Account.text(mailbox.find(id).orElseThrow())).contains(subject)));
    account.imap().heal();
    account.endsInStep();
    assertThat(ids()).isEqualTo(before);
  }

  /** What was a store of another protocol is not the server's to remove. */
  @Test
  void messagesKnownByTheKeysOfAnotherProtocolStayHere() {
    account.deliver(2);
    try (FakeMailServer post = FakeMailServer.start()) {
      post.user("alice", "secret").inbox().deliver(Account.raw("by post", "kept here\r\n"));
      MailboxConfig config =
          MailboxConfig.at(post.pop3Url())
              .tls(TlsMode.NONE)
              .login("alice", "secret")
              .keepIn(directory)
              .removal(Removal.never())
              .build();
      try (Mailbox mailbox = Mailbox.open(config)) {
        mailbox.sync();
      }
    }

    assertThat(account.sync().downloaded()).isEqualTo(7);

    account.using(
        mailbox ->
            assertThat(Account.text(Account.message(mailbox, "by post"))).contains("kept here"));
  }

  /** What is known by old numbers cannot be named to the server, and is not removed there. */
  @ParameterizedTest
  @EnumSource(Withheld.class)
  void nothingIsRemovedOnTheServerUnderAnOldNumber(Withheld how) {
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().renumber();
    withhold(how);
    account.with(config -> config.removal(Removal.afterDownload()));

    account.using(mailbox -> assertThat(mailbox.sync().deleted()).isZero());

    assertThat(ids()).isEqualTo(before);
    account.imap().heal();
    account.using(mailbox -> assertThat(mailbox.sync().deleted()).isEqualTo(before.size()));
    assertThat(ids()).isEqualTo(before);
    assertThat(account.inbox().uids()).isEmpty();
  }

  /** A scope that leaves messages out which are here. */
  enum Narrow {
    NEWEST,
    SINCE;

    private SyncScope scope() {
      return switch (this) {
        case NEWEST -> SyncScope.everything().newest(2);
        case SINCE -> SyncScope.everything().since(Instant.now().plusSeconds(3600));
      };
    }
  }

  /** They are known again, so that they can be read. */
  @ParameterizedTest
  @EnumSource
  void renumberedMessagesOutOfScopeStayHere(Narrow narrow) {
    account.onlyHeaders();
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().renumber();
    account.with(config -> config.scope(narrow.scope()));

    assertThat(account.sync().problems()).isEmpty();

    account.using(
        mailbox -> {
          assertThat(ids(mailbox)).isEqualTo(before);
          before.forEach(
              (subject, id) ->
                  assertThat(Account.text(mailbox.find(id).orElseThrow())).contains(subject));
        });
    account.verified();
    account.onlyHeaders();
    account.endsInStep();
    assertThat(ids()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void renumberedMessageOutOfScopeThatIsGoneGoesHere(Narrow narrow) {
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().expunge(4);
    account.inbox().renumber();
    account.with(config -> config.scope(narrow.scope()));

    account.sync();

    before.remove("message 4");
    assertThat(ids()).isEqualTo(before);
    account.verified();
  }

  /** Too many to look at each are no reason to look at nothing else. */
  @Test
  void renumberedMessagesThatAreAllAlikeDoNotKeepOtherFolders() {
    for (int i = 0; i < 10_100; i++) {
      account.inbox().deliver(Account.raw("cron " + (10_000 + i), "t\r\n"));
    }
    account.onlyHeaders();
    account.with(config -> config.scope(SyncScope.everything().newest(2)));
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().expunge(account.inbox().uidNext() - 1);
    account.inbox().renumber();
    account.deliver("Archive", "archived");

    account.sync();

    assertThat(ids()).containsAllEntriesOf(before);
    account.using(
        mailbox -> assertThat(Account.message(mailbox, "archived").folder()).isEqualTo(ARCHIVE));
  }

  /** One message is left out of all that FETCH tells, and is there. */
  @Test
  void renumberedMessageThatFetchLeavesOutStaysHere() {
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().renumber();
    account
        .imap()
        .on("UID FETCH")
        .rewrite(
            OddServerTest.replacing("\\* \\d+ FETCH \\([^\\r\\n]*UID 2[ )][^\\r\\n]*\\r\\n", ""));

    account.sync();

    assertThat(ids()).isEqualTo(before);
    account.imap().heal();
    account.endsInStep();
    assertThat(ids()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource
  void renumberedMessagesOutOfScopeWhoseHeadersAreWithheldStayHere(Narrow narrow) {
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().renumber();
    account.with(config -> config.scope(narrow.scope()));
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("(UID RFC822.SIZE BODY.PEEK[HEADER])"))
        .reply();

    account.sync();

    account.verified();
    assertThat(ids()).isEqualTo(before);
  }

  /** One that a scope notes as left out, and that is here by its old number, can be acted on. */
  @Test
  void messageThatIsNotedAsLeftOutIsActedOn() {
    account.sync();
    account.inbox().renumber();
    account.with(config -> config.scope(Narrow.SINCE.scope()));
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("(UID RFC822.SIZE FLAGS)"))
        .once()
        .no("[SERVERBUG] cannot be read");
    account.sync();
    account.verified();

    account.using(
        mailbox ->
            assertThat(Account.message(mailbox, "message 5").mark(Flag.SEEN))
                .isEqualTo(Outcome.ON_SERVER));

    account.onlyHeaders();
    account.endsInStep();
  }

  /** Where single messages cannot be expunged, what is marked is gone. */
  @Test
  void renumberedMessageThatIsMarkedAsDeletedGoesHere() {
    account.imap().without("UIDPLUS");
    account.sync();
    account.inbox().renumber();
    for (long uid : List.of(1L, 2L)) {
      account.inbox().flag(uid, "\\Deleted");
    }
    account.with(config -> config.scope(Narrow.SINCE.scope()));

    SyncReport report = account.sync();

    assertThat(ids()).hasSize(3);
    assertThat(report.outOfScope()).isZero();
  }

  /** What is not looked at may be any of those that are here. */
  @ParameterizedTest
  @EnumSource
  void renumberedMessagesThatCannotBeLookedAtStayHere(Narrow narrow) {
    account.sync();
    Map<String, MessageId> before = ids();
    account.inbox().renumber();
    account.with(config -> config.scope(narrow.scope()));
    account
        .imap()
        .on("UID FETCH")
        .where(c -> c.text().contains("(UID RFC822.SIZE FLAGS)"))
        .no("[SERVERBUG] cannot be read");

    account.sync();

    account.verified();
    assertThat(ids()).isEqualTo(before);
    account.imap().heal();
    account.onlyHeaders();
    account.endsInStep();
    assertThat(ids()).isEqualTo(before);
  }
}
